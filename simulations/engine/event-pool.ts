// A pool of event rows for events that may be cancelled, beside the rows of whoever owns the table: rows are taken, pushed
// into a queue, popped and given back, and none is allocated. Row and generation are the handle of an event: one that is
// cancelled stays in its queue until its time comes and is then passed over; the generation, which goes up whenever a row
// is given back, tells an old handle from a new one.
// Limit: as many rows at once as the table has left.

import { NO_ROW, ROW_INTS, ROW_NEXT } from './rows.ts';

const ROW_GENERATION = 3;
/** What the event is: small integers for one switch. */
export const ROW_KIND = 4;
/** Whom it is about. The last two integers of a row are free for the owner. */
export const ROW_SUBJECT = 5;

const CANCELLED = -1;

export class EventPool {
  readonly #rows: Int32Array;
  readonly #first: number;
  #free = NO_ROW;
  /** The first row that was never taken. */
  #unused: number;

  /** `rows`: the table that the queue links; rows from `first` on are the pool's. */
  constructor(rows: Int32Array, first: number) {
    this.#rows = rows;
    this.#first = first;
    this.#unused = first;
  }

  /** A row of an event, kinds from 0. Throws RangeError when all are taken. */
  take(kind: number, subject: number): number {
    const row = this.#free >= 0 ? this.#free : this.#takeUnused();
    if (row === this.#free) this.#free = this.#rows[row + ROW_NEXT];
    this.#rows[row + ROW_KIND] = kind;
    this.#rows[row + ROW_SUBJECT] = subject;
    return row;
  }

  /** With the row, what `cancel` wants to know. */
  generation(row: number): number {
    return this.#rows[row + ROW_GENERATION];
  }

  /** False when that event has happened or is cancelled already. */
  cancel(row: number, generation: number): boolean {
    if (this.#rows[row + ROW_GENERATION] !== generation || this.#rows[row + ROW_KIND] === CANCELLED) return false;
    this.#rows[row + ROW_KIND] = CANCELLED;
    return true;
  }

  isCancelled(row: number): boolean {
    return this.#rows[row + ROW_KIND] === CANCELLED;
  }

  /** A row that was popped: its generation ends. */
  giveBack(row: number): void {
    this.#rows[row + ROW_GENERATION] = (this.#rows[row + ROW_GENERATION] + 1) | 0;
    this.#rows[row + ROW_NEXT] = this.#free;
    this.#free = row;
  }

  /** All rows free again, and no reference from before is good. */
  clear(): void {
    this.#free = NO_ROW;
    for (let row = this.#first; row < this.#unused; row += ROW_INTS) this.giveBack(row);
  }

  #takeUnused(): number {
    if (this.#unused === this.#rows.length)
      throw new RangeError(`all ${(this.#rows.length - this.#first) / ROW_INTS} event rows are taken`);
    const row = this.#unused;
    this.#unused += ROW_INTS;
    return row;
  }
}
