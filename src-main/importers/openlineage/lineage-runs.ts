// Gives pipeline runs and task runs their rows. A task run is one OpenLineage run, or several where Airflow's facet
// says that they are tries of one task instance: a retry is not a second task run with an absurd wait.

import type { Definitions, TaskDraft } from './definitions.ts';
import { groupBy } from './group-by.ts';
import type { LineageCatalog } from './lineage-catalog.ts';
import type { LineageRun } from './lineage-run.ts';
import { compareText } from './order-events.ts';
import type { RunHierarchy } from './run-hierarchy.ts';

export interface PipelineRun {
  readonly top: LineageRun;
  readonly pipeline: number;
  /** Of its own nominal time or, failing that, of its first child that has one; "" when unknown. */
  readonly logicalKey: string;
}

export interface Attempt {
  readonly run: LineageRun;
  /** From 1. */
  readonly number: number;
}

export interface TaskRun {
  /** Row of the pipeline run. */
  readonly pipelineRun: number;
  readonly task: number;
  readonly mapIndex: number;
  /** By number; at least one. */
  readonly attempts: readonly Attempt[];
}

export interface LineageRuns {
  readonly pipelineRuns: readonly PipelineRun[];
  readonly taskRuns: readonly TaskRun[];
}

interface Member {
  readonly run: LineageRun;
  readonly pipelineRun: number;
  readonly draft: TaskDraft;
  readonly task: number;
}

export function lineageRuns(
  { runs, topOf }: RunHierarchy,
  definitions: Definitions,
  { taskRow, pipelineRow }: LineageCatalog,
): LineageRuns {
  const byTop = groupBy(runs, (run) => topOf.get(run) ?? run);
  const pipelineRuns = [...byTop].map(([top, members]) => ({
    top,
    members,
    firstUs: members.reduce((least, run) => Math.min(least, firstKnown(run)), Number.POSITIVE_INFINITY),
    pipeline: pipelineRow.get(top.job.key) ?? -1,
    logicalKey: logicalKeyOf(top, members),
  }));
  pipelineRuns.sort(
    (a, b) => a.pipeline - b.pipeline || compareNumber(a.firstUs, b.firstUs) || compareText(a.top.runId, b.top.runId),
  );
  const members = pipelineRuns.flatMap(({ top, members }, pipelineRun) =>
    members.flatMap((run): Member[] => {
      const draft = definitions.taskOf(run, top);
      return draft === null ? [] : [{ run, pipelineRun, draft, task: taskRow.get(draft) ?? -1 }];
    }),
  );
  return { pipelineRuns, taskRuns: taskRunsOf(members) };
}

const firstKnown = (run: LineageRun): number => (Number.isNaN(run.firstUs) ? Number.POSITIVE_INFINITY : run.firstUs);

/** Subtraction would make NaN of two infinities. */
const compareNumber = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function logicalKeyOf(top: LineageRun, members: readonly LineageRun[]): string {
  if (top.nominal) return top.nominal.key;
  const known = members.filter((run) => run.nominal !== null);
  known.sort((a, b) => compareNumber(firstKnown(a), firstKnown(b)) || compareText(a.runId, b.runId));
  return known[0]?.nominal?.key ?? '';
}

function taskRunsOf(members: readonly Member[]): TaskRun[] {
  const tries = groupBy(members.filter(isTryOfInstance), instanceKey);
  const taskRuns = [
    ...members.filter((member) => !isTryOfInstance(member)).map((member) => taskRunOf([member])),
    ...[...tries.values()].flatMap((group) =>
      areDistinct(group) ? [taskRunOf(group)] : group.map((one) => taskRunOf([one])),
    ),
  ];
  return taskRuns.sort(
    (a, b) =>
      a.pipelineRun - b.pipelineRun ||
      a.task - b.task ||
      a.mapIndex - b.mapIndex ||
      compareNumber(firstKnown(a.attempts[0].run), firstKnown(b.attempts[0].run)) ||
      compareText(a.attempts[0].run.runId, b.attempts[0].run.runId),
  );
}

/** Whether it is known which task instance a run is which try of. */
function isTryOfInstance({ run: { taskInstance } }: Member): boolean {
  return taskInstance !== null && taskInstance.mapIndex !== null && taskInstance.tryNumber > 0;
}

const instanceKey = ({ run, pipelineRun, task }: Member): string =>
  `${pipelineRun} ${task} ${run.taskInstance?.mapIndex}`;

const areDistinct = (tries: readonly Member[]): boolean =>
  new Set(tries.map(({ run }) => run.taskInstance?.tryNumber)).size === tries.length;

function taskRunOf(tries: readonly Member[]): TaskRun {
  const [{ pipelineRun, task, run }] = tries;
  return {
    pipelineRun,
    task,
    mapIndex: run.taskInstance?.mapIndex ?? -1,
    attempts: tries
      .map((member) => ({ run: member.run, number: member.run.taskInstance?.tryNumber || 1 }))
      .sort((a, b) => a.number - b.number),
  };
}
