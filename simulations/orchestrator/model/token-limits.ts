// Limits beside the pools: running task runs in all, of a pipeline, of a task. Each is a count of tokens; a task run takes
// one of each that binds it when it is granted its slots, and gives them back when its attempt ends.

import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import type { RunPlan } from '../run-plan/plan.ts';

const NO_LIMIT = 1_073_741_823;
const ALL = 0;
export const HELD_BY_ALL = 1;
export const HELD_BY_PIPELINE = 2;
export const HELD_BY_TASK = 4;

export class TokenLimits {
  /** False when nothing is limited: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #limit: Int32Array;
  readonly #free: Int32Array;
  /** When each was last reached, and when something of it was last given back. */
  readonly #fullMs: Float64Array;
  readonly #freedMs: Float64Array;
  readonly #pipeline: Int32Array;
  readonly #task: Int32Array;
  readonly #firstTask: number;

  constructor({ definitions: defs, taskRuns, runs }: RunPlan, { limits, loop }: Orchestrator) {
    this.#firstTask = 1 + defs.pipelines.length;
    this.#limit = new Int32Array(this.#firstTask + defs.tasks.length).fill(NO_LIMIT);
    // Parallelism is per scheduler.
    this.#limit[ALL] = limits.parallelism === null ? NO_LIMIT : limits.parallelism * (loop?.schedulers ?? 1);
    defs.pipelines.forEach(({ activeTasks }, p) => {
      this.#limit[1 + p] = activeTasks ?? NO_LIMIT;
    });
    defs.tasks.forEach(({ concurrency }, t) => {
      this.#limit[this.#firstTask + t] = concurrency ?? NO_LIMIT;
    });
    this.isBinding = this.#limit.some((limit) => limit < taskRuns.count);
    this.#free = this.#limit.slice();
    this.#fullMs = new Float64Array(this.#limit.length);
    this.#freedMs = new Float64Array(this.#limit.length);
    this.#task = taskRuns.task;
    this.#pipeline = taskRuns.run.map((run) => runs.pipeline[run]);
  }

  clear(): void {
    this.#free.set(this.#limit);
    this.#fullMs.fill(0);
    this.#freedMs.fill(Number.NaN);
  }

  allows(taskRun: number): boolean {
    const free = this.#free;
    return free[ALL] > 0 && free[1 + this.#pipeline[taskRun]] > 0 && free[this.#firstTask + this.#task[taskRun]] > 0;
  }

  /** The limits that hold a task run back, as bits: 1 all, 2 its pipeline's, 4 its task's. */
  heldBits(taskRun: number): number {
    const free = this.#free;
    const task = free[this.#firstTask + this.#task[taskRun]] <= 0 ? HELD_BY_TASK : 0;
    return task | (free[1 + this.#pipeline[taskRun]] <= 0 ? HELD_BY_PIPELINE : 0) | (free[ALL] <= 0 ? HELD_BY_ALL : 0);
  }

  /** Since when one of these limits has been reached without a break. */
  fullSinceMs(taskRun: number, bit: number): number {
    if (bit === HELD_BY_ALL) return this.#fullMs[ALL];
    return this.#fullMs[bit === HELD_BY_TASK ? this.#firstTask + this.#task[taskRun] : 1 + this.#pipeline[taskRun]];
  }

  take(taskRun: number, nowMs: number): void {
    this.#add(taskRun, -1, nowMs);
  }

  giveBack(taskRun: number, nowMs: number): void {
    this.#add(taskRun, 1, nowMs);
  }

  #add(taskRun: number, tokens: number, nowMs: number): void {
    this.#change(ALL, tokens, nowMs);
    this.#change(1 + this.#pipeline[taskRun], tokens, nowMs);
    this.#change(this.#firstTask + this.#task[taskRun], tokens, nowMs);
  }

  /** What is given back and taken again at one instant was reached all the time. */
  #change(limit: number, tokens: number, nowMs: number): void {
    const free = this.#free[limit] + tokens;
    this.#free[limit] = free;
    if (tokens > 0) this.#freedMs[limit] = nowMs;
    else if (free === 0 && this.#freedMs[limit] !== nowMs) this.#fullMs[limit] = nowMs;
  }
}
