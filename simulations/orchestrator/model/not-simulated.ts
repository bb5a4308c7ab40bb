// What a scenario may say and the model does not play yet: refused before the run, each with its place and reason, never
// left out in silence.

import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import type { PipelineDef, TaskDef, Workload } from '../../../shared/scenario/workload.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { meaninglessFaults, unstruckFaults } from './fault-meaning.ts';

type Path = readonly (string | number)[];

const refuse = (path: Path, what: string): ScenarioProblem => ({
  severity: 'error',
  path,
  atKey: false,
  reason: `${what}: not simulated yet`,
});

/** `workload`: what is played, the scenario's own laid over its base. */
export function notSimulated(scenario: Scenario, workload: Workload): ScenarioProblem[] {
  return [
    ...mixedSignals(workload),
    ...workload.pipelines.flatMap(pipelineParts),
    ...meaninglessFaults(scenario, workload),
  ];
}

/** What only the plan tells. */
export const notPlanned = (plan: RunPlan, { faults }: Pick<Scenario, 'faults'>): ScenarioProblem[] =>
  unstruckFaults(plan, faults);

const when = (is: boolean, path: Path, what: string): ScenarioProblem[] => (is ? [refuse(path, what)] : []);

function pipelineParts(pipeline: PipelineDef): ScenarioProblem[] {
  const path = ['pipelines', pipeline.name];
  return pipeline.tasks.flatMap((task) => waitParts([...path, 'tasks', task.name], task));
}

/** One sensor a task: waits by looking that differ have no common look. */
function waitParts(path: Path, task: TaskDef): ScenarioProblem[] {
  const polled = [...task.reads, ...task.awaits].flatMap(({ wait }) =>
    wait.mode === 'event' || wait.mode === 'none' ? [] : [JSON.stringify(wait)],
  );
  if (new Set(polled).size <= 1) return [];
  const reason =
    'looks for its data in several ways (mode, every, timeout): a task is one sensor, so write a task for each';
  return [{ severity: 'error', path, atKey: false, reason }];
}

/** A task run tells its readers once. */
function mixedSignals({ pipelines, datasets }: Workload): ScenarioProblem[] {
  const marked = new Set(datasets.flatMap(({ name, marker }) => (marker === null ? [] : [name])));
  if (marked.size === 0) return [];
  return pipelines.flatMap(({ name, tasks }) =>
    tasks.flatMap((task) => {
      const count = task.writes.filter((dataset) => marked.has(dataset)).length;
      const reason =
        'one task writes datasets that are told by markers and others that are told by events (write a task for each)';
      return when(count > 0 && count < task.writes.length, ['pipelines', name, 'tasks', task.name, 'writes'], reason);
    }),
  );
}
