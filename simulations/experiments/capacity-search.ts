// The smallest number of slots that meets a target: a few replications at each try find about where, by doubling the
// step and then halving what lies between; then the claim itself, with all replications, upwards until it holds.
// Whoever plays asks `next` and tells what came of it, so the search knows nothing of threads.
// Limits: more slots are taken to help; where they do not (R. Graham 1969), what it finds met is met all the same.

import type { FitVerdict } from './verdict.ts';

export interface CapacityTry {
  readonly slots: number;
  /** quick: few replications, judged by the share itself; full: judged by the claim. */
  readonly kind: 'quick' | 'full';
}

export interface CapacityRange {
  /** Known not to be enough. */
  readonly from: number;
  /** Not tried beyond. */
  readonly max: number;
  /** What the answer is rounded up to. */
  readonly step: number;
}

export class CapacitySearch {
  /** The smallest that met the target, or null: none up to the maximum, or not found yet. */
  found: number | null = null;
  #low: number;
  #high: number | null = null;
  #stride: number;
  #isClaiming = false;
  #isOver = false;
  readonly #max: number;
  readonly #step: number;

  constructor({ from, max, step }: CapacityRange) {
    this.#low = from;
    this.#max = max;
    this.#step = step;
    this.#stride = Math.max(step, upTo(from / 8, step));
  }

  /** What to play next, or null when the search is over. */
  next(): CapacityTry | null {
    if (this.#isOver) return null;
    if (this.#high === null) {
      if (this.#low >= this.#max) return null;
      return { slots: Math.min(this.#low + this.#stride, this.#max), kind: 'quick' };
    }
    if (!this.#isClaiming && this.#high - this.#low > this.#step) {
      const middle = this.#low + upTo((this.#high - this.#low) / 2, this.#step);
      if (middle < this.#high) return { slots: middle, kind: 'quick' };
    }
    this.#isClaiming = true;
    return { slots: this.#high, kind: 'full' };
  }

  /** What came of the last `next`: of a quick try whether the share was enough, of a full one the verdict. */
  tell(tried: CapacityTry, verdict: FitVerdict | boolean): void {
    const isEnough = verdict === true || verdict === 'met';
    if (tried.kind === 'full') {
      if (isEnough) this.found = tried.slots;
      else if (tried.slots < this.#max) this.#high = Math.min(tried.slots + this.#step, this.#max);
      this.#isOver = isEnough || tried.slots >= this.#max;
    } else if (isEnough) this.#high = tried.slots;
    else {
      this.#low = tried.slots;
      if (this.#high === null) this.#stride *= 2;
      this.#isOver = tried.slots >= this.#max;
    }
  }
}

const upTo = (value: number, step: number): number => Math.ceil(value / step) * step;
