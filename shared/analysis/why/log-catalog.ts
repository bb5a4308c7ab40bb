// What a log's own rows are in a catalog: joined by name, for their numbers mean nothing to each other. A task or
// dataset that the catalog does not have is -1, and nothing is known of what it waits for.

import { rowNumbers } from '../../base/columns.ts';
import { type Catalog, type Csr, csrBy, type DatasetTable } from '../../model/catalog.ts';
import type { Log } from '../../model/log.ts';

export type NamedLog = Pick<Log, 'names' | 'runs' | 'taskRuns' | 'versions'>;

export class LogCatalog {
  readonly catalog: Catalog;
  /** By the log's task: the catalog's. */
  readonly taskOf: Int32Array;
  /** By the catalog's task: the log's. */
  readonly logTaskOf: Int32Array;
  /** By the catalog's dataset: the log's. */
  readonly logDatasetOf: Int32Array;
  /** By the catalog's task: rows of its dependencies, and of its reads. */
  readonly dependencies: Csr;
  readonly reads: Csr;

  constructor({ names }: NamedLog, catalog: Catalog) {
    this.catalog = catalog;
    const { tasks, pipelines } = catalog;
    const count = tasks.name.length;
    const logKeys = keysOf(names.tasks.pipeline, names.tasks.name, names.pipelines);
    const keys = keysOf(tasks.pipeline, tasks.name, pipelines);
    this.taskOf = rowsIn(keys, logKeys);
    this.logTaskOf = rowsIn(logKeys, keys);
    this.logDatasetOf = rowsIn(datasetKeys(names.datasets), datasetKeys(catalog.datasets));
    this.dependencies = csrBy(catalog.dependencies.task, rowNumbers(catalog.dependencies.task.length), count);
    this.reads = csrBy(catalog.reads.task, rowNumbers(catalog.reads.task.length), count);
  }

  /** Slots that a task run of the log's task takes; 1 when unknown. */
  slotsOf(logTask: number): number {
    const task = this.taskOf[logTask];
    return task < 0 ? 1 : Math.max(1, this.catalog.tasks.slots[task]);
  }
}

export const rowsOf = ({ offsets, values }: Csr, key: number): Int32Array =>
  values.subarray(offsets[key], offsets[key + 1]);

function keysOf(
  pipelineOf: Int32Array,
  name: readonly string[],
  pipelines: { readonly namespace: readonly string[]; readonly name: readonly string[] },
): string[] {
  return name.map((task, i) => `${pipelines.namespace[pipelineOf[i]]}\0${pipelines.name[pipelineOf[i]]}\0${task}`);
}

const datasetKeys = ({ namespace, name }: DatasetTable): string[] => name.map((text, i) => `${namespace[i]}\0${text}`);

/** By row of `keys`: the row of `table` with that key, or -1. */
function rowsIn(table: readonly string[], keys: readonly string[]): Int32Array {
  const rows = new Map(table.map((key, row) => [key, row]));
  return Int32Array.from(keys, (key) => rows.get(key) ?? -1);
}
