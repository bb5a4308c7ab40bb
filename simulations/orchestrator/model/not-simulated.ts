// What a scenario may say and the model does not play yet: refused before the run, each with its place and reason, never
// left out in silence.

import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import type { PipelineDef, TaskDef, Workload } from '../../../shared/scenario/workload.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { meaninglessFaults, unstruckFaults } from './fault-meaning.ts';

type Path = readonly (string | number)[];

/** `workload`: what is played, the scenario's own laid over its base. */
export function notSimulated(scenario: Scenario, workload: Workload): ScenarioProblem[] {
  return [...workload.pipelines.flatMap(pipelineParts), ...meaninglessFaults(scenario, workload)];
}

/** What only the plan tells. */
export const notPlanned = (plan: RunPlan, { faults }: Pick<Scenario, 'faults'>): ScenarioProblem[] =>
  unstruckFaults(plan, faults);

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
