// A change in words: the left column of "landing without it".

import type { ReplayChange } from '../../../shared/api/views-why.ts';
import { formatDuration } from '../../../shared/base/time.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';

export function changeName(log: Log, change: ReplayChange): string {
  const label = (taskRun: number): string =>
    taskRun < log.taskRuns.task.length ? taskRunLabel(log, taskRun) : `task run ${taskRun}`;
  switch (change.kind) {
    case 'none':
      return 'nothing changed';
    case 'source-on-time':
      return `source of ${label(change.taskRun)} on time`;
    case 'pool-slots':
      return `pool ${change.pool} with ${change.slots} slots`;
    case 'remove-task-runs':
      return change.taskRuns.length === 1
        ? `without ${label(change.taskRuns[0])}`
        : `without ${change.taskRuns.length} task runs`;
    case 'remove-pipeline':
      return `${change.pipeline} elsewhere`;
    case 'declare-dependency':
      return `${label(change.taskRun)} waits for ${change.dataset}`;
    case 'duration':
      return `${label(change.taskRun)} takes ${formatDuration(change.ms)}`;
  }
}
