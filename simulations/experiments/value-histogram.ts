// Counts of whole, non-negative values in buckets of at most 0.1 % width, so that millions of values from many plays are
// ranked in fixed memory; each bucket remembers the largest value seen, which is what a quantile answers (so values that
// are all alike answer exactly). Values below 2,048 have a bucket each. Mean and maximum are exact.

const SUB_BITS = 10;
const SUB = 1 << SUB_BITS;
const OCTAVES = 31;
const INT_MAX = 2_147_483_648;
const BUCKETS = SUB * (OCTAVES + 2);

export class ValueHistogram {
  count = 0;
  sum = 0;
  max = Number.NaN;
  readonly #counts = new Float64Array(BUCKETS);
  readonly #largest = new Float64Array(BUCKETS);

  /** A whole value from 0 to below 2^41. */
  add(value: number): void {
    const bucket = bucketOf(value);
    this.#counts[bucket]++;
    if (value > this.#largest[bucket]) this.#largest[bucket] = value;
    this.count++;
    this.sum += value;
    if (!(value <= this.max)) this.max = value;
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
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket];
      if (seen >= rank) return this.#largest[bucket];
    }
    return this.max;
  }

  merge(other: ValueHistogram): void {
    this.absorb(other.columns());
  }

  /** What a worker sends back: the buckets that hold something. */
  columns(): HistogramColumns {
    const buckets = Int32Array.from(this.#counts.keys()).filter((bucket) => this.#counts[bucket] > 0);
    const of = (column: Float64Array): Float64Array => Float64Array.from(buckets, (bucket) => column[bucket]);
    return { buckets, counts: of(this.#counts), largest: of(this.#largest), sum: this.sum };
  }

  absorb({ buckets, counts, largest, sum }: HistogramColumns): void {
    for (let i = 0; i < buckets.length; i++) {
      const bucket = buckets[i];
      this.#counts[bucket] += counts[i];
      this.count += counts[i];
      if (largest[i] > this.#largest[bucket]) this.#largest[bucket] = largest[i];
      if (!(largest[i] <= this.max)) this.max = largest[i];
    }
    this.sum += sum;
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
