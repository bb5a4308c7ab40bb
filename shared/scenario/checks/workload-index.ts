// Definitions by name, for checks: who writes which dataset, which label is which task.

import { labelOf, type PipelineDef, type TaskDef, type Workload } from '../workload.ts';

export interface TaskPlace {
  readonly pipeline: PipelineDef;
  readonly task: TaskDef;
  /** Dense, in the order of the definitions. */
  readonly id: number;
}

export interface WorkloadIndex {
  readonly workload: Workload;
  readonly pools: ReadonlyMap<string, Workload['pools'][number]>;
  readonly datasets: ReadonlyMap<string, Workload['datasets'][number]>;
  readonly pipelines: ReadonlyMap<string, PipelineDef>;
  readonly tasks: readonly TaskPlace[];
  readonly taskByLabel: ReadonlyMap<string, TaskPlace>;
  readonly writers: ReadonlyMap<string, readonly TaskPlace[]>;
}

export function indexWorkload(workload: Workload): WorkloadIndex {
  const tasks = workload.pipelines
    .flatMap((pipeline) => pipeline.tasks.map((task) => ({ pipeline, task })))
    .map((place, id) => ({ ...place, id }));
  const writers = new Map<string, TaskPlace[]>();
  for (const place of tasks)
    for (const dataset of place.task.writes) {
      const known = writers.get(dataset);
      if (known) known.push(place);
      else writers.set(dataset, [place]);
    }
  return {
    workload,
    pools: byName(workload.pools),
    datasets: byName(workload.datasets),
    pipelines: byName(workload.pipelines),
    tasks,
    taskByLabel: new Map(tasks.map((place) => [labelOf(place.pipeline.name, place.task.name), place])),
    writers,
  };
}

/** Where a task stands in a scenario's document. */
export const placeOf = ({ pipeline, task }: TaskPlace): (string | number)[] => [
  'pipelines',
  pipeline.name,
  'tasks',
  task.name,
];

const byName = <T extends { readonly name: string }>(defs: readonly T[]): Map<string, T> =>
  new Map(defs.map((def) => [def.name, def]));
