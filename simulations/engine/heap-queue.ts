// The event queue as a plain 4-ary heap: slower than the timing wheel, and so simple that it says what the wheel must
// do. Kept as its oracle.

import { type EventQueue, OutOfTimeError } from './event-queue.ts';
import { FOREVER_MS, ROW_TIME } from './rows.ts';

const WAYS = 4;

export class HeapQueue implements EventQueue {
  readonly #rows: Int32Array;
  readonly #heap: number[] = [];

  constructor(rows: Int32Array) {
    this.#rows = rows;
  }

  next(_limitMs: number): number {
    return this.#heap.length === 0 ? FOREVER_MS : this.#timeAt(0);
  }

  push(row: number, timeMs: number): void {
    if (timeMs >= FOREVER_MS) throw new OutOfTimeError(row, timeMs, 'beyond 2^30 ms');
    this.#rows[row + ROW_TIME] = timeMs;
    let at = this.#heap.push(row) - 1;
    while (at > 0) {
      const parent = Math.floor((at - 1) / WAYS);
      if (this.#timeAt(parent) <= timeMs) break;
      this.#heap[at] = this.#heap[parent];
      at = parent;
    }
    this.#heap[at] = row;
  }

  pop(): number {
    const top = this.#heap[0];
    const last = this.#heap.pop() as number;
    if (this.#heap.length > 0) this.#sink(last);
    return top;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  /** Puts a row where the top was. */
  #sink(row: number): void {
    const timeMs = this.#rows[row + ROW_TIME];
    let at = 0;
    for (;;) {
      const child = this.#earliestChild(at);
      if (child < 0 || this.#timeAt(child) >= timeMs) break;
      this.#heap[at] = this.#heap[child];
      at = child;
    }
    this.#heap[at] = row;
  }

  #earliestChild(at: number): number {
    const first = at * WAYS + 1;
    const end = Math.min(first + WAYS, this.#heap.length);
    let earliest = first < end ? first : -1;
    for (let child = first + 1; child < end; child++)
      if (this.#timeAt(child) < this.#timeAt(earliest)) earliest = child;
    return earliest;
  }

  #timeAt(at: number): number {
    return this.#rows[this.#heap[at] + ROW_TIME];
  }
}
