// Who must be heard of until when: a heap of lease ends and one timer for the earliest. A renewed lease is not moved in
// the heap; its old place is found stale when it comes up. Nothing is polled.

import { US_PER_MS } from '../../../shared/base/time.ts';
import type { LedgerClock } from './clock.ts';

interface Held<T> {
  readonly untilUs: number;
  readonly holder: T;
}

export class Leases<T> {
  readonly #clock: LedgerClock;
  readonly #untilOf: (holder: T) => number | null;
  readonly #onOver: (holders: readonly T[]) => void;
  /** A binary heap by `untilUs`. */
  #heap: Held<T>[] = [];
  #timer: { readonly atUs: number; readonly cancel: () => void } | null = null;

  /**
   * `untilOf` tells a holder's lease as of now, or null when it holds nothing any more. `onOver` is told of those whose
   * lease has ended; whom it leaves holding, it puts in again.
   */
  constructor(clock: LedgerClock, untilOf: (holder: T) => number | null, onOver: (holders: readonly T[]) => void) {
    this.#clock = clock;
    this.#untilOf = untilOf;
    this.#onOver = onOver;
  }

  add(holder: T, untilUs: number): void {
    this.#push({ untilUs, holder });
    this.#arm();
  }

  clear(): void {
    this.#heap = [];
    this.#timer?.cancel();
    this.#timer = null;
  }

  #arm(): void {
    const first = this.#heap[0];
    if (first === undefined || (this.#timer !== null && this.#timer.atUs <= first.untilUs)) return;
    this.#timer?.cancel();
    const delayMs = Math.ceil((first.untilUs - this.#clock.nowUs()) / US_PER_MS) + 1;
    this.#timer = { atUs: first.untilUs, cancel: this.#clock.after(delayMs, () => this.#sweep()) };
  }

  #sweep(): void {
    this.#timer = null;
    const nowUs = this.#clock.nowUs();
    const over: T[] = [];
    for (let first = this.#heap[0]; first !== undefined && first.untilUs < nowUs; first = this.#heap[0]) {
      this.#pop();
      const untilUs = this.#untilOf(first.holder);
      if (untilUs === null) continue;
      if (untilUs < nowUs) over.push(first.holder);
      else this.#push({ untilUs, holder: first.holder });
    }
    if (over.length > 0) this.#onOver(over);
    this.#arm();
  }

  #push(held: Held<T>): void {
    const heap = this.#heap;
    let at = heap.push(held) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent].untilUs <= held.untilUs) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = held;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1].untilUs < heap[child].untilUs) child++;
      if (heap[child].untilUs >= last.untilUs) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
  }
}
