// What only the plan shows: that it would be too large, that task runs wait for each other in a cycle, that a task waits
// in every run for a partition which never comes.

import { rowNumbers } from '../../../shared/base/columns.ts';
import { csrBy } from '../../../shared/model/catalog.ts';
import { findCycle } from '../../../shared/model/cycle.ts';
import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import { labelOf, type PipelineDef, type TaskDef, type Workload } from '../../../shared/scenario/workload.ts';
import type { PlanDefinitions } from './definitions.ts';
import { partitionKey } from './partitions.ts';
import type { PlanFrame, RunPlan } from './plan.ts';

/** A plan is some 100 bytes a task run. */
export const TASK_RUNS_MAX = 20_000_000;

/** Refused before anything is made: as many task runs as the schedules say, mapped copies included. */
export function sizeProblems(defs: PlanDefinitions, frame: PlanFrame): ScenarioProblem[] {
  let total = 0;
  for (const [p, { schedule, tasks, catchUpFromMs, name }] of defs.pipelines.entries()) {
    const spanMs = frame.horizonMs - (catchUpFromMs ?? 0);
    total += sizeOf(tasks) * ticksIn(schedule, spanMs);
    if (total > TASK_RUNS_MAX) {
      const reason = `up to here there are ${Math.round(total)} task runs or more: at most ${TASK_RUNS_MAX} can be planned; take a shorter horizon`;
      return [problem(['pipelines', name, 'schedule'], p === 0 ? reason.replace('up to here there', 'there') : reason)];
    }
  }
  return [];
}

const MS_PER_DAY = 86_400_000;

/**
 * About how many task runs a plan would have: what the clock makes, of a pipeline that data triggers a run for every run
 * of who writes that data, and backfills. For choosing where to plan, before anything is made.
 */
export function expectedTaskRuns(
  { pipelines }: Pick<Workload, 'pipelines'>,
  { horizonMs, backfills }: Pick<Scenario, 'horizonMs' | 'backfills'>,
): number {
  const runs = expectedRuns(pipelines, horizonMs);
  const byClock = pipelines.reduce((sum, { tasks }, p) => sum + sizeOf(tasks) * runs[p], 0);
  return backfills.reduce((sum, { pipeline, fromDay, toDay }) => {
    const def = pipelines.find(({ name }) => name === pipeline);
    const days = toDay - fromDay + 1;
    return def === undefined ? sum : sum + sizeOf(def.tasks) * Math.max(days, ticksIn(def.schedule, days * MS_PER_DAY));
  }, byClock);
}

/** By pipeline. */
function expectedRuns(pipelines: readonly PipelineDef[], horizonMs: number): number[] {
  const writers = new Map<string, number[]>();
  for (const [p, { tasks }] of pipelines.entries())
    for (const dataset of new Set(tasks.flatMap(({ writes }) => writes)))
      writers.set(dataset, [...(writers.get(dataset) ?? []), p]);
  const runs: (number | undefined)[] = [];
  const runsOf = (p: number): number => {
    const known = runs[p];
    if (known !== undefined) return known;
    // What triggers itself makes none more.
    runs[p] = 0;
    const { schedule, catchUpFromMs } = pipelines[p];
    const sources = schedule.kind === 'datasets' ? schedule.datasets.flatMap((name) => writers.get(name) ?? []) : [];
    const made = ticksIn(schedule, horizonMs - (catchUpFromMs ?? 0)) + sources.reduce((sum, s) => sum + runsOf(s), 0);
    runs[p] = made;
    return made;
  };
  return pipelines.map((_, p) => runsOf(p));
}

/** Task runs of one run, mapped copies included. */
const sizeOf = (tasks: readonly TaskDef[]): number => tasks.reduce((sum, { map }) => sum + (map?.high ?? 1), 0);

function ticksIn(schedule: PlanDefinitions['pipelines'][number]['schedule'], spanMs: number): number {
  switch (schedule.kind) {
    case 'cron':
      // Not more than every day; many crons name fewer.
      return Math.ceil(spanMs / MS_PER_DAY) * schedule.cron.minutesOfDay.length;
    case 'every':
      return spanMs / schedule.everyMs;
    case 'poisson':
      return spanMs / schedule.meanGapMs;
    case 'at':
      return schedule.atMs.length;
    default:
      return 0;
  }
}

