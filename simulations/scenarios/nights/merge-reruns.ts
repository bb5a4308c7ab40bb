// Rows of a played night without those of its reruns: a backfill of a partition that a scheduled run of the same
// pipeline was for is that run again, and its task runs are further attempts of those before. Other backfills stay.

import { rowNumbers } from '../../../shared/base/columns.ts';
import type { RunPlan } from '../../orchestrator/run-plan/plan.ts';

export interface MergedRows {
  /** Rows of the play that stay, ascending. */
  readonly keptRuns: Int32Array;
  readonly keptTaskRuns: Int32Array;
  /** New row of each old one: of a rerun, that of the run which it repeats. */
  readonly runOf: Int32Array;
  readonly taskRunOf: Int32Array;
  /** By run. */
  readonly isRerun: Uint8Array;
  /** By task run: attempts of the same task run that came before. */
  readonly attemptsBefore: Int32Array;
}

export function mergeReruns({ runs, taskRuns }: RunPlan): MergedRows {
  const repeats = new Int32Array(runs.count).fill(-1);
  const scheduled = new Map<string, number>();
  for (let run = 0; run < runs.count; run++) {
    const key = `${runs.pipeline[run]}/${runs.anchorMs[run]}`;
    if (runs.backfill[run] < 0) scheduled.set(key, run);
    else repeats[run] = scheduled.get(key) ?? -1;
  }
  const keptRuns = rowNumbers(runs.count).filter((run) => repeats[run] < 0);
  const keptTaskRuns = rowNumbers(taskRuns.count).filter((i) => repeats[taskRuns.run[i]] < 0);
  const runOf = newRows(runs.count, keptRuns);
  const taskRunOf = newRows(taskRuns.count, keptTaskRuns);
  const attemptsBefore = new Int32Array(taskRuns.count);
  for (let run = 0; run < runs.count; run++) {
    if (repeats[run] < 0) continue;
    runOf[run] = runOf[repeats[run]];
    const { offsets, values } = taskRuns.ofRun;
    for (let k = 0; k < offsets[run + 1] - offsets[run]; k++) {
      const again = values[offsets[run] + k];
      taskRunOf[again] = taskRunOf[values[offsets[repeats[run]] + k]];
      attemptsBefore[again] = 1;
    }
  }
  return {
    keptRuns,
    keptTaskRuns,
    runOf,
    taskRunOf,
    isRerun: Uint8Array.from(repeats, (r) => (r < 0 ? 0 : 1)),
    attemptsBefore,
  };
}

function newRows(count: number, kept: Int32Array): Int32Array {
  const rows = new Int32Array(count).fill(-1);
  for (let row = 0; row < kept.length; row++) rows[kept[row]] = row;
  return rows;
}
