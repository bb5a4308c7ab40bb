// Cuts an experiment into batches that end where it is looked at, and adds them up in order whatever order they come in,
// so that a look sees exactly the replications below it.

import type { PlayTally, TallyColumns } from '../../../simulations/experiments/play-tally.ts';
import type { ReplicationBatch } from './replication-messages.ts';

/** Batches of a thread: few enough to be cheap, many enough that threads end together. */
const BATCHES_A_THREAD = 24;
const BATCH_MAX = 64;

export class OrderedBatches {
  /** Of all replications below its count. */
  readonly tally: PlayTally;
  /** From now on, only targets are added: plays may be cut short. */
  onlyTargets = false;
  readonly #looks: readonly number[];
  readonly #early = new Map<number, { readonly to: number; readonly columns: TallyColumns }>();
  #given = 0;
  #isEnough = false;

  /** `looks` ascending; the last is the number of replications. */
  constructor(tally: PlayTally, looks: readonly number[]) {
    this.tally = tally;
    this.#looks = looks;
  }

  /** The next to play, or null when all are given. */
  next(threads: number): Omit<ReplicationBatch, 'open'> | null {
    const all = this.#looks[this.#looks.length - 1];
    const from = this.#given;
    if (from >= all) return null;
    const look = this.#looks.find((at) => at > from) ?? all;
    const size = Math.max(1, Math.min(BATCH_MAX, Math.floor(all / (threads * BATCHES_A_THREAD))));
    this.#given = Math.min(from + size, look);
    return { from, to: this.#given };
  }

  /** `isEnough` is asked at each look, until it says so; what comes later is dropped. */
  add(from: number, to: number, columns: TallyColumns, isEnough: (tally: PlayTally) => boolean): void {
    this.#early.set(from, { to, columns });
    for (;;) {
      const count = this.tally.replications.count;
      const batch = this.#early.get(count);
      if (batch === undefined || this.#isEnough) return;
      this.#early.delete(count);
      if (this.onlyTargets) this.tally.absorbTargets(batch.columns);
      else this.tally.absorb(batch.columns);
      if (this.#looks.includes(batch.to)) this.#isEnough = isEnough(this.tally);
    }
  }
}
