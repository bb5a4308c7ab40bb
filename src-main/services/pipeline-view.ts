// One pipeline for the inspector: its tasks, what each waits for, reads and writes, and its task runs in the log.

import type { TaskRunTimes } from '../../shared/analysis/task-run-times.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { PipelineView } from '../../shared/api/views.ts';
import { type Catalog, taskLabel } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import { joinNames, joinTexts } from './name-join.ts';

/** `pipeline` is a row of the graph view: the log's own row, or after them one that only the catalog has. */
export function pipelineView(log: Log, catalog: Catalog, times: TaskRunTimes, pipeline: number): PipelineView {
  const join = joinNames(log.names.pipelines, catalog.pipelines);
  if (pipeline >= join.count) {
    const message = `there is no pipeline ${pipeline}: the graph has ${join.count}`;
    throw new ServiceError({ code: 'not-found', message, place: 'pipeline' });
  }
  const fromLog = log.names.pipelines;
  const column = (ofLog: readonly string[], ofCatalog: readonly string[]): string =>
    joinTexts(join, ofLog, ofCatalog)[pipeline] ?? '';
  return {
    pipeline,
    namespace: column(fromLog.namespace, catalog.pipelines.namespace),
    name: column(fromLog.name, catalog.pipelines.name),
    domain: column(fromLog.domain, catalog.pipelines.domain),
    owner: column([], catalog.pipelines.owner),
    schedule: column([], catalog.pipelines.schedule),
    tasks: taskViews(log, catalog, times, pipeline, join.toCatalog[pipeline]),
  };
}

function taskViews(
  log: Log,
  catalog: Catalog,
  times: TaskRunTimes,
  pipeline: number,
  inCatalog: number,
): PipelineView['tasks'] {
  const runsOf = taskRunsByName(log, times, pipeline);
  const defined: PipelineView['tasks'][number][] = [];
  catalog.tasks.name.forEach((name, task) => {
    if (catalog.tasks.pipeline[task] !== inCatalog) return;
    const pool = catalog.pools.name[catalog.tasks.pool[task]] ?? '';
    const { task: inLog, taskRuns } = runsOf.get(name) ?? { task: -1, taskRuns: [] };
    runsOf.delete(name);
    defined.push({ task: inLog, name, pool, taskRuns, ...neighbours(catalog, task) });
  });
  // Tasks that ran and that the catalog does not define.
  const others = [...runsOf].map(([name, runs]) => ({ ...runs, name, pool: '', upstream: [], reads: [], writes: [] }));
  return [...defined, ...others];
}

interface TaskInLog {
  readonly task: number;
  readonly taskRuns: number[];
}

function taskRunsByName(log: Log, times: TaskRunTimes, pipeline: number): Map<string, TaskInLog> {
  const { tasks } = log.names;
  const found = new Map<string, TaskInLog>();
  tasks.name.forEach((name, task) => {
    if (tasks.pipeline[task] === pipeline) found.set(name, { task, taskRuns: [] });
  });
  for (let i = 0; i < log.taskRuns.task.length; i++) {
    const task = log.taskRuns.task[i];
    if (tasks.pipeline[task] === pipeline) found.get(tasks.name[task] ?? '')?.taskRuns.push(i);
  }
  for (const { taskRuns } of found.values()) taskRuns.sort((a, b) => startOrder(times, a, b));
  return found;
}

/** By start; runs that never started come last, in the log's order. */
function startOrder({ startedUs }: TaskRunTimes, a: number, b: number): number {
  const key = (run: number): number => (Number.isNaN(startedUs[run]) ? Number.MAX_VALUE : startedUs[run]);
  return key(a) - key(b) || a - b;
}

function neighbours(
  catalog: Catalog,
  task: number,
): Pick<PipelineView['tasks'][number], 'upstream' | 'reads' | 'writes'> {
  const { dependencies, datasets } = catalog;
  const upstream = rowsOf(dependencies.task, task).map((row) => taskLabel(catalog, dependencies.upstream[row]));
  const names = (access: Catalog['reads']): string[] =>
    rowsOf(access.task, task).map((row) => datasets.name[access.dataset[row]] ?? '');
  return { upstream: [...new Set(upstream)], reads: names(catalog.reads), writes: names(catalog.writes) };
}

function rowsOf(tasks: Int32Array, task: number): number[] {
  const rows: number[] = [];
  for (let row = tasks.indexOf(task); row >= 0; row = tasks.indexOf(task, row + 1)) rows.push(row);
  return rows;
}
