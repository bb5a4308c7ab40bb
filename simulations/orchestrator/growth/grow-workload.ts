// Growth: more pipelines like those there are, and more data in all of them, on the same pools. A pure function of the
// definitions: the new ones come last, under new names (`model+1`), and write datasets of their own; nothing of what was
// there changes but its data. So every draw of an existing pipeline stays what it was, and what moves is what shares
// pools, executor and loop with the new ones.
// `same-upstreams`: the new ones wait for what their models wait for. `new-sources`: what is upstream of them is copied
// with them, down to the sources.
// `data`: durations, checks and rows of all x (1 + data): work in proportion to rows. Start-up, retry delays, timeouts,
// finalize and publish stay.

import type { Growth } from '../../../shared/scenario/scenario.ts';
import { type DatasetDef, labelOf, type PipelineDef, type Workload } from '../../../shared/scenario/workload.ts';
import { scaled } from '../durations/scale.ts';
import { type ChosenCopy, chooseCopies } from './choose-copies.ts';
import { copyPipeline } from './copy-pipeline.ts';
import { CopyNames, type Renaming } from './renaming.ts';

export interface GrownWorkload {
  readonly workload: Workload;
  /** New pipelines that were asked for. */
  readonly added: number;
  /** Those upstream of them that came with them. */
  readonly addedUpstreams: number;
  /** The model's label of each new task's label. */
  readonly models: ReadonlyMap<string, string>;
  /** 1 + data. */
  readonly dataFactor: number;
}

/** Null grows nothing. Expects a workload that was checked. */
export function growWorkload(workload: Workload, growth: Growth | null): GrownWorkload {
  if (growth === null) return { workload, added: 0, addedUpstreams: 0, models: new Map(), dataFactor: 1 };
  const names = new CopyNames(workload);
  const copies = chooseCopies(workload, growth, names);
  const renamings = renamingsOf(copies, growth, names);
  const pipelines = copies.map(({ pipeline }, i) => copyPipeline(workload.pipelines[pipeline], renamings[i]));
  const dataFactor = 1 + growth.data;
  const grown: Workload = {
    ...workload,
    datasets: [...workload.datasets, ...copiedDatasets(workload, copies, renamings)],
    pipelines: [...workload.pipelines, ...pipelines],
    taskOrder: orderWith(workload, pipelines),
  };
  const added = copies.filter(({ isWanted }) => isWanted).length;
  return {
    workload: withData(grown, dataFactor),
    added,
    addedUpstreams: copies.length - added,
    models: modelLabels(workload, copies, pipelines),
    dataFactor,
  };
}

/** Copies of one generation know each other where upstreams are new; else each knows only itself. */
function renamingsOf(copies: readonly ChosenCopy[], { attach }: Growth, names: CopyNames): Renaming[] {
  if (attach === 'same-upstreams')
    return copies.map(({ pipeline, generation }) => names.renaming(generation, new Set([pipeline])));
  const generations = new Map<number, Set<number>>();
  for (const { pipeline, generation } of copies)
    generations.set(generation, (generations.get(generation) ?? new Set()).add(pipeline));
  const renamings = new Map([...generations].map(([generation, ids]) => [generation, names.renaming(generation, ids)]));
  return copies.map(({ generation }) => renamings.get(generation) as Renaming);
}

function copiedDatasets(
  { pipelines, datasets }: Workload,
  copies: readonly ChosenCopy[],
  renamings: readonly Renaming[],
): DatasetDef[] {
  const defs = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  const copied = new Map<string, DatasetDef>();
  for (const [i, { pipeline }] of copies.entries())
    for (const written of pipelines[pipeline].tasks.flatMap(({ writes }) => writes)) {
      const def = defs.get(written);
      const name = renamings[i].dataset(written);
      if (def !== undefined) copied.set(name, { ...def, name });
    }
  return [...copied.values()];
}

/** Task runs of the new ones come after all others. */
function orderWith({ taskOrder }: Workload, added: readonly PipelineDef[]): Int32Array | null {
  if (taskOrder === null) return null;
  const tasks = added.reduce((sum, pipeline) => sum + pipeline.tasks.length, 0);
  const last = taskOrder.reduce((most, rank) => Math.max(most, rank), -1);
  return Int32Array.from([...taskOrder, ...Array.from({ length: tasks }, (_, i) => last + 1 + i)]);
}

const modelLabels = (
  { pipelines }: Workload,
  copies: readonly ChosenCopy[],
  added: readonly PipelineDef[],
): Map<string, string> =>
  new Map(
    copies.flatMap(({ pipeline }, i) => {
      const model = pipelines[pipeline];
      const copy = added[i];
      return copy.tasks.map((task, t) => [labelOf(copy.name, task.name), labelOf(model.name, model.tasks[t].name)]);
    }),
  );

function withData(workload: Workload, factor: number): Workload {
  if (factor === 1) return workload;
  return {
    ...workload,
    datasets: workload.datasets.map((dataset) => ({
      ...dataset,
      rows: Math.round(dataset.rows * factor),
      check: dataset.check && { ...dataset.check, duration: scaled(dataset.check.duration, factor) },
    })),
    pipelines: workload.pipelines.map((pipeline) => ({
      ...pipeline,
      tasks: pipeline.tasks.map((task) => ({ ...task, duration: scaled(task.duration, factor) })),
    })),
  };
}
