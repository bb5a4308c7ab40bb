// Lanes: rows whose order in time is known when they are added need no event queue, and half of all events are such.
// A sorted lane is a fixed list; a delay lane is a ring of rows that all wait equally long.

import { OutOfTimeError } from './event-queue.ts';
import { FOREVER_MS } from './rows.ts';

/** Rows known from the start, by time ascending. `rows` and `timesMs` run side by side. */
export class SortedLane {
  readonly #rows: Int32Array;
  readonly #timesMs: Int32Array;
  #at = 0;
  /** The time of the first row left, or FOREVER_MS. */
  nextMs = FOREVER_MS;

  constructor(rows: Int32Array, timesMs: Int32Array) {
    this.#rows = rows;
    this.#timesMs = timesMs;
    this.rewind();
  }

  pop(): number {
    const row = this.#rows[this.#at++];
    this.nextMs = this.#at < this.#timesMs.length ? this.#timesMs[this.#at] : FOREVER_MS;
    return row;
  }

  rewind(): void {
    this.#at = 0;
    this.nextMs = this.#timesMs.length > 0 ? this.#timesMs[0] : FOREVER_MS;
  }
}

const RING_INTS_MIN = 1 << 11;

/**
 * First in, first out: `push` wants times that never go down, and throws OutOfTimeError for one beyond FOREVER_MS.
 * Grows by doubling, so it is as small as it can be.
 */
export class DelayLane {
  /** Pairs of (row, time). */
  #ring = new Int32Array(RING_INTS_MIN);
  #head = 0;
  #tail = 0;
  /** The time of the first row, or FOREVER_MS. */
  nextMs = FOREVER_MS;

  push(row: number, timeMs: number): void {
    if (timeMs >= FOREVER_MS) throw new OutOfTimeError(row, timeMs, 'beyond 2^30 ms');
    const at = this.#tail;
    this.#ring[at] = row;
    this.#ring[at + 1] = timeMs;
    if (this.nextMs === FOREVER_MS) this.nextMs = timeMs;
    this.#tail = (at + 2) & (this.#ring.length - 1);
    if (this.#tail === this.#head) this.#grow();
  }

  pop(): number {
    const row = this.#ring[this.#head];
    const head = (this.#head + 2) & (this.#ring.length - 1);
    this.#head = head;
    this.nextMs = head === this.#tail ? FOREVER_MS : this.#ring[head + 1];
    return row;
  }

  clear(): void {
    this.#head = 0;
    this.#tail = 0;
    this.nextMs = FOREVER_MS;
  }

  /** The ring is full: unroll it into one of twice the size. */
  #grow(): void {
    const full = this.#ring;
    const wider = new Int32Array(full.length * 2);
    wider.set(full.subarray(this.#head));
    wider.set(full.subarray(0, this.#head), full.length - this.#head);
    this.#ring = wider;
    this.#head = 0;
    this.#tail = full.length;
  }
}

/** As DelayLane, of times without its limit: doubles. */
export class LongDelayLane {
  #rows = new Int32Array(RING_INTS_MIN);
  #timesMs = new Float64Array(RING_INTS_MIN);
  #head = 0;
  #tail = 0;
  /** The time of the first row, or Infinity. */
  nextMs = Number.POSITIVE_INFINITY;

  push(row: number, timeMs: number): void {
    const at = this.#tail;
    this.#rows[at] = row;
    this.#timesMs[at] = timeMs;
    if (at === this.#head) this.nextMs = timeMs;
    this.#tail = (at + 1) & (this.#rows.length - 1);
    if (this.#tail === this.#head) this.#grow();
  }

  pop(): number {
    const row = this.#rows[this.#head];
    const head = (this.#head + 1) & (this.#rows.length - 1);
    this.#head = head;
    this.nextMs = head === this.#tail ? Number.POSITIVE_INFINITY : this.#timesMs[head];
    return row;
  }

  clear(): void {
    this.#head = 0;
    this.#tail = 0;
    this.nextMs = Number.POSITIVE_INFINITY;
  }

  /** The ring is full: unroll it into one of twice the size. */
  #grow(): void {
    const length = this.#rows.length;
    const rows = new Int32Array(length * 2);
    const timesMs = new Float64Array(length * 2);
    rows.set(this.#rows.subarray(this.#head));
    rows.set(this.#rows.subarray(0, this.#head), length - this.#head);
    timesMs.set(this.#timesMs.subarray(this.#head));
    timesMs.set(this.#timesMs.subarray(0, this.#head), length - this.#head);
    this.#rows = rows;
    this.#timesMs = timesMs;
    this.#head = 0;
    this.#tail = length;
  }
}
