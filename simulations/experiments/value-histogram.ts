// Counts of whole, non-negative values in buckets of at most 0.1 % width, so that millions of values from many plays are
// ranked in fixed memory; each bucket remembers the largest value seen, which is what a quantile answers (so values that
// are all alike answer exactly). Values below 2,048 have a bucket each. Mean and maximum are exact.
// Buckets come in pages of an octave, made when the first value falls in: a histogram of few values is small.

const SUB_BITS = 10;
const SUB = 1 << SUB_BITS;
const OCTAVES = 31;
const INT_MAX = 2_147_483_648;
const PAGES = OCTAVES + 2;

/** Counts, and behind them the largest values. */
type Page = Float64Array;

export class ValueHistogram {
  count = 0;
  sum = 0;
  max = Number.NaN;
  readonly #pages: (Page | null)[] = Array.from({ length: PAGES }, () => null);

  /** A whole value from 0 to below 2^41. */
  add(value: number): void {
    this.#count(value);
    this.count++;
    this.sum += value;
    if (!(value <= this.max)) this.max = value;
  }

  /** The first `count` values of a column, in less time than one by one. */
  addAll(values: Float64Array, count: number): void {
    let { sum, max } = this;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      this.#count(value);
      sum += value;
      if (!(value <= max)) max = value;
    }
    this.count += count;
    this.sum = sum;
    this.max = max;
  }

  #count(value: number): void {
    const bucket = bucketOf(value);
    const page = this.#pages[bucket >>> SUB_BITS] ?? this.#newPage(bucket >>> SUB_BITS);
    const at = bucket & (SUB - 1);
    page[at]++;
    if (value > page[at + SUB]) page[at + SUB] = value;
  }

  /** NaN without values. */
  get mean(): number {
    return this.count === 0 ? Number.NaN : this.sum / this.count;
  }

  /** Nearest rank, right to 0.1 %; NaN without values. */
  quantile(q: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(q * this.count - 1e-9));
    let seen = 0;
    for (const page of this.#pages) {
      if (page === null) continue;
      for (let at = 0; at < SUB; at++) {
        seen += page[at];
        if (seen >= rank) return page[at + SUB];
      }
    }
    return this.max;
  }

  merge(other: ValueHistogram): void {
    this.absorb(other.columns());
  }

  /** What a worker sends back: the buckets that hold something. */
  columns(): HistogramColumns {
    let filled = 0;
    for (const page of this.#pages) if (page !== null) for (let at = 0; at < SUB; at++) if (page[at] > 0) filled++;
    const buckets = new Int32Array(filled);
    const counts = new Float64Array(filled);
    const largest = new Float64Array(filled);
    let row = 0;
    for (let number = 0; number < PAGES; number++) {
      const page = this.#pages[number];
      if (page === null) continue;
      for (let at = 0; at < SUB; at++) {
        if (page[at] === 0) continue;
        buckets[row] = number * SUB + at;
        counts[row] = page[at];
        largest[row++] = page[at + SUB];
      }
    }
    return { buckets, counts, largest, sum: this.sum };
  }

  absorb({ buckets, counts, largest, sum }: HistogramColumns): void {
    for (let i = 0; i < buckets.length; i++) {
      const number = buckets[i] >>> SUB_BITS;
      const page = this.#pages[number] ?? this.#newPage(number);
      const at = buckets[i] & (SUB - 1);
      page[at] += counts[i];
      this.count += counts[i];
      if (largest[i] > page[at + SUB]) page[at + SUB] = largest[i];
      if (!(largest[i] <= this.max)) this.max = largest[i];
    }
    this.sum += sum;
  }

  #newPage(number: number): Page {
    const page = new Float64Array(2 * SUB);
    this.#pages[number] = page;
    return page;
  }
}

export interface HistogramColumns {
  readonly buckets: Int32Array;
  readonly counts: Float64Array;
  /** The largest value of each bucket. */
  readonly largest: Float64Array;
  readonly sum: number;
}

/** Below 2 SUB the value itself; above, SUB buckets an octave. */
function bucketOf(value: number): number {
  if (value < 2 * SUB) return value;
  if (value < INT_MAX) {
    const shift = 31 - Math.clz32(value) - SUB_BITS;
    return shift * SUB + (value >>> shift);
  }
  let octave = 0;
  let high = value;
  while (high >= 2 * SUB) {
    high /= 2;
    octave++;
  }
  return octave * SUB + Math.floor(high);
}
