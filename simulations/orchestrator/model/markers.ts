// Datasets that tell their readers by a marker file instead of an event: it is written once the data is whole, others see
// it a while later, and whoever is told by it looks for it on a grid of its own from time 0. Who polls for data anyway
// (sensors.ts) finds the marker at its own looks.

import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import type { PlanDefinitions } from '../run-plan/definitions.ts';
import type { RunPlan } from '../run-plan/plan.ts';

/** By task: 1 where what it writes is told by markers. */
export const markedTasks = ({ workload, writes }: PlanDefinitions): Uint8Array =>
  Uint8Array.from(writes, (datasets) =>
    datasets.length > 0 && datasets.every((d) => workload.datasets[d].marker !== null) ? 1 : 0,
  );

export class Markers {
  /** False when all are told by events: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #marked: Uint8Array;
  readonly #task: Int32Array;
  readonly #pollMs: number;

  constructor({ definitions, taskRuns }: RunPlan, { finalize }: Orchestrator) {
    this.#marked = markedTasks(definitions);
    this.isBinding = this.#marked.includes(1);
    this.#task = taskRuns.task;
    this.#pollMs = finalize.markerPollMs;
  }

  isMarked(taskRun: number): boolean {
    return this.#marked[this.#task[taskRun]] !== 0;
  }

  /** When those are told who are told by a marker that is there from `nowMs` on; 0 where an event tells them. */
  lookMs(taskRun: number, nowMs: number): number {
    if (!this.isBinding || !this.isMarked(taskRun)) return 0;
    return this.#pollMs === 0 ? nowMs : Math.ceil(nowMs / this.#pollMs) * this.#pollMs;
  }
}
