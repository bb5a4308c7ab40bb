// The event queue: a timing wheel of two levels. The near level is one window of 32^3 slots, the far level one list a
// window, and bits over both find the next that holds a row. A slot is 2^shift ms wide and its list is
// sorted, so with the right width nearly every row is pushed once, into an empty slot. Width 1 ms needs no sorting at
// all: when the lists of a wider wheel get long, it narrows to that and stays there, so a push is O(1) amortized
// whatever the times are.
// Limits: times below FOREVER_MS; never a push before the clock.

import { BitTree } from './bit-tree.ts';
import { type EventQueue, OutOfTimeError } from './event-queue.ts';
import { FOREVER_MS, NO_ROW, ROW_NEXT, ROW_TIME } from './rows.ts';

const WINDOW_BITS = 15;
const WINDOW_SLOTS = 1 << WINDOW_BITS;
const SLOT_MASK = WINDOW_SLOTS - 1;
const WINDOWS_MAX = FOREVER_MS / WINDOW_SLOTS;
const NO_WINDOW = FOREVER_MS;
/** Steps along a slot's list that are as good as anything else. */
const WALK_FREE = 4;
/** Steps beyond the free ones that show that the slots are too wide. */
const WALK_MAX = 1 << 14;

export class TimingWheel implements EventQueue {
  readonly #rows: Int32Array;
  readonly #widestShift: number;
  #shift: number;
  /** First row of each slot of the open window. */
  readonly #near = new Int32Array(WINDOW_SLOTS).fill(NO_ROW);
  readonly #nearSlots = new BitTree(WINDOW_SLOTS);
  /** First row of each window that is not open yet. */
  readonly #far = new Int32Array(WINDOWS_MAX).fill(NO_ROW);
  readonly #farWindows = new BitTree(WINDOWS_MAX);
  #window = 0;
  #farNext = NO_WINDOW;
  #nextMs = FOREVER_MS;
  #nextSlot = 0;
  #walked = 0;

  /**
   * @param rows the table of rows (rows.ts) that are linked
   * @param shift slots are 2^shift ms wide, 0 to 15: best somewhat below the mean time between two rows
   */
  constructor(rows: Int32Array, shift: number) {
    this.#rows = rows;
    this.#widestShift = shift;
    this.#shift = shift;
  }

  next(limitMs: number): number {
    while (this.#nextMs === FOREVER_MS && this.#farNext <= limitMs >>> (this.#shift + WINDOW_BITS)) this.#openWindow();
    return this.#nextMs;
  }

  push(row: number, timeMs: number): void {
    const rows = this.#rows;
    rows[row + ROW_TIME] = timeMs;
    const slot = timeMs >>> this.#shift;
    if (slot >>> WINDOW_BITS !== this.#window) this.#pushFar(row, timeMs, slot >>> WINDOW_BITS);
    else {
      this.#insert(row, timeMs, slot & SLOT_MASK);
      if (this.#walked > WALK_MAX) this.#narrow(NO_ROW);
    }
  }

  pop(): number {
    const rows = this.#rows;
    const slot = this.#nextSlot;
    const row = this.#near[slot];
    const after = rows[row + ROW_NEXT];
    this.#near[slot] = after;
    if (after >= 0) this.#nextMs = rows[after + ROW_TIME];
    else this.#leaveSlot(slot);
    return row;
  }

  clear(): void {
    this.#near.fill(NO_ROW);
    this.#far.fill(NO_ROW);
    this.#nearSlots.clear();
    this.#farWindows.clear();
    this.#window = 0;
    this.#farNext = NO_WINDOW;
    this.#nextMs = FOREVER_MS;
    this.#walked = 0;
    this.#shift = this.#widestShift;
  }

  #insert(row: number, timeMs: number, slot: number): void {
    const rows = this.#rows;
    const first = this.#near[slot];
    if (first < 0) {
      this.#nearSlots.add(slot);
      rows[row + ROW_NEXT] = NO_ROW;
      this.#near[slot] = row;
    } else if (rows[first + ROW_TIME] >= timeMs) {
      rows[row + ROW_NEXT] = first;
      this.#near[slot] = row;
    } else {
      this.#insertAfter(first, row, timeMs);
    }
    if (timeMs < this.#nextMs) {
      this.#nextMs = timeMs;
      this.#nextSlot = slot;
    }
  }

  #insertAfter(first: number, row: number, timeMs: number): void {
    const rows = this.#rows;
    let before = first;
    let after = rows[before + ROW_NEXT];
    let steps = 0;
    while (after >= 0 && rows[after + ROW_TIME] < timeMs) {
      before = after;
      after = rows[before + ROW_NEXT];
      steps++;
    }
    rows[row + ROW_NEXT] = after;
    rows[before + ROW_NEXT] = row;
    this.#walked = Math.max(0, this.#walked + steps - WALK_FREE);
  }

  #leaveSlot(slot: number): void {
    const next = this.#nearSlots.removeThenNext(slot);
    this.#nextSlot = next;
    this.#nextMs = next < 0 ? FOREVER_MS : this.#rows[this.#near[next] + ROW_TIME];
  }

  #pushFar(row: number, timeMs: number, window: number): void {
    if (timeMs >= FOREVER_MS) throw new OutOfTimeError(row, timeMs, 'beyond 2^30 ms');
    if (window < this.#window) throw new OutOfTimeError(row, timeMs, 'before the clock');
    const first = this.#far[window];
    if (first < 0) this.#farWindows.add(window);
    this.#rows[row + ROW_NEXT] = first;
    this.#far[window] = row;
    if (window < this.#farNext) this.#farNext = window;
  }

  #openWindow(): void {
    const rows = this.#rows;
    const window = this.#farNext;
    this.#window = window;
    let row = this.#far[window];
    this.#far[window] = NO_ROW;
    const later = this.#farWindows.removeThenNext(window);
    this.#farNext = later < 0 ? NO_WINDOW : later;
    while (row >= 0) {
      const after = rows[row + ROW_NEXT];
      const timeMs = rows[row + ROW_TIME];
      this.#insert(row, timeMs, (timeMs >>> this.#shift) & SLOT_MASK);
      if (this.#walked > WALK_MAX) {
        this.#narrow(after);
        return;
      }
      row = after;
    }
  }

  /** Makes slots 1 ms wide and pushes everything again, with the list `rest` that stood nowhere. */
  #narrow(rest: number): void {
    const near = this.#near.slice();
    const far = this.#far.slice();
    const window = this.#window << this.#shift;
    this.clear();
    this.#shift = 0;
    this.#window = window;
    this.#pushList(rest);
    for (const first of near) this.#pushList(first);
    for (const first of far) this.#pushList(first);
  }

  #pushList(first: number): void {
    let row = first;
    while (row >= 0) {
      const after = this.#rows[row + ROW_NEXT];
      this.push(row, this.#rows[row + ROW_TIME]);
      row = after;
    }
  }
}
