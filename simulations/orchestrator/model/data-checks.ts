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
  /** By task run: 1 where it writes a checked one. */
  readonly #isChecked: Uint8Array;
  /** By dataset; the duration is -1 where it is drawn. */
  readonly #passShare: Float64Array;
  readonly #constantMs: Float64Array;
  readonly #nameHash: Int32Array;
  readonly #keys: Int32Array;

  constructor(plan: RunPlan) {
    const { workload, writes } = plan.definitions;
    const { datasets } = workload;
    this.#plan = plan;
    const hasChecks = datasets.some(({ check }) => check !== null);
    this.#ofTask = hasChecks
      ? writes.map((written) => Array.from(written).filter((d) => datasets[d].check !== null))
      : [];
    this.isBinding = this.#ofTask.some((checked) => checked.length > 0);
    const { count, task } = plan.taskRuns;
    // A plan that only experiments play may leave out what its tasks write.
    this.#isChecked = new Uint8Array(this.isBinding ? count : 0).map((_, i) =>
      (this.#ofTask[task[i]]?.length ?? 0) > 0 ? 1 : 0,
    );
    this.#passShare = Float64Array.from(datasets, ({ check }) => check?.passShare ?? 1);
    this.#constantMs = Float64Array.from(datasets, ({ check }) =>
      check === null ? 0 : check.duration.kind === 'constant' ? drawMs(check.duration, 0) : -1,
    );
    this.#nameHash = Int32Array.from(datasets, ({ name }) => hashText(name));
    this.#keys = this.isBinding ? taskRunKeys(plan, 'check') : new Int32Array(0);
  }

  checks(taskRun: number): boolean {
    return this.isBinding && this.#isChecked[taskRun] !== 0;
  }

  /** How long an attempt's data is checked, in ms. */
  spanMs(replication: number, taskRun: number, attempt: number): number {
    const checked = this.#ofTask[this.#plan.taskRuns.task[taskRun]];
    let spanMs = 0;
    for (let i = 0; i < checked.length; i++) {
      const constantMs = this.#constantMs[checked[i]];
      const ms = constantMs >= 0 ? constantMs : this.#drawMs(checked[i], this.#keyOf(replication, taskRun, attempt));
      if (ms > spanMs) spanMs = ms;
    }
    return spanMs;
  }

  #drawMs(dataset: number, key: number): number {
    const { check } = this.#plan.definitions.workload.datasets[dataset];
    return check === null ? 0 : drawMs(check.duration, joined(key ^ this.#nameHash[dataset], SECOND_DRAW));
  }

  /** The first dataset whose check fails, or -1. */
  failedDataset(replication: number, taskRun: number, attempt: number): number {
    const key = this.#keyOf(replication, taskRun, attempt);
    const checked = this.#ofTask[this.#plan.taskRuns.task[taskRun]];
    for (let i = 0; i < checked.length; i++)
      if (randomUnit(key ^ this.#nameHash[checked[i]], 0) >= this.#passShare[checked[i]]) return checked[i];
    return -1;
  }

  #keyOf(replication: number, taskRun: number, attempt: number): number {
    return joined(joined(this.#keys[taskRun], attempt), replication);
  }
}
