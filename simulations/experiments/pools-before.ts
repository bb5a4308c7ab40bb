// The pools that a landing goes through: those of the task runs that write what is to land, and of all that they wait
// for, directly or not. Where more slots may help it.

import type { Scenario } from '../../shared/scenario/scenario.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';

/** Pool ids; all pools when no target is a landing. */
export function poolsBefore(plan: RunPlan, { targets }: Pick<Scenario, 'targets'>): ReadonlySet<number> {
  const { definitions, taskRuns, dependencies, runs } = plan;
  const landings = new Set(targets.flatMap((target) => (target.kind === 'landing' ? [target.dataset] : [])));
  if (landings.size === 0) return new Set(definitions.poolSlots.keys());
  const isSeen = new Uint8Array(taskRuns.count);
  const open: number[] = [];
  const add = (taskRun: number): void => {
    if (isSeen[taskRun] !== 0) return;
    isSeen[taskRun] = 1;
    open.push(taskRun);
  };
  const isWriter = definitions.tasks.map(({ writes }) => writes.some((dataset) => landings.has(dataset)));
  taskRuns.task.forEach((task, taskRun) => {
    if (isWriter[task]) add(taskRun);
  });
  const pools = new Set<number>();
  for (let taskRun = open.pop(); taskRun !== undefined; taskRun = open.pop()) {
    pools.add(definitions.pool[taskRuns.task[taskRun]]);
    for (let i = dependencies.offsets[taskRun]; i < dependencies.offsets[taskRun + 1]; i++)
      add(dependencies.upstream[i]);
    const run = taskRuns.run[taskRun];
    for (let i = runs.triggers.offsets[run]; i < runs.triggers.offsets[run + 1]; i++) add(runs.triggers.values[i]);
  }
  return pools;
}
