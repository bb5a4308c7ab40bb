// (dataset id, key id) to row, by open addressing over the rows' own words: 4 bytes a slot, at most two thirds full. A
// row needs only the low bits of its slot; the others hold those of its hash that the place does not tell, so that a
// slot of another pair is mostly known without a look at its row, which would be a miss of the cache.
// Not part of a snapshot: it is made again from the rows.

import { mix32 } from '../../../shared/base/hash.ts';
import { FIRST, HOT_WORDS, SECOND } from './version-block.ts';
import { placeOf, type VersionRows } from './version-rows.ts';

const FIRST_SLOTS = 1_024;

export class RowSlots {
  readonly #rows: VersionRows;
  /** High bits of the hash, and row + 1; or 0 for a free slot. */
  #slots: Uint32Array;
  /** What was read ahead: kept, so that no compiler leaves the reading out. */
  readonly #touched = new Int32Array(1);

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
    return this.#rowIn(this.#slotOf(dataset, key));
  }

  /**
   * The rows of the first `count` pairs into `rows`, -1 where there is none; a pair with a negative id has none. First
   * all slots, then all rows: the processor waits for many misses of its cache at once instead of for one after another.
   */
  findMany(datasets: Int32Array, keys: Int32Array, count: number, rows: Int32Array): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let touched = 0;
    for (let i = 0; i < count; i++) {
      rows[i] = hashOf(datasets[i], keys[i]);
      touched ^= slots[rows[i] & mask];
    }
    for (let i = 0; i < count; i++) rows[i] = this.#firstLikely(rows[i]);
    for (let i = 0; i < count; i++)
      if (rows[i] >= 0) touched ^= this.#rows.hotOf(rows[i])[placeOf(rows[i]) * HOT_WORDS];
    for (let i = 0; i < count; i++) {
      if (datasets[i] < 0 || keys[i] < 0) rows[i] = -1;
      else if (rows[i] >= 0 && !this.#isOf(rows[i], datasets[i], keys[i])) rows[i] = this.find(datasets[i], keys[i]);
    }
    this.#touched[0] = touched;
  }

  /** The row, a new one the first time. */
  findOrAdd(dataset: number, key: number): number {
    const slot = this.#slotOf(dataset, key);
    const known = this.#rowIn(slot);
    if (known >= 0) return known;
    const row = this.#rows.add();
    const block = this.#rows.changedBlockOf(row);
    block.set(placeOf(row), FIRST, dataset);
    block.set(placeOf(row), SECOND, key);
    block.earlier[placeOf(row)] = -1;
    this.#slots[slot] = wordOf(hashOf(dataset, key), row, this.#slots.length - 1);
    const needed = roomFor(this.#rows.size);
    if (needed > this.#slots.length) this.#slots = this.#filled(needed);
    return row;
  }

  #rowIn(slot: number): number {
    return (this.#slots[slot] & (this.#slots.length - 1)) - 1;
  }

  #slotOf(dataset: number, key: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = hashOf(dataset, key);
    let slot = hash & mask;
    for (let held = slots[slot]; held !== 0; held = slots[slot]) {
      if (((held ^ hash) & ~mask) === 0 && this.#isOf((held & mask) - 1, dataset, key)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** The first row on the way of a hash whose slot has the hash's bits, or -1. */
  #firstLikely(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let held = slots[slot]; held !== 0; held = slots[slot]) {
      if (((held ^ hash) & ~mask) === 0) return (held & mask) - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  #isOf(row: number, dataset: number, key: number): boolean {
    const hot = this.#rows.hotOf(row);
    const at = placeOf(row) * HOT_WORDS;
    return hot[at + FIRST] === dataset && hot[at + SECOND] === key;
  }

  #filled(length: number): Uint32Array {
    const slots = new Uint32Array(length);
    const mask = length - 1;
    for (let row = 0; row < this.#rows.size; row++) {
      const hot = this.#rows.hotOf(row);
      const at = placeOf(row) * HOT_WORDS;
      const hash = hashOf(hot[at + FIRST], hot[at + SECOND]);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = wordOf(hash, row, mask);
    }
    return slots;
  }
}

const wordOf = (hash: number, row: number, mask: number): number => (hash & ~mask) | (row + 1);

const hashOf = (dataset: number, key: number): number => mix32(Math.imul(dataset, 0x9e3779b1) ^ mix32(key + 1));

function roomFor(rows: number): number {
  let length = FIRST_SLOTS;
  while (rows * 3 > length * 2) length *= 2;
  return length;
}
