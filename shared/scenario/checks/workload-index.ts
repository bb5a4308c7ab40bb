// Definitions by name, for checks: who writes which dataset, which label is which task.

import { labelOf, type PipelineDef, type TaskDef, type Workload } from '../workload.ts';

export interface TaskPlace {
  readonly pipeline: PipelineDef;
  readonly task: TaskDef;
  /** `pipeline.task`. */
  readonly label: string;
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
  const tasks: TaskPlace[] = [];
  for (const pipeline of workload.pipelines)
    for (const task of pipeline.tasks)
      tasks.push({ pipeline, task, label: labelOf(pipeline.name, task.name), id: tasks.length });
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
    taskByLabel: new Map(tasks.map((place) => [place.label, place])),
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
