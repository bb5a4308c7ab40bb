// Limits beside the pools: running task runs in all, of a pipeline, of a task. Each is a count of tokens; a task run takes
// one of each that binds it when it is granted its slots, and gives them back when its attempt ends.

import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import type { RunPlan } from '../run-plan/plan.ts';

const NO_LIMIT = 1_073_741_823;
const ALL = 0;

export class TokenLimits {
  /** False when nothing is limited: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #limit: Int32Array;
  readonly #free: Int32Array;
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
    this.#task = taskRuns.task;
    this.#pipeline = taskRuns.run.map((run) => runs.pipeline[run]);
  }

  clear(): void {
    this.#free.set(this.#limit);
  }

  allows(taskRun: number): boolean {
    const free = this.#free;
    return free[ALL] > 0 && free[1 + this.#pipeline[taskRun]] > 0 && free[this.#firstTask + this.#task[taskRun]] > 0;
  }

  /** Which limit holds a task run back: 0 none, 1 all, 2 its pipeline's, 3 its task's. */
  holder(taskRun: number): number {
    if (this.#free[this.#firstTask + this.#task[taskRun]] <= 0) return 3;
    if (this.#free[1 + this.#pipeline[taskRun]] <= 0) return 2;
    return this.#free[ALL] <= 0 ? 1 : 0;
  }

  take(taskRun: number): void {
    this.#add(taskRun, -1);
  }

  giveBack(taskRun: number): void {
    this.#add(taskRun, 1);
  }

  #add(taskRun: number, tokens: number): void {
    this.#free[ALL] += tokens;
    this.#free[1 + this.#pipeline[taskRun]] += tokens;
    this.#free[this.#firstTask + this.#task[taskRun]] += tokens;
  }
}
