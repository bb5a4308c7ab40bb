// What the timing wheel and the heap have in common. Rows of one timestamp come out in no promised order: whoever
// cares sorts the round.

export interface EventQueue {
  /**
   * The time of the earliest row when that is not after `limitMs`; else some later time, or FOREVER_MS. From then on
   * no row may be pushed for a time before both (the clock never goes back).
   */
  next(limitMs: number): number;
  /** Adds a row (rows.ts) for a time at or after the clock and below FOREVER_MS. Throws OutOfTimeError beyond. */
  push(row: number, timeMs: number): void;
  /** Removes a row of the time that `next` has just given, and returns it. */
  pop(): number;
  /** Forgets all rows and goes back to time 0. */
  clear(): void;
}

/** A row was pushed for a time outside the queue's range. */
export class OutOfTimeError extends Error {
  readonly row: number;
  readonly timeMs: number;

  constructor(row: number, timeMs: number, reason: string) {
    super(`event row ${row} at ${timeMs} ms: ${reason}`);
    this.name = 'OutOfTimeError';
    this.row = row;
    this.timeMs = timeMs;
  }
}
