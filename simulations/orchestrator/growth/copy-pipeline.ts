// A copy of a pipeline under another name: its tasks, what they write, and what they wait for. What it reads of itself it
// reads of the copy; what it reads of others is what the renaming says.

import type { PipelineDef, TaskDef } from '../../../shared/scenario/workload.ts';
import { copiedTask, type Renaming } from './renaming.ts';

export function copyPipeline(model: PipelineDef, rename: Renaming): PipelineDef {
  const { schedule } = model;
  const name = rename.pipeline(model.name);
  return {
    ...model,
    name,
    schedule:
      schedule.kind === 'datasets' ? { ...schedule, datasets: schedule.datasets.map(rename.dataset) } : schedule,
    tasks: model.tasks.map((task) => copyTask(task, rename, (other) => copiedTask(model.name, other, name))),
  };
}

function copyTask(task: TaskDef, rename: Renaming, own: (name: string) => string): TaskDef {
  return {
    ...task,
    name: own(task.name),
    after: task.after.map(own),
    reads: task.reads.map((read) => ({ ...read, dataset: rename.dataset(read.dataset) })),
    writes: task.writes.map(rename.dataset),
    awaits: task.awaits.map((awaited) => ({ ...awaited, task: rename.label(awaited.task) })),
  };
}
