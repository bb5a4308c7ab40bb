// An event queue without the wheel's limit of 12.4 days: times are doubles, cut into epochs of 6.2 days. The open epoch
// lives in a timing wheel; rows of later ones wait in one list an epoch and are pushed when it opens.
// Limits: EPOCHS_MAX epochs (69 years); times are whole milliseconds; never a push before the clock.

import { OutOfTimeError } from './event-queue.ts';
import { FOREVER_MS, NO_ROW, ROW_NEXT, ROW_TIME } from './rows.ts';
import { TimingWheel } from './timing-wheel.ts';

const EPOCH_MS = FOREVER_MS / 2;
const EPOCHS_MAX = 4_096;

export class EpochQueue {
  readonly #rows: Int32Array;
  readonly #wheel: TimingWheel;
  /** First row of each later epoch; ROW_TIME holds the time within it. */
  readonly #later = new Int32Array(EPOCHS_MAX).fill(NO_ROW);
  #baseMs = 0;
  /** The first later epoch that has rows, or EPOCHS_MAX. */
  #next = EPOCHS_MAX;

  /** As TimingWheel. */
  constructor(rows: Int32Array, shift: number) {
    this.#rows = rows;
    this.#wheel = new TimingWheel(rows, shift);
  }

  /** The time of the earliest row when that is not after `limitMs`; else some later time, or Infinity. */
  next(limitMs: number): number {
    for (;;) {
      const within = limitMs - this.#baseMs;
      const near = this.#wheel.next(within < EPOCH_MS ? within : EPOCH_MS);
      if (near < FOREVER_MS) return this.#baseMs + near;
      if (this.#next === EPOCHS_MAX) return Number.POSITIVE_INFINITY;
      const nextMs = this.#next * EPOCH_MS;
      if (nextMs > limitMs) return nextMs;
      this.#openEpoch();
    }
  }

  /** Adds a row for a time at or after the clock. Throws OutOfTimeError beyond the last epoch. */
  push(row: number, timeMs: number): void {
    const within = timeMs - this.#baseMs;
    if (within < EPOCH_MS) this.#wheel.push(row, within);
    else this.#pushLater(row, timeMs);
  }

  pop(): number {
    return this.#wheel.pop();
  }

  clear(): void {
    this.#wheel.clear();
    this.#later.fill(NO_ROW);
    this.#baseMs = 0;
    this.#next = EPOCHS_MAX;
  }

  #pushLater(row: number, timeMs: number): void {
    const epoch = Math.floor(timeMs / EPOCH_MS);
    if (!(epoch < EPOCHS_MAX)) throw new OutOfTimeError(row, timeMs, 'beyond the last epoch, 69 years');
    this.#rows[row + ROW_TIME] = timeMs - epoch * EPOCH_MS;
    this.#rows[row + ROW_NEXT] = this.#later[epoch];
    this.#later[epoch] = row;
    if (epoch < this.#next) this.#next = epoch;
  }

  #openEpoch(): void {
    const epoch = this.#next;
    this.#baseMs = epoch * EPOCH_MS;
    this.#wheel.clear();
    let row = this.#later[epoch];
    this.#later[epoch] = NO_ROW;
    do this.#next++;
    while (this.#next < EPOCHS_MAX && this.#later[this.#next] < 0);
    while (row >= 0) {
      const after = this.#rows[row + ROW_NEXT];
      this.#wheel.push(row, this.#rows[row + ROW_TIME]);
      row = after;
    }
  }
}
