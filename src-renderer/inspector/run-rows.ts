// The rows of the inspector: every task run of a pipeline with its times, and the tasks that did not run in this log. A
// task run that was tried again has a row an attempt, with the times of that attempt.

import type { PipelineView, TimelineView } from '../../shared/api/views.ts';
import { msBetween } from '../../shared/base/time.ts';
import { Evidence, subjectEvidence, timeEvidence, valueEvidence } from '../../shared/model/event.ts';
import { type AttemptView, attemptsOf } from '../state/attempts.ts';

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
  /** Started - ready; NaN when either is unknown, and of further attempts. */
  readonly waitMs: number;
  /** The same, by any row of the task run. */
  readonly firstWaitMs: number;
  readonly outcome: number;
  readonly attempts: number;
  /** Those that the log tells of; empty where there was one. */
  readonly told: readonly AttemptView[];
  /** Whose start, end and outcome these are; null where there was one. */
  readonly attempt: AttemptView | null;
  readonly readyEvidence: Evidence;
  readonly startedEvidence: Evidence;
  readonly landedEvidence: Evidence;
}

export function runRows(pipeline: PipelineView, timeline: TimelineView): RunRow[] {
  return pipeline.tasks.flatMap((task) =>
    task.taskRuns.length > 0
      ? task.taskRuns.flatMap((taskRun) => attemptRows(runRow(task, taskRun, timeline)))
      : [{ ...NEVER_RAN, key: `${task.name} -`, task }],
  );
}

/** Rows of one task run. */
function attemptRows(row: RunRow): RunRow[] {
  if (row.told.length < 2) return [row];
  return row.told.map((attempt, i) => {
    const { startedUs, endedUs, outcome } = attempt;
    const own = { ...row, attempt, startedUs, endedUs, outcome };
    // Start latency is of the first start alone.
    return i === 0 ? own : { ...own, key: `${row.key} ${attempt.number}`, waitMs: Number.NaN };
  });
}

/** Whether a row begins a task run, or a task that did not run; the others are further attempts. */
export const isFirstRow = ({ attempt, told }: Pick<RunRow, 'attempt' | 'told'>): boolean =>
  attempt === null || attempt === told[0];

const NEVER_RAN = {
  taskRun: -1,
  logicalKey: '',
  readyUs: Number.NaN,
  startedUs: Number.NaN,
  endedUs: Number.NaN,
  landedUs: Number.NaN,
  deadlineUs: Number.NaN,
  waitMs: Number.NaN,
  firstWaitMs: Number.NaN,
  outcome: 0,
  attempts: 0,
  told: [],
  attempt: null,
  readyEvidence: Evidence.unknown,
  startedEvidence: Evidence.unknown,
  landedEvidence: Evidence.unknown,
};

function runRow(task: Task, taskRun: number, timeline: TimelineView): RunRow {
  const { times, run, runLogicalKey, deadlineUs } = timeline;
  const evidence = times.evidence[taskRun];
  const waitMs = msBetween(times.readyUs[taskRun], times.startedUs[taskRun]);
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
    waitMs,
    firstWaitMs: waitMs,
    outcome: times.outcome[taskRun],
    attempts: times.attempts[taskRun],
    told: attemptsOf(timeline, taskRun),
    attempt: null,
    readyEvidence: timeEvidence(evidence),
    startedEvidence: subjectEvidence(evidence),
    landedEvidence: valueEvidence(evidence),
  };
}
