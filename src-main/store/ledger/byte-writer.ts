// Bytes that grow at the end: how records and frames are put together. Little endian; lengths and counts as LEB128.
// A writer is used again and again, so that a busy ledger allocates nothing for each record.

const FIRST_BYTES = 64 * 1024;
/** Up to here a plain loop beats the call into the encoder. */
const SHORT_TEXT = 48;
const SURROGATE = /\p{Surrogate}/u;

export class ByteWriter {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  /** How many bytes were written; set it back to take the last ones away. */
  length = 0;

  /** What was written; valid until the next write. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }

  /** Makes room for `count` bytes and steps over them: for a header that is known only later. Returns its place. */
  skip(count: number): number {
    this.#reserve(count);
    const at = this.length;
    this.length += count;
    return at;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  u32(value: number): void {
    const at = this.skip(4);
    this.#bytes.writeUInt32LE(value, at);
  }

  f64(value: number): void {
    const at = this.skip(8);
    this.#bytes.writeDoubleLE(value, at);
  }

  raw(bytes: Uint8Array): void {
    const at = this.skip(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** A whole number from 0 to 2^53 - 1. Throws RangeError for any other. */
  count(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no whole number from 0 on`);
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.length++] = rest;
  }

  /**
   * Any string of JavaScript: UTF-8, or UTF-16 where a lone surrogate would not survive that. The count before it is
   * twice its bytes, plus one for UTF-16.
   */
  text(value: string): void {
    if (value.length <= SHORT_TEXT && this.#shortAscii(value)) return;
    const byteLength = Buffer.byteLength(value, 'utf8');
    if (byteLength !== value.length && SURROGATE.test(value)) this.#encoded(value, 'utf16le', value.length * 2, 1);
    else this.#encoded(value, 'utf8', byteLength, 0);
  }

  #encoded(value: string, encoding: 'utf8' | 'utf16le', byteLength: number, flag: number): void {
    this.count(byteLength * 2 + flag);
    const at = this.skip(byteLength);
    this.#bytes.write(value, at, encoding);
  }

  #shortAscii(value: string): boolean {
    this.#reserve(SHORT_TEXT + 1);
    const start = this.length;
    // A count of at most 2 * 48 is one byte.
    let at = start + 1;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit >= 0x80) return false;
      this.#bytes[at++] = unit;
    }
    this.#bytes[start] = value.length * 2;
    this.length = at;
    return true;
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
  }
}
