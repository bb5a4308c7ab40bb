// Texts to dense ids from 0, and back, without an object for each text: UTF-8 bytes one after another, found by open
// addressing. Grows only, so the first n names of a table are the same for ever and a snapshot needs no copy.
// Limits: well-formed text, 2^31 names, 4 GiB of bytes.

import { mix32 } from '../../../shared/base/hash.ts';

const FIRST_SLOTS = 1_024;
const FIRST_BYTES = 16_384;
const SHORT_TEXT_BYTES = 4_096;

export class NameTable {
  #bytes: Buffer = Buffer.alloc(FIRST_BYTES);
  /** Where each name ends. */
  #ends: Uint32Array = new Uint32Array(FIRST_SLOTS);
  /** Id + 1, or 0 for a free slot; a power of two long, at most two thirds full. */
  #slots = new Int32Array(FIRST_SLOTS);
  #size = 0;
  /** The name that is looked up, as bytes. */
  #text = Buffer.alloc(SHORT_TEXT_BYTES);
  #textBytes = 0;

  get size(): number {
    return this.#size;
  }

  /** Bytes of memory that it holds. */
  get byteLength(): number {
    return this.#bytes.byteLength + this.#ends.byteLength + this.#slots.byteLength;
  }

  /** The id of a name, or -1. */
  find(name: string): number {
    return this.#slots[this.#slotOf(name)] - 1;
  }

  /** The id of a name, a new one the first time. */
  intern(name: string): number {
    const slot = this.#slotOf(name);
    const known = this.#slots[slot];
    return known > 0 ? known - 1 : this.#add(slot);
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

  /** The slot that holds a name, or the free one where it belongs. */
  #slotOf(name: string): number {
    const hash = this.#encode(name);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let held = this.#slots[slot]; held !== 0; held = this.#slots[slot]) {
      if (this.#isText(held - 1)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #add(slot: number): number {
    const id = this.#size++;
    const start = this.#startOf(id);
    const end = start + this.#textBytes;
    if (id === this.#ends.length) this.#ends = grown(this.#ends);
    if (end > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes], Math.max(end, this.#bytes.length * 2, FIRST_BYTES));
    this.#text.copy(this.#bytes, start, 0, this.#textBytes);
    this.#ends[id] = end;
    this.#slots[slot] = id + 1;
    if (this.#size * 3 > this.#slots.length * 2) this.#rehash();
    return id;
  }

  #startOf(id: number): number {
    return id === 0 ? 0 : this.#ends[id - 1];
  }

  /** Puts the name's bytes into `#text` and gives their hash. */
  #encode(name: string): number {
    if (name.length * 3 > this.#text.length) this.#text = Buffer.alloc(name.length * 3);
    const text = this.#text;
    let hash = 0;
    for (let i = 0; i < name.length; i++) {
      const unit = name.charCodeAt(i);
      if (unit >= 0x80) {
        this.#textBytes = text.write(name, 0, 'utf8');
        return hashBytes(text, 0, this.#textBytes);
      }
      text[i] = unit;
      hash = Math.imul(hash ^ unit, 0x01000193) + 1;
    }
    this.#textBytes = name.length;
    return mix32(hash);
  }

  #isText(id: number): boolean {
    const start = this.#startOf(id);
    const length = this.#textBytes;
    if (this.#ends[id] - start !== length) return false;
    const bytes = this.#bytes;
    const text = this.#text;
    // From the end: names differ there first (dates, hours).
    for (let i = length - 1; i >= 0; i--) if (bytes[start + i] !== text[i]) return false;
    return true;
  }

  #rehash(): void {
    let length = FIRST_SLOTS;
    while (this.#size * 3 > length * 2) length *= 2;
    // Room for as many again.
    if (this.#size * 3 > length) length *= 2;
    const slots = new Int32Array(length);
    for (let id = 0; id < this.#size; id++) {
      let slot = hashBytes(this.#bytes, this.#startOf(id), this.#ends[id]) & (length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (length - 1);
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

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
