// What a play of the model finds out of every task run, as columns. NaN is "never happened".

import { Outcome } from '../../../shared/model/event.ts';

export interface ModelTimes {
  /** The last dependency of the first attempt. */
  readonly readyMs: Float64Array;
  /** The first attempt enters its queue. */
  readonly enqueuedMs: Float64Array;
  /** The first attempt gets its slots. */
  readonly grantedMs: Float64Array;
  /** The first attempt starts. */
  readonly startMs: Float64Array;
  /** The last attempt ends; of a skipped task run, when that was known. */
  readonly finishMs: Float64Array;
  /** Its data is whole: of successes alone. */
  readonly finalMs: Float64Array;
  /** An Outcome; `unknown` while it never ended. */
  readonly outcome: Uint8Array;
  readonly attempts: Uint16Array;
}

export function newTimes(count: number): ModelTimes {
  const column = (): Float64Array => new Float64Array(count);
  return {
    readyMs: column(),
    enqueuedMs: column(),
    grantedMs: column(),
    startMs: column(),
    finishMs: column(),
    finalMs: column(),
    outcome: new Uint8Array(count),
    attempts: new Uint16Array(count),
  };
}

export function clearTimes(times: ModelTimes): void {
  times.readyMs.fill(Number.NaN);
  times.enqueuedMs.fill(Number.NaN);
  times.grantedMs.fill(Number.NaN);
  times.startMs.fill(Number.NaN);
  times.finishMs.fill(Number.NaN);
  times.finalMs.fill(Number.NaN);
  times.outcome.fill(Outcome.unknown);
  times.attempts.fill(0);
}
