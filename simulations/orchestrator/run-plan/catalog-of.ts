// The catalog that a workload implies: the same pipelines, tasks, datasets and pools, in the same order, so that a row
// of the catalog is an id of the plan's definitions.

import { formatDuration } from '../../../shared/base/time.ts';
import { type Catalog, catalogOf, DepKind } from '../../../shared/model/catalog.ts';
import { spanText } from '../../../shared/scenario/units.ts';
import type { ScheduleDef } from '../../../shared/scenario/workload.ts';
import type { PlanDefinitions } from './definitions.ts';

/** `namespace` of its pipelines and datasets. */
export function catalogOfDefinitions(defs: PlanDefinitions, namespace: string): Catalog {
  const { pipelines, tasks, workload } = defs;
  const inAll = (names: readonly unknown[]): string[] => names.map(() => namespace);
  return catalogOf({
    pipelines: {
      namespace: inAll(pipelines),
      name: pipelines.map(({ name }) => name),
      domain: pipelines.map(({ domain }) => domain),
      owner: pipelines.map(({ owner }) => owner),
      schedule: pipelines.map(({ schedule }) => scheduleText(schedule)),
    },
    tasks: {
      pipeline: defs.pipelineOf,
      name: tasks.map(({ name }) => name),
      pool: defs.pool,
      slots: defs.slots,
      priority: Int32Array.from(tasks, ({ priority }) => priority),
    },
    datasets: { namespace: inAll(workload.datasets), name: workload.datasets.map(({ name }) => name) },
    pools: { name: workload.pools.map(({ name }) => name), slots: defs.poolSlots },
    dependencies: dependencies(defs),
    reads: accesses(defs.reads.map((reads) => reads.map(({ dataset, mode }) => [dataset, mode === 'none' ? 0 : 1]))),
    writes: accesses(defs.writes.map((writes) => Array.from(writes, (dataset) => [dataset, 1]))),
  });
}

export function scheduleText(schedule: ScheduleDef): string {
  switch (schedule.kind) {
    case 'cron':
      return schedule.cron.text;
    case 'every':
      return `every ${spanText(schedule.everyMs)}`;
    case 'datasets':
      return 'dataset trigger';
    case 'poisson':
      return `about every ${formatDuration(schedule.meanGapMs)}`;
    case 'at':
      return 'at listed times';
    case 'manual':
      return '';
  }
}

function dependencies(defs: PlanDefinitions): Catalog['dependencies'] {
  const rows = defs.tasks.flatMap((_, task) => [
    ...Array.from(defs.after[task], (upstream) => [task, upstream, DepKind.finish, -1]),
    ...defs.awaits[task].map((awaited) => [task, awaited.task, DepKind.finish, -1]),
    ...awaitedDatasets(defs, task).flatMap((dataset) =>
      defs.writers[dataset].map((upstream) => [task, upstream, DepKind.publish, dataset]),
    ),
  ]);
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
  const column = (i: number): Int32Array => Int32Array.from(rows, (row) => row[i]);
  return { task: column(0), upstream: column(1), kind: new Uint8Array(column(2)), dataset: column(3) };
}

/** Datasets that a task waits for: what it reads, and what triggers its pipeline, if nothing in it comes before. */
function awaitedDatasets(defs: PlanDefinitions, task: number): number[] {
  const read = defs.reads[task].filter(({ mode }) => mode !== 'none').map(({ dataset }) => dataset);
  const { schedule } = defs.pipelines[defs.pipelineOf[task]];
  const isRoot = schedule.kind === 'datasets' && defs.after[task].length === 0;
  const triggers = isRoot
    ? schedule.datasets.map((name) => defs.workload.datasets.findIndex((dataset) => dataset.name === name))
    : [];
  return [...new Set([...read, ...triggers])];
}

function accesses(byTask: readonly (readonly (readonly number[])[])[]): Catalog['reads'] {
  const rows = byTask.flatMap((list, task) => list.map(([dataset, declared]) => [task, dataset, declared]));
  return {
    task: Int32Array.from(rows, ([task]) => task),
    dataset: Int32Array.from(rows, ([, dataset]) => dataset),
    declared: Uint8Array.from(rows, ([, , declared]) => declared),
  };
}
