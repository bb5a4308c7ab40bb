// Tasks that wait for each other in a cycle, inside a pipeline or across pipelines through partitions of the same time.
// Waits with a shift, a window or any-of, and unpartitioned datasets, may be cyclic in name and not in time: those are
// judged on the run plan, task run by task run.

import { findCycle } from '../../model/cycle.ts';
import type { ScenarioProblem } from '../scenario.ts';
import { labelOf, type ReadDef } from '../workload.ts';
import { error } from './names.ts';
import { placeOf, type TaskPlace, type WorkloadIndex } from './workload-index.ts';

/** Expects names that are known. At most one cycle is told. */
export function checkCycles(index: WorkloadIndex): ScenarioProblem[] {
  const from: number[] = [];
  const to: number[] = [];
  for (const place of index.tasks)
    eachUpstream(index, place, (upstream) => {
      from.push(upstream.id);
      to.push(place.id);
    });
  const cycle = findCycle(index.tasks.length, from, to);
  return cycle === null ? [] : [cycleProblem(cycle.map((id) => index.tasks[id]))];
}

const NAMED_MAX = 20;

function cycleProblem(cycle: readonly TaskPlace[]): ScenarioProblem {
  const names = cycle.map(({ label }) => label);
  const shown = names.length > NAMED_MAX ? [...names.slice(0, NAMED_MAX), '…'] : names;
  return error(placeOf(cycle[0]), `tasks wait for each other in a cycle: ${[...shown, names[0]].join(' -> ')}`);
}

function eachUpstream(index: WorkloadIndex, place: TaskPlace, add: (upstream: TaskPlace) => void): void {
  const { pipeline, task } = place;
  const addLabel = (label: string): void => {
    const found = index.taskByLabel.get(label);
    if (found) add(found);
  };
  for (const name of task.after) addLabel(labelOf(pipeline.name, name));
  for (const { task: label, shift, wait } of task.awaits)
    if (shift.days === 0 && shift.ms === 0 && wait.mode !== 'none') addLabel(label);
  for (const read of task.reads) if (isOfSameTime(read)) partitionWriters(index, read.dataset).forEach(add);
  if (pipeline.schedule.kind !== 'datasets' || task.after.length > 0) return;
  for (const dataset of pipeline.schedule.datasets) index.writers.get(dataset)?.forEach(add);
}

const isOfSameTime = ({ mapping, wait }: ReadDef): boolean =>
  wait.mode !== 'none' &&
  !mapping.any &&
  mapping.select.kind === 'same' &&
  mapping.shift.days === 0 &&
  mapping.shift.ms === 0;

const partitionWriters = (index: WorkloadIndex, dataset: string): readonly TaskPlace[] =>
  index.datasets.get(dataset)?.unit === 'none' ? [] : (index.writers.get(dataset) ?? []);
