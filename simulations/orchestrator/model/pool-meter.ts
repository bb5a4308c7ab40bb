// Integrals over time of each pool's waiting task runs and taken slots, from the end of the warm-up on: what Little's law
// and utilisation are made of. It knows nothing of single task runs, so that both sides of the law are measured apart.

export class PoolMeter {
  readonly waiting: Int32Array;
  readonly used: Int32Array;
  readonly waitingMs: Float64Array;
  readonly usedMs: Float64Array;
  readonly #fromMs: number;
  readonly #lastMs: Float64Array;

  constructor(pools: number, warmUpMs: number) {
    this.waiting = new Int32Array(pools);
    this.used = new Int32Array(pools);
    this.waitingMs = new Float64Array(pools);
    this.usedMs = new Float64Array(pools);
    this.#lastMs = new Float64Array(pools);
    this.#fromMs = warmUpMs;
    this.clear();
  }

  clear(): void {
    this.waiting.fill(0);
    this.used.fill(0);
    this.waitingMs.fill(0);
    this.usedMs.fill(0);
    this.#lastMs.fill(this.#fromMs);
  }

  /** The counts change now. */
  change(pool: number, nowMs: number, waiting: number, used: number): void {
    const spanMs = nowMs - this.#lastMs[pool];
    if (spanMs > 0) {
      this.waitingMs[pool] += this.waiting[pool] * spanMs;
      this.usedMs[pool] += this.used[pool] * spanMs;
      this.#lastMs[pool] = nowMs;
    }
    this.waiting[pool] += waiting;
    this.used[pool] += used;
  }

  /** Counts up to the end of the play. */
  close(nowMs: number): void {
    for (let pool = 0; pool < this.waiting.length; pool++) this.change(pool, nowMs, 0, 0);
  }
}
