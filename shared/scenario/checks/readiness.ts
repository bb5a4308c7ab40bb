// Tasks that could never start: a pool without room for them, something awaited that never runs, a start before a time
// that a triggered run does not have.

import type { ScenarioProblem } from '../scenario.ts';
import type { PipelineDef } from '../workload.ts';
import { error } from './names.ts';
import { placeOf, type TaskPlace, type WorkloadIndex } from './workload-index.ts';

/** `backfilled`: pipelines that run though nothing schedules them. Expects names that are known. */
export function checkReadiness(index: WorkloadIndex, backfilled: ReadonlySet<string>): ScenarioProblem[] {
  const runs = (pipeline: PipelineDef): boolean => pipeline.schedule.kind !== 'manual' || backfilled.has(pipeline.name);
  return [
    ...index.tasks.filter(({ pipeline }) => runs(pipeline)).flatMap((place) => taskReadiness(index, place, runs)),
    ...index.workload.pipelines.flatMap((pipeline) => triggerReadiness(index, pipeline, runs)),
  ];
}

type Runs = (pipeline: PipelineDef) => boolean;

function taskReadiness(index: WorkloadIndex, place: TaskPlace, runs: Runs): ScenarioProblem[] {
  const reasons = [...poolRoom(index, place), ...awaitedRuns(index, place, runs), ...clockOfTriggered(place)];
  return reasons.map(([key, reason]) => error([...placeOf(place), key], reason));
}

type Reason = readonly [key: string, reason: string];

function poolRoom(index: WorkloadIndex, { task }: TaskPlace): Reason[] {
  const slots = index.pools.get(task.pool)?.slots ?? null;
  if (slots === null) return [];
  if (slots === 0) return [['pool', `pool ${task.pool} has no slots, so this task can never start`]];
  if (task.slots > slots)
    return [['slots', `takes ${task.slots} slots of pool ${task.pool}, which has ${slots}: it can never start`]];
  return [];
}

function awaitedRuns(index: WorkloadIndex, { task }: TaskPlace, runs: Runs): Reason[] {
  return task.awaits.flatMap((awaited): Reason[] => {
    const target = index.taskByLabel.get(awaited.task);
    if (!target || awaited.wait.mode === 'none' || runs(target.pipeline)) return [];
    return [['awaits', `${awaited.task} never runs (its pipeline is manual), so this task can never be ready`]];
  });
}

function clockOfTriggered({ pipeline, task }: TaskPlace): Reason[] {
  if (pipeline.schedule.kind !== 'datasets') return [];
  const reason = 'counts from a run’s due time, which a run triggered by datasets does not have';
  const reasons: Reason[] = [];
  if (task.notBeforeMs > 0) reasons.push(['notBefore', reason]);
  if (task.deadlineMs !== null) reasons.push(['deadline', `${reason}: write a landing target instead`]);
  return reasons;
}

function triggerReadiness(index: WorkloadIndex, { name, schedule }: PipelineDef, runs: Runs): ScenarioProblem[] {
  if (schedule.kind !== 'datasets') return [];
  const never = schedule.datasets.filter(
    (dataset) => !index.writers.get(dataset)?.some(({ pipeline }) => runs(pipeline)),
  );
  const isStuck = schedule.mode === 'all' ? never.length > 0 : never.length === schedule.datasets.length;
  if (!isStuck) return [];
  return [
    error(
      ['pipelines', name, 'schedule', schedule.mode],
      `nothing that runs writes ${never.join(', ')}: this pipeline would never run`,
    ),
  ];
}
