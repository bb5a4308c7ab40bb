// Bytes that come in chunks of any size, taken in pieces of a wanted size.

export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, as memory of their own: the chunk's where that fits. Throws when there are fewer. */
  async take(count: number): Promise<ArrayBuffer> {
    if (this.#at === this.#chunk.length && count > 0) await this.#next();
    const { buffer } = this.#chunk;
    if (
      this.#at === 0 &&
      this.#chunk.length === count &&
      buffer instanceof ArrayBuffer &&
      buffer.byteLength === count
    ) {
      this.#at = count;
      return buffer;
    }
    const memory = new ArrayBuffer(count);
    const bytes = new Uint8Array(memory);
    for (let filled = 0; filled < count; ) {
      if (this.#at === this.#chunk.length) await this.#next();
      const part = this.#chunk.subarray(this.#at, this.#at + count - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.#at += part.length;
    }
    return memory;
  }

  /** Throws unless every byte was taken. */
  async finish(): Promise<void> {
    if (this.#at < this.#chunk.length || (await this.#chunks.next()).done !== true) {
      throw new Error('a snapshot with bytes left over');
    }
  }

  async #next(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done === true) throw new Error('a snapshot that ends early');
    this.#chunk = next.value;
    this.#at = 0;
  }
}
