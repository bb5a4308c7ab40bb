// A set of small integers as bits, with a bit above each word of 32 that says whether it holds any: the first member
// at or after a place is found in a few steps, however many are absent.

export class BitTree {
  /** All levels, the lowest first. */
  readonly #words: Int32Array;
  /** Where each level begins in `#words`; the last entry is the end. */
  readonly #levels: Int32Array;

  /** Members are from 0 to below `size`. */
  constructor(size: number) {
    const starts = [0];
    let words = 0;
    let bits = size;
    do {
      bits = Math.max(1, (bits + 31) >>> 5);
      words += bits;
      starts.push(words);
    } while (bits > 1);
    this.#words = new Int32Array(words);
    this.#levels = Int32Array.from(starts);
  }

  add(member: number): void {
    const words = this.#words;
    const word = member >>> 5;
    const before = words[word];
    words[word] = before | (1 << member);
    if (before === 0) this.#mark(word);
  }

  remove(member: number): void {
    const word = member >>> 5;
    const left = this.#words[word] & ~(1 << member);
    this.#words[word] = left;
    if (left === 0) this.#unmark(word);
  }

  /** The first member at or after `from` (below the size), or -1. */
  nextFrom(from: number): number {
    const bits = this.#words[from >>> 5] & (-1 << from);
    return bits !== 0 ? (from & ~31) | lowestBit(bits) : this.#climb((from >>> 5) + 1);
  }

  /** Removes a member and finds the first one after it, or -1. */
  removeThenNext(member: number): number {
    const word = member >>> 5;
    const left = this.#words[word] & ~(1 << member);
    this.#words[word] = left;
    const after = left & (-1 << member);
    if (after !== 0) return (word << 5) | lowestBit(after);
    if (left === 0) this.#unmark(word);
    return this.#climb(word + 1);
  }

  clear(): void {
    this.#words.fill(0);
  }

  #mark(member: number): void {
    const words = this.#words;
    let bit = member;
    for (let level = 1; level < this.#levels.length - 1; level++) {
      const word = this.#levels[level] + (bit >>> 5);
      const before = words[word];
      words[word] = before | (1 << bit);
      if (before !== 0) return;
      bit >>>= 5;
    }
  }

  #unmark(member: number): void {
    const words = this.#words;
    let bit = member;
    for (let level = 1; level < this.#levels.length - 1; level++) {
      const word = this.#levels[level] + (bit >>> 5);
      words[word] &= ~(1 << bit);
      if (words[word] !== 0) return;
      bit >>>= 5;
    }
  }

  /** `nextFrom` on the level above: from bit `from` of level 1. */
  #climb(from: number): number {
    const words = this.#words;
    const levels = this.#levels;
    let bit = from;
    for (let level = 1; level < levels.length - 1; level++) {
      const word = levels[level] + (bit >>> 5);
      if (word >= levels[level + 1]) return -1;
      const bits = words[word] & (-1 << bit);
      if (bits !== 0) return this.#descend(level, (bit & ~31) | lowestBit(bits));
      bit = (bit >>> 5) + 1;
    }
    return -1;
  }

  #descend(fromLevel: number, fromBit: number): number {
    let bit = fromBit;
    for (let level = fromLevel - 1; level >= 0; level--) {
      bit = (bit << 5) | lowestBit(this.#words[this.#levels[level] + bit]);
    }
    return bit;
  }
}

/** The index of the lowest bit that is set, 0 to 31. There must be one. */
const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
