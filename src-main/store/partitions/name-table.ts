// Texts to dense ids from 0, and back, without an object for each text: UTF-8 bytes one after another, found by open
// addressing, with what an id leaves free of its slot holding bits of the hash (as RowSlots has it). Grows only, so the first n names of a table are the same for ever and a snapshot needs no copy.
// Limits: well-formed text, 2^31 names, 4 GiB of bytes.

import { mix32 } from '../../../shared/base/hash.ts';

const FIRST_SLOTS = 1_024;
const FIRST_BYTES = 16_384;
const SHORT_TEXT_BYTES = 4_096;
/** While many are looked up: the slot's bits were those of another name. */
const OTHER = -2;

export class NameTable {
  #bytes: Buffer = Buffer.alloc(FIRST_BYTES);
  /** Where each name ends. */
  #ends: Uint32Array = new Uint32Array(FIRST_SLOTS);
  /** High bits of the hash, and id + 1; or 0 for a free slot. A power of two long, at most two thirds full. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #size = 0;
  /** The names that are looked up, as bytes one after another. */
  #text = Buffer.alloc(SHORT_TEXT_BYTES);
  #textBytes = 0;
  /** What was read ahead: kept, so that no compiler leaves the reading out. */
  readonly #touched = new Int32Array(1);

  get size(): number {
    return this.#size;
  }

  /** Bytes of memory that it holds. */
  get byteLength(): number {
    return this.#bytes.byteLength + this.#ends.byteLength + this.#slots.byteLength;
  }

  /** The id of a name, or -1. */
  find(name: string): number {
    return this.#idIn(this.#slotOf(this.#encode(name)));
  }

  /**
   * The ids of names into `ids`, or -1. First all slots, then where all names lie, then the names: the processor waits
   * for many misses of its cache at once instead of for one after another.
   */
  findMany(names: readonly string[], ids: Int32Array, ends: Int32Array): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let touched = 0;
    this.#textBytes = 0;
    for (let i = 0; i < names.length; i++) {
      ids[i] = this.#encodeAt(names[i], this.#textBytes);
      ends[i] = this.#textBytes;
    }
    for (let i = 0; i < names.length; i++) touched ^= slots[ids[i] & mask];
    for (let i = 0; i < names.length; i++) ids[i] = this.#firstLikely(ids[i]);
    for (let i = 0; i < names.length; i++) if (ids[i] >= 0) touched ^= this.#ends[ids[i]];
    for (let i = 0; i < names.length; i++) if (ids[i] >= 0) touched ^= this.#bytes[this.#startOf(ids[i])];
    for (let i = 0; i < names.length; i++) {
      const from = i === 0 ? 0 : ends[i - 1];
      if (ids[i] >= 0 && !this.#isText(ids[i], from, ends[i] - from)) ids[i] = OTHER;
    }
    for (let i = 0; i < names.length; i++) if (ids[i] === OTHER) ids[i] = this.find(names[i]);
    this.#touched[0] = touched;
  }

  /** The id of a name, a new one the first time. */
  intern(name: string): number {
    const hash = this.#encode(name);
    const slot = this.#slotOf(hash);
    const known = this.#idIn(slot);
    return known >= 0 ? known : this.#add(slot, hash);
  }

  nameOf(id: number): string {
    return this.#bytes.toString('utf8', this.#startOf(id), this.#ends[id]);
  }

  /** What a snapshot keeps of the first `size` names: their ends, then their bytes. Views that never change. */
  contentOf(size: number): { readonly ends: Uint32Array; readonly bytes: Buffer } {
    return {
      ends: this.#ends.subarray(0, size),
      bytes: this.#bytes.subarray(0, size === 0 ? 0 : this.#ends[size - 1]),
    };
  }

  /** The table with this content. */
  static of(ends: Uint32Array, bytes: Buffer): NameTable {
    const table = new NameTable();
    table.#ends = ends;
    table.#bytes = bytes;
    table.#size = ends.length;
    table.#rehash();
    return table;
  }

  #idIn(slot: number): number {
    return (this.#slots[slot] & (this.#slots.length - 1)) - 1;
  }

  /** The slot that holds the encoded name, or the free one where it belongs. */
  #slotOf(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let held = slots[slot]; held !== 0; held = slots[slot]) {
      if (((held ^ hash) & ~mask) === 0 && this.#isText((held & mask) - 1, 0, this.#textBytes)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** The first id on the way of a hash whose slot has the hash's bits, or -1. */
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

  #add(slot: number, hash: number): number {
    const id = this.#size++;
    const start = this.#startOf(id);
    const end = start + this.#textBytes;
    if (id === this.#ends.length) this.#ends = grown(this.#ends);
    if (end > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes], Math.max(end, this.#bytes.length * 2, FIRST_BYTES));
    this.#text.copy(this.#bytes, start, 0, this.#textBytes);
    this.#ends[id] = end;
    this.#slots[slot] = wordOf(hash, id, this.#slots.length - 1);
    if (this.#size * 3 > this.#slots.length * 2) this.#rehash();
    return id;
  }

  #startOf(id: number): number {
    return id === 0 ? 0 : this.#ends[id - 1];
  }

  /** Puts the name's bytes into `#text` and gives their hash. */
  #encode(name: string): number {
    return this.#encodeAt(name, 0);
  }

  /** The same, from `start` on; what is before it stays. `#textBytes` is the end of it. */
  #encodeAt(name: string, start: number): number {
    if (start + name.length * 3 > this.#text.length) this.#widenText(start, name.length * 3);
    const text = this.#text;
    let hash = 0;
    for (let i = 0; i < name.length; i++) {
      const unit = name.charCodeAt(i);
      if (unit >= 0x80) {
        this.#textBytes = start + text.write(name, start, 'utf8');
        return hashBytes(text, start, this.#textBytes);
      }
      text[start + i] = unit;
      hash = Math.imul(hash ^ unit, 0x01000193) + 1;
    }
    this.#textBytes = start + name.length;
    return mix32(hash);
  }

  #widenText(kept: number, more: number): void {
    const wider = Buffer.alloc(kept + more);
    this.#text.copy(wider, 0, 0, kept);
    this.#text = wider;
  }

  /** Whether the bytes of `#text` from `from` on are this name. */
  #isText(id: number, from: number, length: number): boolean {
    const start = this.#startOf(id);
    if (this.#ends[id] - start !== length) return false;
    const bytes = this.#bytes;
    const text = this.#text;
    // From the end: names differ there first (dates, hours).
    for (let i = length - 1; i >= 0; i--) if (bytes[start + i] !== text[from + i]) return false;
    return true;
  }

  #rehash(): void {
    let length = FIRST_SLOTS;
    while (this.#size * 3 > length * 2) length *= 2;
    // Room for as many again.
    if (this.#size * 3 > length) length *= 2;
    const slots = new Uint32Array(length);
    const mask = length - 1;
    for (let id = 0; id < this.#size; id++) {
      const hash = hashBytes(this.#bytes, this.#startOf(id), this.#ends[id]);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = wordOf(hash, id, mask);
    }
    this.#slots = slots;
  }
}

const wordOf = (hash: number, id: number, mask: number): number => (hash & ~mask) | (id + 1);

/** FNV-1a with a step that tells a run of zeros apart, then Murmur's finalizer. */
function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193) + 1;
  return mix32(hash);
}

function grown(values: Uint32Array): Uint32Array {
  const larger = new Uint32Array(Math.max(FIRST_SLOTS, values.length * 2));
  larger.set(values);
  return larger;
}
