// MurmurHash3 (A. Appleby, public domain): 32 bits to key random draws by name, 128 bits to name immutable content.
// Not for secrets.

const rotl = (x: number, r: number): number => (x << r) | (x >>> (32 - r));

/** The 32-bit finalizer of MurmurHash3: every input bit moves every output bit. */
export function mix32(h: number): number {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) | 0;
}

/** A 32-bit hash of text by UTF-16 unit; stable across machines and releases. */
export function hashText(text: string, seed = 0): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) {
    const k = Math.imul(rotl(Math.imul(text.charCodeAt(i), 0xcc9e2d51), 15), 0x1b873593);
    h = Math.imul(rotl(h ^ k, 13), 5) + 0xe6546b64;
  }
  return mix32(h ^ text.length);
}

/** Four 32-bit lanes fed in turn: feed numbers and text, then read 32 hex digits. */
export class ContentHash {
  readonly #lanes = new Int32Array([0x239b961b, 0xab0e9789 | 0, 0x38b34ae5, 0xa1e38b93 | 0]);
  #length = 0;

  word(value: number): this {
    const lane = this.#length & 3;
    const lanes = this.#lanes;
    const k = Math.imul(rotl(Math.imul(value, 0xcc9e2d51), 15), 0x1b873593);
    lanes[lane] = (Math.imul(rotl(lanes[lane] ^ k, 13), 5) + lanes[(lane + 1) & 3]) | 0;
    this.#length++;
    return this;
  }

  text(value: string): this {
    this.word(value.length).word(hashText(value)).word(hashText(value, 0x9e3779b9));
    return this;
  }

  /** The bytes of a typed array, as 32-bit words with a zero-padded end. */
  array(values: Int32Array | Uint8Array | Float64Array): this {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.word(bytes.length);
    for (let i = 0; i < bytes.length; i += 4) {
      this.word(
        (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24),
      );
    }
    return this;
  }

  hex(): string {
    const lanes = this.#lanes.slice();
    let sum = this.#length;
    for (const lane of lanes) sum = (sum + lane) | 0;
    return Array.from(lanes, (lane, i) => {
      const word = mix32(lane ^ Math.imul(sum, i + 1)) >>> 0;
      return word.toString(16).padStart(8, '0');
    }).join('');
  }
}
