// A pool of event rows for whoever has more kinds of events than one a subject: rows are taken, pushed into a queue,
// popped and given back, and none is allocated. A row that is cancelled stays in its queue until its time comes and is
// then passed over; its generation, which goes up whenever a row is given back, tells an old reference from a new one.
// Limit: as many rows at once as the pool was made with.

import { NO_ROW, ROW_INTS, ROW_NEXT, rowTable } from './rows.ts';

const ROW_GENERATION = 3;
/** What the event is: small integers for one switch. */
export const ROW_KIND = 4;
/** Whom it is about. The last two integers of a row are free for the owner. */
export const ROW_SUBJECT = 5;

const CANCELLED = -1;

export class EventPool {
  /** The table that the queue links. */
  readonly rows: Int32Array;
  #free = NO_ROW;
  #used = 0;

  constructor(rowsMax: number) {
    this.rows = rowTable(rowsMax);
  }

  /** A row of an event, kinds from 0. Throws RangeError when all are taken. */
  take(kind: number, subject: number): number {
    const row = this.#free >= 0 ? this.#free : this.#unused();
    if (row === this.#free) this.#free = this.rows[row + ROW_NEXT];
    this.rows[row + ROW_KIND] = kind;
    this.rows[row + ROW_SUBJECT] = subject;
    return row;
  }

  /** With the row, what `cancel` wants to know. */
  generation(row: number): number {
    return this.rows[row + ROW_GENERATION];
  }

  /** False when that event has happened or is cancelled already. */
  cancel(row: number, generation: number): boolean {
    if (this.rows[row + ROW_GENERATION] !== generation || this.rows[row + ROW_KIND] === CANCELLED) return false;
    this.rows[row + ROW_KIND] = CANCELLED;
    return true;
  }

  isCancelled(row: number): boolean {
    return this.rows[row + ROW_KIND] === CANCELLED;
  }

  /** A row that was popped: its generation ends. */
  giveBack(row: number): void {
    this.rows[row + ROW_GENERATION] = (this.rows[row + ROW_GENERATION] + 1) | 0;
    this.rows[row + ROW_NEXT] = this.#free;
    this.#free = row;
  }

  /** All rows free again, and no reference from before is good. */
  clear(): void {
    this.#free = NO_ROW;
    for (let row = 0; row < this.#used; row += ROW_INTS) this.giveBack(row);
  }

  #unused(): number {
    if (this.#used === this.rows.length)
      throw new RangeError(`all ${this.rows.length / ROW_INTS} event rows are taken`);
    const row = this.#used;
    this.#used += ROW_INTS;
    return row;
  }
}
