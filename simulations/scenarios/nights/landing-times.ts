// What is kept of a played night that nobody keeps in detail: when the task runs that write a dataset, or read one
// without waiting for it, were ready, started and ended, and when their data was whole and published.
// One row a followed task; ms from the night's midnight; NaN where it did not come to that.

import { float64Column } from '../../../shared/base/columns.ts';
import type { PlanDefinitions } from '../../orchestrator/run-plan/definitions.ts';
import type { PlannedNight } from './play-night.ts';

export interface LandingTimes {
  readonly readyMs: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly finalMs: Float64Array;
  readonly publishedMs: Float64Array;
}

/** Tasks whose times are kept: writers of datasets, and readers that wait for nobody. Ascending. */
export function keptTasks({ writes, reads }: PlanDefinitions): Int32Array {
  const kept = writes.flatMap((datasets, task) =>
    datasets.length > 0 || reads[task].some(({ mode }) => mode === 'none') ? [task] : [],
  );
  return Int32Array.from(kept);
}

/** Of the player's last play; of each task its scheduled run. */
export function landingTimes({ plan, player }: PlannedNight, kept: Int32Array): LandingTimes {
  const rowOf = new Int32Array(plan.definitions.tasks.length).fill(-1);
  const { run, task } = plan.taskRuns;
  for (let i = 0; i < plan.taskRuns.count; i++) if (plan.runs.backfill[run[i]] < 0) rowOf[task[i]] = i;
  const column = (valueOf: (taskRun: number) => number): Float64Array =>
    float64Column(kept.length, (k) => (rowOf[kept[k]] < 0 ? Number.NaN : valueOf(rowOf[kept[k]])));
  const { readyMs, startMs, finishMs, finalMs } = player.times;
  return {
    readyMs: column((i) => readyMs[i]),
    startMs: column((i) => startMs[i]),
    endMs: column((i) => finishMs[i]),
    finalMs: column((i) => finalMs[i]),
    publishedMs: column((i) => player.publishedMs(i)),
  };
}
