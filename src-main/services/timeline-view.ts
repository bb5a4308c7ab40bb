// All task runs of a log as columns for the timeline. The arrays are the log's own: nothing is copied here.

import type { AttemptTable } from '../../shared/analysis/attempts.ts';
import type { TaskRunTimes } from '../../shared/analysis/task-run-times.ts';
import type { LogView, TimelineView } from '../../shared/api/views.ts';
import type { Log } from '../../shared/model/log.ts';

export const timelineView = (view: LogView, log: Log, times: TaskRunTimes, attempts: AttemptTable): TimelineView => ({
  fromUs: view.fromUs,
  toUs: view.toUs,
  zone: log.zone,
  taskNames: log.names.tasks.name,
  taskPipeline: log.names.tasks.pipeline,
  poolNames: log.names.pools.name,
  task: log.taskRuns.task,
  run: log.taskRuns.run,
  pool: log.taskRuns.pool,
  deadlineUs: log.taskRuns.deadlineUs,
  times,
  attempts,
  runLogicalKey: log.runs.logicalKey,
  runPipeline: log.runs.pipeline,
});
