// (dataset id, key id) to row, by open addressing over the rows' own columns: 4 bytes a slot, at most two thirds full.
// Not part of a snapshot: it is made again from the rows.

import { mix32 } from '../../../shared/base/hash.ts';
import { placeOf, type VersionRows } from './version-rows.ts';

const FIRST_SLOTS = 1_024;

export class RowSlots {
  readonly #rows: VersionRows;
  /** Row + 1, or 0 for a free slot. */
  #slots: Int32Array;

  /** Finds all rows that are there. */
  constructor(rows: VersionRows) {
    this.#rows = rows;
    this.#slots = this.#filled(roomFor(rows.size));
  }

  get byteLength(): number {
    return this.#slots.byteLength;
  }

  /** The row, or -1. */
  find(dataset: number, key: number): number {
    return this.#slots[this.#slotOf(dataset, key)] - 1;
  }

  /** The row, a new one the first time. */
  findOrAdd(dataset: number, key: number): number {
    const slot = this.#slotOf(dataset, key);
    const known = this.#slots[slot];
    if (known > 0) return known - 1;
    const row = this.#rows.add();
    const block = this.#rows.changedBlockOf(row);
    block.first[placeOf(row)] = dataset;
    block.second[placeOf(row)] = key;
    block.earlier[placeOf(row)] = -1;
    this.#slots[slot] = row + 1;
    const needed = roomFor(this.#rows.size);
    if (needed > this.#slots.length) this.#slots = this.#filled(needed);
    return row;
  }

  #slotOf(dataset: number, key: number): number {
    const slots = this.#slots;
    const rows = this.#rows;
    const mask = slots.length - 1;
    let slot = hashOf(dataset, key) & mask;
    for (let held = slots[slot]; held !== 0; held = slots[slot]) {
      const block = rows.blockOf(held - 1);
      const i = placeOf(held - 1);
      if (block.first[i] === dataset && block.second[i] === key) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #filled(length: number): Int32Array {
    const slots = new Int32Array(length);
    const mask = length - 1;
    for (let row = 0; row < this.#rows.size; row++) {
      const block = this.#rows.blockOf(row);
      const i = placeOf(row);
      let slot = hashOf(block.first[i], block.second[i]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = row + 1;
    }
    return slots;
  }
}

const hashOf = (dataset: number, key: number): number => mix32(Math.imul(dataset, 0x9e3779b1) ^ mix32(key + 1));

function roomFor(rows: number): number {
  let length = FIRST_SLOTS;
  while (rows * 3 > length * 2) length *= 2;
  return length;
}
