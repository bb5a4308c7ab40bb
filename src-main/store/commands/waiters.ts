// Readers that wait until their inputs are ready, in lists keyed by partition: a publish wakes those of its partition
// and nobody else, and nothing is ever polled. Readiness only grows (an earlier whole version stays readable), so a
// waiter counts what is missing and is done at zero.

import type { ReadyQuery } from '../../../shared/api/ledger.ts';
import type { PartitionName } from '../../../shared/model/ledger.ts';
import { partitionText } from './names.ts';

interface Waiter {
  missing: number;
  readonly resolve: () => void;
}

interface WaitingInput {
  readonly waiter: Waiter;
  readonly isReady: () => boolean;
}

export class Waiters {
  readonly #byPartition = new Map<string, Set<WaitingInput>>();

  /** Waiters, each counted once for each input that it misses. */
  get size(): number {
    let count = 0;
    for (const waiting of this.#byPartition.values()) count += waiting.size;
    return count;
  }

  /** Resolves when none of `inputs` is missing any more. `isReady` tells of one. Returns the way to give up, too. */
  wait(
    inputs: readonly ReadyQuery[],
    isReady: (input: ReadyQuery) => boolean,
  ): { readonly done: Promise<void>; readonly giveUp: () => void } {
    const places: (readonly [string, WaitingInput])[] = [];
    const done = new Promise<void>((resolve) => {
      const missing = inputs.filter((input) => !isReady(input));
      if (missing.length === 0) return resolve();
      const waiter: Waiter = { missing: missing.length, resolve };
      for (const input of missing) {
        places.push([partitionText(input), { waiter, isReady: () => isReady(input) }]);
      }
      for (const [text, waiting] of places) this.#add(text, waiting);
    });
    const giveUp = (): void => {
      for (const [text, waiting] of places) this.#remove(text, waiting);
    };
    return { done, giveUp };
  }

  /** A version of this partition became whole or published. */
  moved(name: PartitionName): void {
    if (this.#byPartition.size === 0) return;
    const text = partitionText(name);
    for (const waiting of this.#byPartition.get(text) ?? []) {
      if (!waiting.isReady()) continue;
      this.#remove(text, waiting);
      waiting.waiter.missing--;
      if (waiting.waiter.missing === 0) waiting.waiter.resolve();
    }
  }

  #add(text: string, waiting: WaitingInput): void {
    const there = this.#byPartition.get(text);
    if (there === undefined) this.#byPartition.set(text, new Set([waiting]));
    else there.add(waiting);
  }

  #remove(text: string, waiting: WaitingInput): void {
    const there = this.#byPartition.get(text);
    if (there?.delete(waiting) && there.size === 0) this.#byPartition.delete(text);
  }
}
