// A clock that tests move by hand.

import type { LedgerClock } from '../../../../src-main/store/commands/clock.ts';

export class ManualClock implements LedgerClock {
  #nowUs = 1_000_000_000_000;
  readonly #timers = new Set<{ readonly atUs: number; readonly callBack: () => void }>();

  nowUs(): number {
    return this.#nowUs;
  }

  after(delayMs: number, callBack: () => void): () => void {
    const timer = { atUs: this.#nowUs + delayMs * 1_000, callBack };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on, and calls back what is due, the earliest first. */
  advance(ms: number): void {
    const untilUs = this.#nowUs + ms * 1_000;
    for (;;) {
      const [next] = [...this.#timers].filter(({ atUs }) => atUs <= untilUs).sort((a, b) => a.atUs - b.atUs);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#nowUs = Math.max(this.#nowUs, next.atUs);
      next.callBack();
    }
    this.#nowUs = untilUs;
  }
}
