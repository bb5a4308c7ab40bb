// What a log's own rows are in a catalog: joined by name, for their numbers mean nothing to each other. A task or
// dataset that the catalog does not have is -1, and nothing is known of what it waits for.

import { int32Column, rowNumbers } from '../../base/columns.ts';
import { type Catalog, type Csr, csrBy } from '../../model/catalog.ts';
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
    const ids = new Map<string, number>();
    const ofLog = { name: names.tasks.name, pipeline: pipelineIds(names.tasks.pipeline, names.pipelines, ids) };
    const ofCatalog = { name: tasks.name, pipeline: pipelineIds(tasks.pipeline, pipelines, ids) };
    this.taskOf = taskRows(ofCatalog, ofLog);
    this.logTaskOf = taskRows(ofLog, ofCatalog);
    this.logDatasetOf = rowsIn(namedKeys(names.datasets), namedKeys(catalog.datasets));
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

/** By task: a number for its pipeline's name, the same in the log and in the catalog. */
function pipelineIds(pipelineOf: Int32Array, pipelines: Named, ids: Map<string, number>): Int32Array {
  const idOf = Int32Array.from(namedKeys(pipelines), (key) => {
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  return pipelineOf.map((pipeline) => idOf[pipeline]);
}

/** By row of `tasks`: the row of `table` with its name and pipeline, or -1. Names are not joined: that takes far longer. */
function taskRows(table: PipelineTasks, tasks: PipelineTasks): Int32Array {
  const rows = new Map<number, Map<string, number>>();
  for (const [row, name] of table.name.entries()) {
    const ofPipeline = rows.get(table.pipeline[row]);
    if (ofPipeline === undefined) rows.set(table.pipeline[row], new Map([[name, row]]));
    else ofPipeline.set(name, row);
  }
  return int32Column(tasks.name.length, (i) => rows.get(tasks.pipeline[i])?.get(tasks.name[i]) ?? -1);
}

interface Named {
  readonly namespace: readonly string[];
  readonly name: readonly string[];
}

interface PipelineTasks {
  readonly pipeline: Int32Array;
  readonly name: readonly string[];
}

const namedKeys = ({ namespace, name }: Named): string[] => name.map((text, i) => `${namespace[i]}\0${text}`);

/** By row of `keys`: the row of `table` with that key, or -1. */
function rowsIn(table: readonly string[], keys: readonly string[]): Int32Array {
  const rows = new Map(table.map((key, row) => [key, row]));
  return Int32Array.from(keys, (key) => rows.get(key) ?? -1);
}
