// Who must be heard of until when: a heap of lease ends and one timer for the earliest. A renewed lease is not moved in
// the heap; its old place is found stale when it comes up. One that ended is taken out at once: what it holds would else
// be held for the rest of the lease, a minute of a busy store's versions. Nothing is polled.

import { US_PER_MS } from '../../../shared/base/time.ts';
import type { LedgerClock } from './clock.ts';

/** A place in the heap, as `add` gives it. */
export interface Held<T> {
  untilUs: number;
  readonly holder: T;
  /** Where it is in the heap; -1 when it is out. */
  at: number;
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

  get size(): number {
    return this.#heap.length;
  }

  add(holder: T, untilUs: number): Held<T> {
    const held = { untilUs, holder, at: -1 };
    this.#push(held);
    this.#arm();
    return held;
  }

  /** Nothing, when it is out already. */
  remove(held: Held<T>): void {
    const { at } = held;
    if (at < 0) return;
    held.at = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === held) return;
    this.#up(at, last);
    this.#down(last.at, last);
  }

  clear(): void {
    for (const held of this.#heap) held.at = -1;
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
      this.remove(first);
      const untilUs = this.#untilOf(first.holder);
      if (untilUs === null) continue;
      if (untilUs < nowUs) over.push(first.holder);
      else {
        first.untilUs = untilUs;
        this.#push(first);
      }
    }
    if (over.length > 0) this.#onOver(over);
    this.#arm();
  }

  #push(held: Held<T>): void {
    this.#up(this.#heap.length, held);
  }

  /** Puts it where it belongs between `from` and the top. */
  #up(from: number, held: Held<T>): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent].untilUs <= held.untilUs) break;
      this.#put(at, heap[parent]);
      at = parent;
    }
    this.#put(at, held);
  }

  /** Puts it where it belongs from `from` downwards. */
  #down(from: number, held: Held<T>): void {
    const heap = this.#heap;
    let at = from;
    for (let child = at * 2 + 1; child < heap.length; child = at * 2 + 1) {
      if (child + 1 < heap.length && heap[child + 1].untilUs < heap[child].untilUs) child++;
      if (heap[child].untilUs >= held.untilUs) break;
      this.#put(at, heap[child]);
      at = child;
    }
    this.#put(at, held);
  }

  #put(at: number, held: Held<T>): void {
    this.#heap[at] = held;
    held.at = at;
  }
}