export function planProblems(plan: RunPlan): ScenarioProblem[] {
  const cycle = planCycle(plan);
  if (cycle !== null) return [cycleProblem(plan, cycle)];
  return neverReady(plan);
}

/** Edges of any-of groups are left out: one way round is enough. */
function planCycle({ taskRuns, runs, dependencies }: RunPlan): number[] | null {
  const { offsets, upstream, group } = dependencies;
  const from: number[] = [];
  const to: number[] = [];
  for (let taskRun = 0; taskRun < taskRuns.count; taskRun++) {
    for (let row = offsets[taskRun]; row < offsets[taskRun + 1]; row++) {
      if (group[row] >= 0) continue;
      from.push(upstream[row]);
      to.push(taskRun);
    }
    const run = taskRuns.run[taskRun];
    for (let row = runs.triggers.offsets[run]; row < runs.triggers.offsets[run + 1]; row++) {
      from.push(runs.triggers.values[row]);
      to.push(taskRun);
    }
  }
  return findCycle(taskRuns.count, from, to);
}

const NAMED_MAX = 10;

function cycleProblem(plan: RunPlan, cycle: readonly number[]): ScenarioProblem {
  const names = cycle.map((taskRun) => taskRunName(plan, taskRun));
  const shown = names.length > NAMED_MAX ? [...names.slice(0, NAMED_MAX), '…'] : names;
  return problem(
    placeOf(plan, cycle[0]),
    `task runs wait for each other in a cycle: ${[...shown, names[0]].join(' -> ')}`,
  );
}

/** Tasks of which every run waits for something that nothing in the plan will write. */
function neverReady(plan: RunPlan): ScenarioProblem[] {
  const { open, taskRuns, definitions, partitions } = plan;
  if (open.taskRun.length === 0) return [];
  const stuckRow = new Int32Array(taskRuns.count).fill(-1);
  for (const [row, taskRun] of open.taskRun.entries()) stuckRow[taskRun] = row;
  const byTask = csrBy(taskRuns.task, rowNumbers(taskRuns.count), definitions.tasks.length);
  return definitions.tasks.flatMap((_, task) => {
    const ids = byTask.values.subarray(byTask.offsets[task], byTask.offsets[task + 1]);
    if (ids.length === 0 || ids.some((id) => stuckRow[id] < 0)) return [];
    const partition = open.partition[stuckRow[ids[0]]];
    const dataset = definitions.workload.datasets[partitions.dataset[partition]];
    const key = partitionKey(dataset.unit, partitions.index[partition]);
    const reason = `can never be ready: ${taskRunName(plan, ids[0])} waits for ${dataset.name}[${key}], which no run up to the horizon writes`;
    return [problem([...placeOf(plan, ids[0]), 'reads'], reason)];
  });
}

/** `pipeline.task (2025-12-25T00:20Z)` by its run's tick. */
export function taskRunName({ taskRuns, runs, definitions, frame }: RunPlan, taskRun: number): string {
  const task = taskRuns.task[taskRun];
  const pipeline = definitions.pipelines[definitions.pipelineOf[task]];
  const at = new Date(frame.startMs + runs.nominalMs[taskRuns.run[taskRun]]).toISOString();
  return `${labelOf(pipeline.name, definitions.tasks[task].name)} (${at.replace(/(:00)?\.000Z$/, 'Z')})`;
}

function placeOf({ taskRuns, definitions }: RunPlan, taskRun: number): (string | number)[] {
  const task = taskRuns.task[taskRun];
  return ['pipelines', definitions.pipelines[definitions.pipelineOf[task]].name, 'tasks', definitions.tasks[task].name];
}

const problem = (path: readonly (string | number)[], reason: string): ScenarioProblem => ({
  severity: 'error',
  path,
  atKey: false,
  reason,
});
