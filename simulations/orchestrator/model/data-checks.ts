// The checks that datasets declare, between a task run's work and its finalize: all of what it writes is checked at once,
// so the longest check decides when, and all must pass. Outcomes are drawn by seed, names, dataset, attempt and
// replication.

import { hashText } from '../../../shared/base/hash.ts';
import { randomUnit } from '../../../shared/base/random.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined, taskRunKeys } from './delay-columns.ts';

const SECOND_DRAW = 1;

export class DataChecks {
  /** False when no dataset that somebody writes declares one. */
  readonly isBinding: boolean;
  /** Of the judgement last asked for. */
  spanMs = 0;
  /** The dataset whose check fails, or -1. */
  failedDataset = -1;
  readonly #plan: RunPlan;
  /** Checked datasets by task, in the order of its writes. */
  readonly #ofTask: readonly (readonly number[])[];
  readonly #nameHash: Int32Array;
  readonly #keys: Int32Array;

  constructor(plan: RunPlan) {
    const { workload, writes } = plan.definitions;
    this.#plan = plan;
    this.#ofTask = writes.map((datasets) => Array.from(datasets).filter((d) => workload.datasets[d].check !== null));
    this.isBinding = this.#ofTask.some((datasets) => datasets.length > 0);
    this.#nameHash = Int32Array.from(workload.datasets, ({ name }) => hashText(name));
    this.#keys = this.isBinding ? taskRunKeys(plan, 'check') : new Int32Array(0);
  }

  checks(taskRun: number): boolean {
    return this.isBinding && this.#ofTask[this.#plan.taskRuns.task[taskRun]].length > 0;
  }

  /** Sets `spanMs` and `failedDataset` for an attempt's data. */
  judge(replication: number, taskRun: number, attempt: number): void {
    this.spanMs = 0;
    this.failedDataset = -1;
    const { datasets } = this.#plan.definitions.workload;
    const key = joined(joined(this.#keys[taskRun], attempt), replication);
    for (const dataset of this.#ofTask[this.#plan.taskRuns.task[taskRun]]) {
      const { check } = datasets[dataset];
      if (check === null) continue;
      const own = key ^ this.#nameHash[dataset];
      this.spanMs = Math.max(this.spanMs, drawMs(check.duration, joined(own, SECOND_DRAW)));
      if (this.failedDataset < 0 && randomUnit(own, 0) >= check.passShare) this.failedDataset = dataset;
    }
  }
}
