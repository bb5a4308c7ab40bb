// A task's weight under the orchestrator's rule (Airflow's weight_rule): its own; its own and those of every task below
// it in its pipeline; or of every task above it. Each counts once, however many ways lead to it.

import type { PriorityRule } from '../../../shared/scenario/scenario.ts';
import type { TaskDef } from '../../../shared/scenario/workload.ts';

/** Sums are held to 32 bits. `after` must have no cycle. */
export function effectivePriorities(
  rule: PriorityRule,
  tasks: readonly TaskDef[],
  after: readonly Int32Array[],
): Int32Array {
  if (rule === 'absolute') return Int32Array.from(tasks, ({ priority }) => priority);
  const next = rule === 'upstream' ? after : reversed(after);
  const stamp = new Int32Array(tasks.length).fill(-1);
  return Int32Array.from(tasks, (_, task) => {
    let sum = 0;
    const open = [task];
    stamp[task] = task;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      sum += tasks[at].priority;
      for (const other of next[at]) {
        if (stamp[other] === task) continue;
        stamp[other] = task;
        open.push(other);
      }
    }
    return Math.max(-2_147_483_648, Math.min(2_147_483_647, sum));
  });
}

function reversed(after: readonly Int32Array[]): number[][] {
  const below = after.map((): number[] => []);
  for (const [task, upstreams] of after.entries()) for (const upstream of upstreams) below[upstream].push(task);
  return below;
}
