// Task runs that wait for nothing but their release, by (release, task run): known from the start, so that they need no
// event queue. And the width of the queue's slots for the rest.

import { float64Column, rowNumbers } from '../../../shared/base/columns.ts';
import type { RunPlan } from '../run-plan/plan.ts';

export class SourceLane {
  readonly #taskRuns: Int32Array;
  readonly #releaseMs: Float64Array;
  #at = 0;
  /** Release of the first one left, or Infinity. */
  nextMs = Number.POSITIVE_INFINITY;

  /** `pending` and `releaseMs` by task run. */
  constructor(pending: Int32Array, releaseMs: Float64Array) {
    const sources = rowNumbers(pending.length).filter((i) => pending[i] === 0);
    this.#taskRuns = sources.sort((a, b) => releaseMs[a] - releaseMs[b] || a - b);
    this.#releaseMs = float64Column(sources.length, (i) => releaseMs[sources[i]]);
    this.rewind();
  }

  pop(): number {
    const taskRun = this.#taskRuns[this.#at++];
    this.nextMs = this.#at < this.#releaseMs.length ? this.#releaseMs[this.#at] : Number.POSITIVE_INFINITY;
    return taskRun;
  }

  rewind(): void {
    this.#at = 0;
    this.nextMs = this.#releaseMs.length > 0 ? this.#releaseMs[0] : Number.POSITIVE_INFINITY;
  }
}

/** Runs by due time, for a gate that wants to know; runs missed before the start are due at it. */
export function dueLane({ runs }: RunPlan, isWanted: boolean): SourceLane {
  const isDue = Int32Array.from(runs.dueMs, (ms) => (isWanted && !Number.isNaN(ms) ? 0 : 1));
  return new SourceLane(
    isDue,
    runs.dueMs.map((ms) => Math.max(0, ms)),
  );
}

/** A quarter of the mean time between two rows, guessed beforehand, is best: as a power of two. */
export function wheelShift({ frame, taskRuns }: RunPlan): number {
  const widthMs = frame.horizonMs / (4 * Math.max(1, taskRuns.count));
  return widthMs >= 1 ? Math.min(12, 31 - Math.clz32(Math.min(widthMs, 65_536))) : 0;
}
