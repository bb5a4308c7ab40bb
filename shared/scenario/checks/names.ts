// Every name that is used is defined: pools, datasets, tasks. A wrong one is told with the one that was meant.

import { didYouMean } from '../../base/nearest-name.ts';
import type { ScenarioProblem } from '../scenario.ts';
import type { PipelineDef } from '../workload.ts';
import { placeOf, type TaskPlace, type WorkloadIndex } from './workload-index.ts';

export function checkNames(index: WorkloadIndex): ScenarioProblem[] {
  const checker = new NameChecker(index);
  for (const pipeline of index.workload.pipelines) checker.trigger(pipeline);
  for (const place of index.tasks) checker.task(place);
  return checker.problems;
}

class NameChecker {
  readonly problems: ScenarioProblem[] = [];
  readonly #index: WorkloadIndex;
  /** Of the pipeline whose tasks are being looked at. */
  #siblings: ReadonlySet<string> = new Set();
  #pipeline: PipelineDef | null = null;

  constructor(index: WorkloadIndex) {
    this.#index = index;
  }

  task(place: TaskPlace): void {
    const { pools, datasets, taskByLabel } = this.#index;
    const { task, pipeline } = place;
    if (pipeline !== this.#pipeline) {
      this.#pipeline = pipeline;
      this.#siblings = new Set(pipeline.tasks.map(({ name }) => name));
    }
    const at = (key: string) => (): (string | number)[] => [...placeOf(place), key];
    this.#known(pools, task.pool, 'pool', at('pool'));
    for (const name of task.writes) this.#known(datasets, name, 'dataset', at('writes'));
    for (const { dataset } of task.reads) this.#known(datasets, dataset, 'dataset', at('reads'));
    for (const name of task.after) this.#known(this.#siblings, name, 'task in this pipeline', at('after'));
    for (const awaited of task.awaits) this.#known(taskByLabel, awaited.task, 'task', at('awaits'));
    // `a.b` + `c` and `a` + `b.c` would be one name in every report.
    if (taskByLabel.get(place.label) !== place)
      this.problems.push(error(placeOf(place), `another task is called ${place.label} too`));
  }

  trigger({ name, schedule }: PipelineDef): void {
    if (schedule.kind !== 'datasets') return;
    for (const dataset of schedule.datasets)
      this.#known(this.#index.datasets, dataset, 'dataset', () => ['pipelines', name, 'schedule', schedule.mode]);
  }

  #known(names: Names, name: string, what: string, path: () => (string | number)[]): void {
    if (names.has(name)) return;
    const reason = `there is no ${what} ${JSON.stringify(name)}${didYouMean(name, names.keys())}`;
    this.problems.push(error(path(), reason));
  }
}

interface Names {
  has(name: string): boolean;
  keys(): Iterable<string>;
}

export const error = (path: readonly (string | number)[], reason: string): ScenarioProblem => ({
  severity: 'error',
  path,
  atKey: false,
  reason,
});
