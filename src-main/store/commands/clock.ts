// The time that the store gives its records, as a port, so that tests move it by hand. The system's clock may jump back
// (a correction, a battery, a person): this one then goes on from where it was at the pace of the monotonic clock, until
// the system's has caught up.

import { US_PER_MS } from '../../../shared/base/time.ts';

export interface LedgerClock {
  /** µs since the epoch; never smaller than before. */
  nowUs(): number;
  /** Calls back once, not before `delayMs` are over. Returns the way to call it off. */
  after(delayMs: number, callBack: () => void): () => void;
}

/** Node's timers hold 31 bits; whoever waits longer is called early and waits again. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The system's clock, not before `notBeforeUs`: the last time that the ledger has seen. */
export function systemClock(notBeforeUs: number): LedgerClock {
  let lastUs = notBeforeUs;
  let lastMonotonicMs = performance.now();
  return {
    nowUs() {
      const monotonicMs = performance.now();
      const goneOnUs = lastUs + Math.floor((monotonicMs - lastMonotonicMs) * US_PER_MS);
      const wallUs = Date.now() * US_PER_MS;
      lastUs = wallUs >= lastUs ? wallUs : goneOnUs;
      lastMonotonicMs = monotonicMs;
      return lastUs;
    },
    after(delayMs, callBack) {
      const timer = setTimeout(callBack, Math.min(Math.max(0, delayMs), LONGEST_DELAY_MS));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
