// What a person means by `RUN` or `DATASET[@partition]`: a task run of the log. The name may be a dataset's, a
// `pipeline.task`, or a pipeline's; the partition is a logical key (`date=2025-12-24`) or its value alone. Without one it
// is the run with a deadline, else the last.

import { ServiceError } from '../../../shared/api/errors.ts';
import { didYouMean } from '../../../shared/base/nearest-name.ts';
import { type Catalog, taskLabel } from '../../../shared/model/catalog.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';

export interface Subject {
  /** -1 for what is defined and never ran in this log. */
  readonly taskRun: number;
  readonly label: string;
  /** The dataset that was asked for by its name, a row of the log's names; else -1. */
  readonly dataset: number;
}

export function findSubject(log: Log, catalog: Catalog, of: string | number): Subject {
  if (typeof of === 'number') {
    if (of < log.taskRuns.task.length) return { taskRun: of, label: taskRunLabel(log, of), dataset: -1 };
    throw notFound(`there is no task run ${of} in log ${log.name}: it has ${log.taskRuns.task.length}`);
  }
  const [name, partition] = splitPartition(of);
  return byDataset(log, name, partition) ?? byTaskRun(log, name, partition) ?? neverRan(log, catalog, name, partition);
}

function splitPartition(of: string): [name: string, partition: string] {
  const at = of.lastIndexOf('@');
  return at <= 0 ? [of, ''] : [of.slice(0, at), of.slice(at + 1)];
}

/** Who wrote a dataset's partition. Null when nobody in the log did, or it is no dataset. */
function byDataset(log: Log, name: string, partition: string): Subject | null {
  const dataset = log.names.datasets.name.indexOf(name);
  if (dataset < 0) return null;
  const { versions } = log;
  const owners: number[] = [];
  for (let version = 0; version < versions.dataset.length; version++) {
    if (versions.dataset[version] !== dataset || versions.owner[version] < 0) continue;
    const key = versions.partitionKey[version];
    if (isKey(key < 0 ? '' : log.names.texts[key], partition)) owners.push(versions.owner[version]);
  }
  if (owners.length === 0) return null;
  const taskRun = preferred(log, owners);
  return { taskRun, label: taskRunLabel(log, taskRun), dataset };
}

/** A task by its label, or all tasks of a pipeline. */
function byTaskRun(log: Log, name: string, partition: string): Subject | null {
  const { tasks, pipelines } = log.names;
  const isMeant = tasks.name.map((task, t) => {
    const pipeline = pipelines.name[tasks.pipeline[t]];
    return name === pipeline || name === `${pipeline}.${task}`;
  });
  const found: number[] = [];
  log.taskRuns.task.forEach((task, i) => {
    if (isMeant[task] && isKey(log.runs.logicalKey[log.taskRuns.run[i]], partition)) found.push(i);
  });
  if (found.length === 0) return null;
  const taskRun = preferred(log, found);
  return { taskRun, label: taskRunLabel(log, taskRun), dataset: -1 };
}

/** What a bare name means, of what has a deadline: a task run by dataset and by task. */
export interface LastWithDeadline {
  readonly ofDataset: ReadonlyMap<number, number>;
  readonly ofTask: ReadonlyMap<number, number>;
}

export function lastWithDeadline({ taskRuns, versions }: Log): LastWithDeadline {
  const ofDataset = new Map<number, number>();
  const ofTask = new Map<number, number>();
  const isDue = (taskRun: number): boolean => taskRun >= 0 && !Number.isNaN(taskRuns.deadlineUs[taskRun]);
  for (let version = 0; version < versions.dataset.length; version++) {
    if (isDue(versions.owner[version])) ofDataset.set(versions.dataset[version], versions.owner[version]);
  }
  for (let i = 0; i < taskRuns.task.length; i++) if (isDue(i)) ofTask.set(taskRuns.task[i], i);
  return { ofDataset, ofTask };
}

/** With a deadline, or else a writer; of several the last in the log. */
function preferred({ taskRuns, versions }: Log, found: readonly number[]): number {
  const due = found.filter((i) => !Number.isNaN(taskRuns.deadlineUs[i]));
  if (due.length > 0) return due[due.length - 1];
  const owners = new Set(versions.owner);
  const writers = found.filter((i) => owners.has(i));
  return (writers.length > 0 ? writers : found).at(-1) ?? -1;
}

const isKey = (key: string, wanted: string): boolean =>
  wanted === '' || key === wanted || key.split('/').some((part) => part.split('=').at(-1) === wanted);

/** It is defined, and nothing of it is in the log; anything else is an unknown name. */
function neverRan(log: Log, catalog: Catalog, name: string, partition: string): Subject {
  const { tasks, pipelines, datasets } = log.names;
  const labels = tasks.name.map((_, task) =>
    taskLabel({ pipelines: { ...catalog.pipelines, ...pipelines }, tasks: { ...catalog.tasks, ...tasks } }, task),
  );
  const known = new Set([
    ...labels,
    ...pipelines.name,
    ...datasets.name,
    ...catalog.tasks.name.map((_, task) => taskLabel(catalog, task)),
    ...catalog.pipelines.name,
    ...catalog.datasets.name,
  ]);
  if (!known.has(name)) {
    const hint = didYouMean(name, known);
    throw notFound(`there is no task run, pipeline or dataset "${name}" in log ${log.name}${hint}`);
  }
  const there = partition === '' ? null : partitionsOf(log, name);
  if (there !== null && there.length > 0) {
    const list = there.slice(-5).join(', ');
    throw notFound(`log ${log.name} has no ${partition} of ${name}: it has ${there.length > 5 ? '… ' : ''}${list}`);
  }
  return { taskRun: -1, label: name, dataset: -1 };
}

/** Keys that a name does have in the log. */
function partitionsOf(log: Log, name: string): string[] {
  const keys = new Set<string>();
  const { versions, names, taskRuns, runs } = log;
  const dataset = names.datasets.name.indexOf(name);
  versions.dataset.forEach((row, version) => {
    if (row === dataset && versions.owner[version] >= 0 && versions.partitionKey[version] >= 0)
      keys.add(names.texts[versions.partitionKey[version]]);
  });
  taskRuns.run.forEach((run, i) => {
    if (taskRunLabel(log, i) === name || names.pipelines.name[runs.pipeline[run]] === name)
      keys.add(runs.logicalKey[run]);
  });
  keys.delete('');
  return [...keys].sort();
}

const notFound = (message: string): ServiceError => new ServiceError({ code: 'not-found', message });
