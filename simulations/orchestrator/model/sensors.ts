// How task runs look for what nobody tells them of: poking keeps its slots between looks, rescheduling and deferring do
// without. Looks that find nothing are not played one by one: the look that finds all is computed from the first.
// Limits: a look takes no time; a rescheduled look takes no slot until it finds all.

import { float64Column } from '../../../shared/base/columns.ts';
import { EventPool, ROW_SUBJECT } from '../../engine/event-pool.ts';
import { NO_ROW, ROW_INTS, rowTable } from '../../engine/rows.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import type { ModelGraph } from './model-graph.ts';

const GIVE_UP = 0;

export const SensorMode = { none: 0, poke: 1, reschedule: 2, deferrable: 3 } as const;

export class Sensors {
  /** A SensorMode, by task run. */
  readonly mode: Uint8Array;
  readonly #everyMs: Float64Array;
  readonly #timeoutMs: Float64Array;
  readonly #firstLookMs: Float64Array;
  /** Rows of task runs, and behind them timers where some give up. */
  readonly rows: Int32Array;
  readonly #timers: EventPool;
  /** By task run: its timer's row and generation; NO_ROW where it has none. */
  readonly #timer: Int32Array;
  readonly #generation: Int32Array;

  constructor({ definitions }: RunPlan, { pollWait }: ModelGraph) {
    const { waits } = definitions;
    const isPolled = (wait: number): boolean => wait >= 0;
    const count = pollWait.length;
    this.mode = new Uint8Array(count);
    for (let i = 0; i < count; i++)
      if (isPolled(pollWait[i])) this.mode[i] = SensorMode[waits[pollWait[i]].mode as keyof typeof SensorMode];
    this.#everyMs = float64Column(count, (i) => (isPolled(pollWait[i]) ? waits[pollWait[i]].everyMs : 0));
    this.#timeoutMs = float64Column(count, (i) =>
      isPolled(pollWait[i]) ? (waits[pollWait[i]].timeoutMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    );
    this.#firstLookMs = new Float64Array(count);
    const timed = this.#timeoutMs.some((ms) => Number.isFinite(ms)) ? count : 0;
    this.rows = rowTable(count + timed);
    this.#timers = new EventPool(this.rows, count * ROW_INTS);
    this.#timer = new Int32Array(timed);
    this.#generation = new Int32Array(timed);
    this.clear();
  }

  clear(): void {
    this.#timers.clear();
    this.#timer.fill(NO_ROW);
  }

  /** A row for the event that it gives up. */
  setTimer(taskRun: number): number {
    const row = this.#timers.take(GIVE_UP, taskRun);
    this.#timer[taskRun] = row;
    this.#generation[taskRun] = this.#timers.generation(row);
    return row;
  }

  /** It has found all: it gives up no more. */
  stopTimer(taskRun: number): void {
    if (this.#timer.length === 0 || this.#timer[taskRun] === NO_ROW) return;
    this.#timers.cancel(this.#timer[taskRun], this.#generation[taskRun]);
    this.#timer[taskRun] = NO_ROW;
  }

  /** Whose timer a row was whose time has come; -1 when it was stopped. */
  timedOut(row: number): number {
    const taskRun = this.#timers.isCancelled(row) ? -1 : this.rows[row + ROW_SUBJECT];
    this.#timers.giveBack(row);
    if (taskRun >= 0) this.#timer[taskRun] = NO_ROW;
    return taskRun;
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
