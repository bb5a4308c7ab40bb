// The definitions of a run plan as a catalog: what a log of its play is read with. Task ids are the plan's.

import { type AccessTable, type Catalog, catalogOf, DepKind } from '../../../shared/model/catalog.ts';
import type { PlanDefinitions } from '../run-plan/definitions.ts';

const NAMESPACE = 'scenario';

export function catalogOfPlan(defs: PlanDefinitions): Catalog {
  const { pipelines, tasks, workload } = defs;
  const named = (rows: readonly { readonly name: string }[]) => ({
    namespace: rows.map(() => NAMESPACE),
    name: rows.map(({ name }) => name),
  });
  return catalogOf({
    pipelines: {
      ...named(pipelines),
      domain: pipelines.map(({ domain }) => domain),
      owner: pipelines.map(({ owner }) => owner),
      schedule: pipelines.map(({ schedule }) => schedule.kind),
    },
    tasks: {
      pipeline: defs.pipelineOf,
      name: tasks.map(({ name }) => name),
      pool: defs.pool,
      slots: defs.slots,
      priority: defs.priority,
    },
    datasets: named(workload.datasets),
    pools: { name: workload.pools.map(({ name }) => name), slots: defs.poolSlots },
    dependencies: dependencyTable(defs),
    reads: readTable(defs),
    writes: writeTable(defs),
  });
}

function dependencyTable({ tasks, after, awaits, reads, writers }: PlanDefinitions) {
  const rows = tasks.flatMap((_, task) => [
    ...Array.from(after[task], (upstream) => ({ task, upstream, kind: DepKind.finish, dataset: -1 })),
    ...awaits[task].map((awaited) => ({ task, upstream: awaited.task, kind: DepKind.finish, dataset: -1 })),
    ...reads[task].flatMap(({ dataset, mode }) =>
      mode === 'none' ? [] : writers[dataset].map((upstream) => ({ task, upstream, kind: DepKind.publish, dataset })),
    ),
  ]);
  rows.sort((a, b) => a.task - b.task || a.upstream - b.upstream);
  return {
    task: Int32Array.from(rows, ({ task }) => task),
    upstream: Int32Array.from(rows, ({ upstream }) => upstream),
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    dataset: Int32Array.from(rows, ({ dataset }) => dataset),
  };
}

function readTable({ tasks, reads }: PlanDefinitions): AccessTable {
  const rows = tasks.flatMap((_, task) => reads[task].map(({ dataset, mode }) => ({ task, dataset, mode })));
  return {
    task: Int32Array.from(rows, ({ task }) => task),
    dataset: Int32Array.from(rows, ({ dataset }) => dataset),
    declared: Uint8Array.from(rows, ({ mode }) => (mode === 'none' ? 0 : 1)),
  };
}

function writeTable({ tasks, writes }: PlanDefinitions): AccessTable {
  const rows = tasks.flatMap((_, task) => Array.from(writes[task], (dataset) => ({ task, dataset })));
  return {
    task: Int32Array.from(rows, ({ task }) => task),
    dataset: Int32Array.from(rows, ({ dataset }) => dataset),
    declared: new Uint8Array(rows.length).fill(1),
  };
}
