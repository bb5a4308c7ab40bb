// Where an event loop writes down what happens: integers in a ring that is allocated once and handed on in chunks whenever
// it is full, so that what is written costs a few stores and nothing is allocated for it. Whoever keeps the chunks gives
// another one for each, and nothing is copied. What the integers mean, the writer says.

/** `ints` is good until the drain returns, or for ever where the ring gets another. */
type TraceDrain = (ints: Int32Array) => void;

export class TraceRing {
  ints: Int32Array;
  readonly #drain: TraceDrain;
  readonly #renew: (() => Int32Array) | null;
  #at = 0;

  /** `renew`: what to go on in after each drain, as long as the first; null for the same again. */
  constructor(length: number, drain: TraceDrain, renew: (() => Int32Array) | null = null) {
    this.#renew = renew;
    this.ints = new Int32Array(length);
    this.#drain = drain;
  }

  /** Integers that are not drained yet. */
  get pending(): number {
    return this.#at;
  }

  /** Where the next `count` integers are to be written in `ints`: in one chunk, so at most its length. */
  take(count: number): number {
    if (this.#at + count > this.ints.length) this.flush();
    const at = this.#at;
    this.#at = at + count;
    return at;
  }

  /** Hands on what there is. */
  flush(): void {
    if (this.#at === 0) return;
    this.#drain(this.ints.subarray(0, this.#at));
    this.#at = 0;
    if (this.#renew !== null) this.ints = this.#renew();
  }

  /** Forgets what was not handed on. */
  clear(): void {
    this.#at = 0;
  }
}
