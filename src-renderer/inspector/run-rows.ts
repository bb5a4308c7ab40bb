// The rows of the inspector: every task run of a pipeline with its times, and the tasks that did not run in this log.

import type { PipelineView, TimelineView } from '../../shared/api/views.ts';
import { msBetween } from '../../shared/base/time.ts';
import { Evidence, subjectEvidence, timeEvidence, valueEvidence } from '../../shared/model/event.ts';

type Task = PipelineView['tasks'][number];

export interface RunRow {
  readonly key: string;
  readonly task: Task;
  /** -1 when the task did not run in this log. */
  readonly taskRun: number;
  readonly logicalKey: string;
  readonly readyUs: number;
  readonly startedUs: number;
  readonly endedUs: number;
  readonly landedUs: number;
  readonly deadlineUs: number;
  /** Started - ready; NaN when either is unknown. */
  readonly waitMs: number;
  readonly outcome: number;
  readonly attempts: number;
  readonly readyEvidence: Evidence;
  readonly startedEvidence: Evidence;
  readonly landedEvidence: Evidence;
}

export function runRows(pipeline: PipelineView, timeline: TimelineView): RunRow[] {
  return pipeline.tasks.flatMap((task) =>
    task.taskRuns.length > 0
      ? task.taskRuns.map((taskRun) => runRow(task, taskRun, timeline))
      : [{ ...NEVER_RAN, key: `${task.name} -`, task }],
  );
}

const NEVER_RAN = {
  taskRun: -1,
  logicalKey: '',
  readyUs: Number.NaN,
  startedUs: Number.NaN,
  endedUs: Number.NaN,
  landedUs: Number.NaN,
  deadlineUs: Number.NaN,
  waitMs: Number.NaN,
  outcome: 0,
  attempts: 0,
  readyEvidence: Evidence.unknown,
  startedEvidence: Evidence.unknown,
  landedEvidence: Evidence.unknown,
};

function runRow(task: Task, taskRun: number, { times, run, runLogicalKey, deadlineUs }: TimelineView): RunRow {
  const evidence = times.evidence[taskRun];
  return {
    key: `${task.name} ${taskRun}`,
    task,
    taskRun,
    logicalKey: runLogicalKey[run[taskRun]] ?? '',
    readyUs: times.readyUs[taskRun],
    startedUs: times.startedUs[taskRun],
    endedUs: times.endedUs[taskRun],
    landedUs: times.landedUs[taskRun],
    deadlineUs: deadlineUs[taskRun],
    waitMs: msBetween(times.readyUs[taskRun], times.startedUs[taskRun]),
    outcome: times.outcome[taskRun],
    attempts: times.attempts[taskRun],
    readyEvidence: timeEvidence(evidence),
    startedEvidence: subjectEvidence(evidence),
    landedEvidence: valueEvidence(evidence),
  };
}
