// Every name that is used is defined: pools, datasets, tasks. A wrong one is told with the one that was meant.

import { didYouMean } from '../../base/nearest-name.ts';
import type { ScenarioProblem } from '../scenario.ts';
import { labelOf } from '../workload.ts';
import { placeOf, type TaskPlace, type WorkloadIndex } from './workload-index.ts';

export function checkNames(index: WorkloadIndex): ScenarioProblem[] {
  return [...index.tasks.flatMap((place) => taskNames(index, place)), ...triggerNames(index), ...sameLabels(index)];
}

function taskNames(index: WorkloadIndex, place: TaskPlace): ScenarioProblem[] {
  const { task, pipeline } = place;
  const at = placeOf(place);
  const siblings = pipeline.tasks.map(({ name }) => name);
  return [
    ...unknown(index.pools, [task.pool], [...at, 'pool'], 'pool'),
    ...unknown(index.datasets, task.writes, [...at, 'writes'], 'dataset'),
    ...unknown(
      index.datasets,
      task.reads.map(({ dataset }) => dataset),
      [...at, 'reads'],
      'dataset',
    ),
    ...unknown(new Set(siblings), task.after, [...at, 'after'], 'task in this pipeline'),
    ...unknown(
      index.taskByLabel,
      task.awaits.map((awaited) => awaited.task),
      [...at, 'awaits'],
      'task',
    ),
  ];
}

function triggerNames(index: WorkloadIndex): ScenarioProblem[] {
  return index.workload.pipelines.flatMap(({ name, schedule }) =>
    schedule.kind === 'datasets'
      ? unknown(index.datasets, schedule.datasets, ['pipelines', name, 'schedule', schedule.mode], 'dataset')
      : [],
  );
}

/** `a.b` + `c` and `a` + `b.c` would be one name in every report. */
function sameLabels(index: WorkloadIndex): ScenarioProblem[] {
  return index.tasks
    .filter((place) => index.taskByLabel.get(labelOf(place.pipeline.name, place.task.name)) !== place)
    .map((place) =>
      error(placeOf(place), `another task is called ${labelOf(place.pipeline.name, place.task.name)} too`),
    );
}

interface Known {
  has(name: string): boolean;
  keys(): Iterable<string>;
}

function unknown(known: Known, names: readonly string[], path: (string | number)[], what: string): ScenarioProblem[] {
  return names
    .filter((name) => !known.has(name))
    .map((name) => error(path, `there is no ${what} ${JSON.stringify(name)}${didYouMean(name, known.keys())}`));
}

export const error = (path: readonly (string | number)[], reason: string): ScenarioProblem => ({
  severity: 'error',
  path,
  atKey: false,
  reason,
});
