// A workload with numbers for names: what the run plan and the engine index. Ids are rows in the order of the
// definitions and mean nothing outside; random draws are keyed by the hashes of names that stand here.

import { hashText } from '../../../shared/base/hash.ts';
import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import {
  labelOf,
  type PartitionMapping,
  type PipelineDef,
  type TaskDef,
  type WaitDef,
  type Workload,
} from '../../../shared/scenario/workload.ts';
import { effectivePriorities } from './priorities.ts';

export interface ReadRow {
  readonly dataset: number;
  readonly mapping: PartitionMapping;
  readonly mode: WaitDef['mode'];
  /** Row of `waits`. */
  readonly wait: number;
}

export interface AwaitRow {
  readonly task: number;
  readonly days: number;
  readonly ms: number;
  readonly wait: number;
}

export interface PlanDefinitions {
  readonly workload: Workload;
  readonly pipelines: readonly PipelineDef[];
  /** Tasks of pipeline p are `firstTask[p] … firstTask[p + 1])`. */
  readonly firstTask: Int32Array;
  readonly tasks: readonly TaskDef[];
  readonly pipelineOf: Int32Array;
  readonly pool: Int32Array;
  /** -1 for a pool without limit. */
  readonly poolSlots: Int32Array;
  readonly slots: Int32Array;
  /** Under the orchestrator's priority rule. */
  readonly priority: Int32Array;
  readonly pipelineHash: Int32Array;
  readonly taskHash: Int32Array;
  /** Task ids. */
  readonly after: readonly Int32Array[];
  readonly writes: readonly Int32Array[];
  readonly reads: readonly (readonly ReadRow[])[];
  readonly awaits: readonly (readonly AwaitRow[])[];
  /** Task ids by dataset. */
  readonly writers: readonly (readonly number[])[];
  /** Every way to wait that somebody uses, once. */
  readonly waits: readonly WaitDef[];
}

/** Expects a workload that checkWorkload found good: an unknown name throws. */
export function numberWorkload(workload: Workload, orchestrator: Pick<Orchestrator, 'priority'>): PlanDefinitions {
  const { pipelines, datasets } = workload;
  const firstTask = new Int32Array(pipelines.length + 1);
  pipelines.forEach(({ tasks }, p) => {
    firstTask[p + 1] = firstTask[p] + tasks.length;
  });
  const tasks = pipelines.flatMap((pipeline) => pipeline.tasks);
  const pipelineOf = Int32Array.from(pipelines.flatMap((pipeline, p) => pipeline.tasks.map(() => p)));
  const poolId = numbered(workload.pools);
  const datasetId = numbered(datasets);
  const taskId = new Map(tasks.map((task, t) => [labelOf(pipelines[pipelineOf[t]].name, task.name), t]));
  const waits = new WaitTable();
  const after = afterIds(pipelines, firstTask);
  const writes = tasks.map((task) => Int32Array.from(task.writes, (name) => find(datasetId, name)));
  return {
    workload,
    pipelines,
    firstTask,
    tasks,
    pipelineOf,
    pool: Int32Array.from(tasks, ({ pool }) => find(poolId, pool)),
    poolSlots: Int32Array.from(workload.pools, ({ slots }) => slots ?? -1),
    slots: Int32Array.from(tasks, ({ slots }) => slots),
    priority: effectivePriorities(orchestrator.priority, tasks, after),
    pipelineHash: Int32Array.from(pipelines, ({ name }) => hashText(name)),
    taskHash: Int32Array.from(tasks, ({ name }) => hashText(name)),
    after,
    writes,
    reads: tasks.map(({ reads }) =>
      reads.map(({ dataset, mapping, wait }) => ({
        dataset: find(datasetId, dataset),
        mapping,
        mode: wait.mode,
        wait: waits.add(wait),
      })),
    ),
    awaits: tasks.map(({ awaits }) =>
      awaits
        .filter(({ wait }) => wait.mode !== 'none')
        .map(({ task, shift, wait }) => ({ task: find(taskId, task), ...shift, wait: waits.add(wait) })),
    ),
    writers: writersByDataset(datasets.length, writes),
    waits: waits.rows,
  };
}

function afterIds(pipelines: readonly PipelineDef[], firstTask: Int32Array): Int32Array[] {
  return pipelines.flatMap(({ tasks }, p) => {
    const ids = new Map(tasks.map(({ name }, i) => [name, firstTask[p] + i]));
    return tasks.map(({ after }) => Int32Array.from(after, (name) => find(ids, name)));
  });
}

function writersByDataset(datasets: number, writes: readonly Int32Array[]): number[][] {
  const writers = Array.from({ length: datasets }, (): number[] => []);
  for (const [task, ids] of writes.entries()) for (const dataset of ids) writers[dataset].push(task);
  return writers;
}

class WaitTable {
  readonly rows: WaitDef[] = [];
  readonly #ids = new Map<string, number>();

  add(wait: WaitDef): number {
    const key = `${wait.mode}/${wait.everyMs}/${wait.timeoutMs}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.rows.length);
    return this.rows.push(wait) - 1;
  }
}

const numbered = (defs: readonly { readonly name: string }[]): Map<string, number> =>
  new Map(defs.map(({ name }, id) => [name, id]));

function find(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`${name} is not defined: the workload was not checked`);
  return id;
}
