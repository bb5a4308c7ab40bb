// What was read or computed, kept while there is room: a cache bounded by bytes, the least recently used goes first.
// Two callers of the same key share one computation; a failed one is forgotten. A value larger than the whole budget
// is given back and not kept.

interface Entry<V> {
  readonly value: Promise<V>;
  bytes: number;
}

export class ByteLru<V> {
  readonly #maxBytes: number;
  readonly #sizeOf: (value: V) => number;
  /** In order of use: the first was used longest ago. */
  readonly #entries = new Map<string, Entry<V>>();
  #bytes = 0;

  constructor(maxBytes: number, sizeOf: (value: V) => number) {
    this.#maxBytes = maxBytes;
    this.#sizeOf = sizeOf;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string, make: () => Promise<V>): Promise<V> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value;
    }
    const entry: Entry<V> = { value: make(), bytes: 0 };
    this.#entries.set(key, entry);
    entry.value.then(
      (value) => this.#keep(key, entry, this.#sizeOf(value)),
      () => this.#forget(key, entry),
    );
    return entry.value;
  }

  /** Forgets every key that starts with the prefix; computations under way finish and are not kept. */
  drop(prefix: string): void {
    for (const [key, entry] of this.#entries) if (key.startsWith(prefix)) this.#forget(key, entry);
  }

  #keep(key: string, entry: Entry<V>, bytes: number): void {
    if (this.#entries.get(key) !== entry) return;
    entry.bytes = bytes;
    this.#bytes += bytes;
    if (bytes > this.#maxBytes) this.#forget(key, entry);
    for (const [oldKey, old] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      if (old.bytes > 0) this.#forget(oldKey, old);
    }
  }

  #forget(key: string, entry: Entry<V>): void {
    if (this.#entries.get(key) !== entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}
