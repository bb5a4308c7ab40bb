// Where an event loop writes down what happens: a ring of rows that is allocated once and handed on in chunks whenever it
// is full, so that a row costs a few stores and nothing is allocated for it. Whoever keeps the chunks gives another one
// for each, and nothing is copied. What the fields mean, the writer says.
// A row is 16 bytes: two integers, then a double (`ints[row]`, `ints[row + 1]`, `doubles[row / 2 + 1]`).

export const TRACE_ROW_INTS = 4;

/** `ints` and `doubles` lie over the same rows and are good until the drain returns, or for ever where it gets another. */
export type TraceDrain = (ints: Int32Array, doubles: Float64Array) => void;

export class TraceRing {
  ints: Int32Array;
  doubles: Float64Array;
  readonly #drain: TraceDrain;
  readonly #renew: (() => Int32Array) | null;
  #at = 0;

  /** `renew`: what to go on in after each drain, as long as the first; null for the same again. */
  constructor(rows: number, drain: TraceDrain, renew: (() => Int32Array) | null = null) {
    this.#renew = renew;
    this.ints = new Int32Array(rows * TRACE_ROW_INTS);
    this.doubles = new Float64Array(this.ints.buffer);
    this.#drain = drain;
  }

  /** Rows that are not drained yet. */
  get pending(): number {
    return this.#at / TRACE_ROW_INTS;
  }

  add(first: number, second: number, value: number): void {
    if (this.#at === this.ints.length) this.flush();
    const row = this.#at;
    this.#at = row + TRACE_ROW_INTS;
    this.ints[row] = first;
    this.ints[row + 1] = second;
    this.doubles[(row >> 1) + 1] = value;
  }

  /** Hands on what there is. */
  flush(): void {
    if (this.#at === 0) return;
    this.#drain(this.ints.subarray(0, this.#at), this.doubles.subarray(0, this.#at / 2));
    this.#at = 0;
    if (this.#renew === null) return;
    this.ints = this.#renew();
    this.doubles = new Float64Array(this.ints.buffer);
  }

  /** Forgets what was not handed on. */
  clear(): void {
    this.#at = 0;
  }
}
