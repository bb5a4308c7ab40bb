// The definitions that a reference day implies: a pipeline, task and pool for each id, in id order, so that a row of
// this catalog is the day's id. A task has a dataset when somebody sees its data land: a task that waits for its
// publish, or a deadline. Its name says which task writes it; nothing else is known of it.

import { type Catalog, catalogOf, DepKind } from '../../../shared/model/catalog.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import { indexes } from './indexes.ts';

const NAMESPACE = 'reference-day';

export function dayCatalog(day: ReferenceDay): Catalog {
  const pipelines = countOf(day.pipeline);
  const datasetOf = datasetsOfTasks(day);
  const writers = indexes(day.taskCount).filter((task) => datasetOf[task] >= 0);
  const dependencies = dependencyTable(day, datasetOf);
  return catalogOf({
    pipelines: {
      namespace: repeated(NAMESPACE, pipelines),
      name: numbered('pipeline', pipelines),
      domain: repeated('', pipelines),
      owner: repeated('', pipelines),
      schedule: repeated('', pipelines),
    },
    tasks: {
      pipeline: day.pipeline.slice(),
      name: numbered('task', day.taskCount),
      pool: day.pool.slice(),
      slots: new Int32Array(day.taskCount).fill(1),
      priority: day.priority.slice(),
    },
    datasets: {
      namespace: repeated(NAMESPACE, writers.length),
      name: Array.from(writers, (task) => `dataset-${task}`),
    },
    pools: { name: numbered('pool', day.poolSlots.length), slots: day.poolSlots.slice() },
    dependencies,
    reads: readTable(dependencies),
    writes: {
      task: writers,
      dataset: indexes(writers.length),
      declared: new Uint8Array(writers.length).fill(1),
    },
  });
}

/** The dataset that a task writes, or -1. */
function datasetsOfTasks(day: ReferenceDay): Int32Array {
  const isSeen = new Uint8Array(day.taskCount);
  for (let i = 0; i < day.depTask.length; i++) if (day.depKind[i] === DepKind.publish) isSeen[day.depUpstream[i]] = 1;
  let count = 0;
  return day.deadlineMs.map((deadlineMs, task) => (isSeen[task] === 1 || deadlineMs >= 0 ? count++ : -1));
}

function dependencyTable(day: ReferenceDay, datasetOf: Int32Array): Catalog['dependencies'] {
  const order = indexes(day.depTask.length);
  if (!isSorted(day)) order.sort((a, b) => compareRows(day, a, b));
  return {
    task: order.map((row) => day.depTask[row]),
    upstream: order.map((row) => day.depUpstream[row]),
    kind: new Uint8Array(order.map((row) => day.depKind[row])),
    dataset: order.map((row) => (day.depKind[row] === DepKind.publish ? datasetOf[day.depUpstream[row]] : -1)),
  };
}

function isSorted(day: ReferenceDay): boolean {
  for (let row = 1; row < day.depTask.length; row++) if (compareRows(day, row - 1, row) > 0) return false;
  return true;
}

const compareRows = (day: ReferenceDay, a: number, b: number): number =>
  day.depTask[a] - day.depTask[b] || day.depUpstream[a] - day.depUpstream[b] || day.depKind[a] - day.depKind[b];

/** Who waits for a dataset reads it; each pair once. Rows are sorted by (task, upstream), so equal pairs are neighbours. */
function readTable(dependencies: Catalog['dependencies']): Catalog['reads'] {
  const { task, dataset } = dependencies;
  const rows = indexes(task.length).filter(
    (row) => dataset[row] >= 0 && !(row > 0 && task[row - 1] === task[row] && dataset[row - 1] === dataset[row]),
  );
  return {
    task: rows.map((row) => task[row]),
    dataset: rows.map((row) => dataset[row]),
    declared: new Uint8Array(rows.length).fill(1),
  };
}

const countOf = (ids: Int32Array): number => ids.reduce((most, id) => Math.max(most, id + 1), 0);
const numbered = (noun: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${noun}-${i}`);
const repeated = (text: string, count: number): string[] => Array.from({ length: count }, () => text);
