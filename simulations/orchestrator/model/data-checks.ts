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
  readonly #plan: RunPlan;
  /** Checked datasets by task, in the order of its writes. */
  readonly #ofTask: readonly (readonly number[])[];
  /** By task: 1 where it writes a checked one. */
  readonly #isChecked: Uint8Array;
  readonly #nameHash: Int32Array;
  readonly #keys: Int32Array;

  constructor(plan: RunPlan) {
    const { workload, writes } = plan.definitions;
    this.#plan = plan;
    this.#ofTask = writes.map((datasets) => Array.from(datasets).filter((d) => workload.datasets[d].check !== null));
    this.#isChecked = Uint8Array.from(this.#ofTask, (datasets) => (datasets.length > 0 ? 1 : 0));
    this.isBinding = this.#isChecked.includes(1);
    this.#nameHash = Int32Array.from(workload.datasets, ({ name }) => hashText(name));
    this.#keys = this.isBinding ? taskRunKeys(plan, 'check') : new Int32Array(0);
  }

  checks(taskRun: number): boolean {
    return this.isBinding && this.#isChecked[this.#plan.taskRuns.task[taskRun]] !== 0;
  }

  /** How long an attempt's data is checked, in ms. */
  spanMs(replication: number, taskRun: number, attempt: number): number {
    const key = this.#keyOf(replication, taskRun, attempt);
    const { datasets } = this.#plan.definitions.workload;
    let spanMs = 0;
    for (const dataset of this.#ofTask[this.#plan.taskRuns.task[taskRun]]) {
      const { check } = datasets[dataset];
      const own = joined(key ^ this.#nameHash[dataset], SECOND_DRAW);
      if (check !== null) spanMs = Math.max(spanMs, drawMs(check.duration, own));
    }
    return spanMs;
  }

  /** The first dataset whose check fails, or -1. */
  failedDataset(replication: number, taskRun: number, attempt: number): number {
    const key = this.#keyOf(replication, taskRun, attempt);
    const { datasets } = this.#plan.definitions.workload;
    for (const dataset of this.#ofTask[this.#plan.taskRuns.task[taskRun]]) {
      const { check } = datasets[dataset];
      if (check !== null && randomUnit(key ^ this.#nameHash[dataset], 0) >= check.passShare) return dataset;
    }
    return -1;
  }

  #keyOf(replication: number, taskRun: number, attempt: number): number {
    return joined(joined(this.#keys[taskRun], attempt), replication);
  }
}
