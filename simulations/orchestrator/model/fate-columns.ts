// What the running attempt of each task run has before it, kept from its start to its landing: columns that exist only
// where something can strike. Few are struck, so that all columns but the first hold for those alone.

import { Step } from '../../../shared/lifecycle/status.ts';
import type { Attempts } from './attempts.ts';
import type { Fate } from './fates.ts';

export class FateColumns {
  /** 1 when something strikes the running attempt. */
  readonly #isStruck: Uint8Array;
  /** Of the running attempt. */
  readonly startedMs: Float64Array;
  /** Its last moment before it was taken for dead; NaN for none. */
  readonly silentMs: Float64Array;
  /** When a zombie that was taken for dead wakes; NaN for never. */
  readonly wakesMs: Float64Array;
  /** When an outage of heartbeats makes it seem dead; Infinity for never. */
  readonly #seemsDeadMs: Float64Array;
  /** Its last moment before that outage. */
  readonly silencedMs: Float64Array;
  /** The Step that it tries when it wakes late. */
  readonly lateStep: Uint8Array;
  /** The FateStep before which it sleeps, and wakes in time. */
  readonly sleptAt: Uint8Array;
  /** 1 when it came to open its versions. */
  readonly #opens: Uint8Array;
  /** What strikes it after its work. */
  readonly #later: (Fate | null)[];

  constructor(taskRuns: number) {
    this.#isStruck = new Uint8Array(taskRuns);
    this.startedMs = new Float64Array(taskRuns);
    this.silentMs = new Float64Array(taskRuns);
    this.wakesMs = new Float64Array(taskRuns);
    this.#seemsDeadMs = new Float64Array(taskRuns);
    this.silencedMs = new Float64Array(taskRuns);
    this.lateStep = new Uint8Array(taskRuns);
    this.sleptAt = new Uint8Array(taskRuns);
    this.#opens = new Uint8Array(taskRuns);
    this.#later = Array.from({ length: taskRuns }, () => null);
  }

  /** The attempt that was judged last has started. */
  keep(taskRun: number, nowMs: number, attempts: Attempts): void {
    this.#isStruck[taskRun] = attempts.isStruck ? 1 : 0;
    if (!attempts.isStruck) return;
    this.startedMs[taskRun] = nowMs;
    this.silentMs[taskRun] = nowMs + attempts.silentMs;
    this.wakesMs[taskRun] = nowMs + attempts.wakesMs;
    this.#seemsDeadMs[taskRun] = nowMs + attempts.seemsDeadMs;
    this.silencedMs[taskRun] = nowMs + attempts.silencedMs;
    this.lateStep[taskRun] = Step.heartbeat;
    this.#opens[taskRun] = attempts.opens ? 1 : 0;
    this.#later[taskRun] = attempts.later;
  }

  /** Nothing strikes the attempt that has started. */
  spare(taskRun: number): void {
    this.#isStruck[taskRun] = 0;
  }

  /** Whether anything strikes the running attempt. */
  isStruck(taskRun: number): boolean {
    return this.#isStruck[taskRun] !== 0;
  }

  /** Whether the running attempt was struck before it opened its versions. */
  isUnopened(taskRun: number): boolean {
    return this.#isStruck[taskRun] !== 0 && this.#opens[taskRun] === 0;
  }

  /** When an outage of heartbeats makes the running attempt seem dead; Infinity for never. */
  deadlineMs(taskRun: number): number {
    return this.#isStruck[taskRun] === 0 ? Number.POSITIVE_INFINITY : this.#seemsDeadMs[taskRun];
  }

  /** What strikes at this step, once; or null. */
  take(taskRun: number, step: number): Fate | null {
    if (this.#isStruck[taskRun] === 0) return null;
    const fate = this.#later[taskRun];
    if (fate === null || fate.step !== step) return null;
    this.#later[taskRun] = null;
    return fate;
  }
}
