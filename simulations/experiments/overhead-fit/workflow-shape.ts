// The size of a workflow in three numbers that need no schedule. Every schedule takes at least the critical path, on any
// number of cores.

import { csrBy } from '../../../shared/model/catalog.ts';
import type { MeasuredWorkflow } from '../../../shared/model/measured-workflow.ts';

export interface WorkflowShape {
  readonly taskCount: number;
  /** All run times together. */
  readonly workMs: number;
  /** The longest chain of run times. */
  readonly criticalPathMs: number;
}

/** Throws when the tasks wait for each other in a circle. */
export function shapeOf({ runtimeMs, parent, child }: MeasuredWorkflow): WorkflowShape {
  const taskCount = runtimeMs.length;
  const children = csrBy(parent, child, taskCount);
  const waitsFor = new Int32Array(taskCount);
  for (const task of child) waitsFor[task]++;
  const startMs = new Float64Array(taskCount);
  const order = Array.from(waitsFor.keys()).filter((task) => waitsFor[task] === 0);
  let criticalPathMs = 0;
  for (const task of order) {
    const endMs = startMs[task] + runtimeMs[task];
    criticalPathMs = Math.max(criticalPathMs, endMs);
    for (let i = children.offsets[task]; i < children.offsets[task + 1]; i++) {
      const next = children.values[i];
      startMs[next] = Math.max(startMs[next], endMs);
      if (--waitsFor[next] === 0) order.push(next);
    }
  }
  if (order.length < taskCount) throw new Error('the tasks wait for each other in a circle');
  return { taskCount, workMs: runtimeMs.reduce((sum, ms) => sum + ms, 0), criticalPathMs };
}
