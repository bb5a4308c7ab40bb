// How task runs look for what nobody tells them of: poking keeps its slots between looks, rescheduling and deferring do
// without. Looks that find nothing are not played one by one: the look that finds all is computed from the first.
// Limits: a look takes no time; a rescheduled look takes no slot until it finds all.

import { rowTable } from '../../engine/rows.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import type { ModelGraph } from './model-graph.ts';

export const SensorMode = { none: 0, poke: 1, reschedule: 2, deferrable: 3 } as const;

export class Sensors {
  /** A SensorMode, by task run. */
  readonly mode: Uint8Array;
  readonly #everyMs: Float64Array;
  readonly #timeoutMs: Float64Array;
  readonly #firstLookMs: Float64Array;
  readonly hasTimeouts: boolean;

  constructor({ definitions }: RunPlan, { pollWait }: ModelGraph) {
    const { waits } = definitions;
    const isPolled = (wait: number): boolean => wait >= 0;
    this.mode = Uint8Array.from(pollWait, (wait) =>
      isPolled(wait) ? SensorMode[waits[wait].mode as keyof typeof SensorMode] : SensorMode.none,
    );
    this.#everyMs = Float64Array.from(pollWait, (wait) => (isPolled(wait) ? waits[wait].everyMs : 0));
    this.#timeoutMs = Float64Array.from(pollWait, (wait) =>
      isPolled(wait) ? (waits[wait].timeoutMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    );
    this.#firstLookMs = new Float64Array(pollWait.length);
    this.hasTimeouts = this.#timeoutMs.some((ms) => Number.isFinite(ms));
  }

  /** When it gives up, or Infinity. */
  begin(taskRun: number, nowMs: number): number {
    this.#firstLookMs[taskRun] = nowMs;
    return nowMs + this.#timeoutMs[taskRun];
  }

  /** When it finds what is there from `thereMs` on: its next look, or at once when it is told. */
  foundMs(taskRun: number, thereMs: number): number {
    const firstMs = this.#firstLookMs[taskRun];
    const everyMs = this.#everyMs[taskRun];
    if (thereMs <= firstMs) return firstMs;
    if (this.mode[taskRun] === SensorMode.deferrable || everyMs === 0) return thereMs;
    return firstMs + Math.ceil((thereMs - firstMs) / everyMs) * everyMs;
  }
}

/** Rows of task runs, and behind them one timer each where some give up. */
export const modelRows = (taskRuns: number, hasTimeouts: boolean): Int32Array =>
  rowTable(hasTimeouts ? 2 * taskRuns : taskRuns);
