// The counterpart of ByteWriter over part of a buffer. Reads nothing beyond its end: throws MalformedBytesError
// instead, so that a payload that is not what its kind says is found, whatever its checksum.

import { TextCache } from './text-cache.ts';

const NAMES = new TextCache();

export class MalformedBytesError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'MalformedBytesError';
  }
}

export class ByteReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  constructor(bytes: Buffer, from: number, end: number) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
  }

  u8(): number {
    return this.#bytes[this.#take(1)];
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  f64(): number {
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  count(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    if (!Number.isSafeInteger(value)) throw new MalformedBytesError('a count beyond 2^53');
    return value;
  }

  text(): string {
    const sized = this.count();
    const byteLength = Math.floor(sized / 2);
    if (byteLength === 0) return '';
    const at = this.#take(byteLength);
    return this.#bytes.toString(sized % 2 === 0 ? 'utf8' : 'utf16le', at, at + byteLength);
  }

  /** `text`, of which the same few come again and again. */
  name(): string {
    const sized = this.count();
    const byteLength = Math.floor(sized / 2);
    const at = this.#take(byteLength);
    if (sized % 2 !== 0) return this.#bytes.toString('utf16le', at, at + byteLength);
    return NAMES.read(this.#bytes, at, at + byteLength);
  }

  /** Throws unless everything was read. */
  finish(): void {
    if (this.#at !== this.#end) throw new MalformedBytesError(`${this.#end - this.#at} bytes are left over`);
  }

  #take(count: number): number {
    const at = this.#at;
    if (count > this.#end - at) throw new MalformedBytesError('it ends early');
    this.#at = at + count;
    return at;
  }
}
