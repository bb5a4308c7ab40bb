// Which pipelines a growth copies, in which order. Models are taken evenly over the order of the definitions (which
// follows domains), and the order is nested: +50 % has all the new pipelines of +40 %, under the same names, so two sizes
// of growth differ only in what the larger one adds. Where there are more new ones than models, a second generation
// begins, and so on.

import type { Growth } from '../../../shared/scenario/scenario.ts';
import type { PipelineDef, Workload } from '../../../shared/scenario/workload.ts';
import type { CopyNames } from './renaming.ts';

export interface ChosenCopy {
  /** Of its model. */
  readonly pipeline: number;
  /** From 1. */
  readonly generation: number;
  /** False: it came with another, being upstream of it. */
  readonly isWanted: boolean;
}

export function chooseCopies({ pipelines }: Workload, growth: Growth, names: CopyNames): readonly ChosenCopy[] {
  const models = modelsOf(pipelines, growth);
  const isModel = new Set(models);
  const order = evenly(models);
  const wanted = growth.pipelines > 0 ? Math.max(1, Math.round(growth.pipelines * models.length)) : 0;
  const upstreams = growth.attach === 'new-sources' ? upstreamsOf(pipelines, names) : () => [];
  const copies: ChosenCopy[] = [];
  let found = 0;
  for (let generation = 1; found < wanted && order.length > 0; generation++) {
    const seen = new Set<number>();
    for (const model of order) {
      if (found >= wanted) break;
      for (const pipeline of reachable(model, upstreams, seen)) {
        copies.push({ pipeline, generation, isWanted: isModel.has(pipeline) });
        if (isModel.has(pipeline)) found++;
      }
    }
  }
  return copies;
}

/** Named by name or domain; all when none is named. */
function modelsOf(pipelines: readonly PipelineDef[], { like }: Growth): number[] {
  const wanted = new Set(like);
  const is = ({ name, domain }: PipelineDef): boolean => wanted.size === 0 || wanted.has(name) || wanted.has(domain);
  return pipelines.flatMap((pipeline, id) => (is(pipeline) ? [id] : []));
}

/** By reversed bits of the rank (J. G. van der Corput, 1935): any first part is spread evenly over all. */
const evenly = (models: readonly number[]): number[] =>
  models
    .map((id, at) => ({ id, rank: reversedBits(at) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ id }) => id);

function reversedBits(value: number): number {
  let reversed = 0;
  for (let rest = value, half = 0.5; rest > 0; rest >>>= 1, half /= 2) if (rest & 1) reversed += half;
  return reversed;
}

/** What is not seen yet of a pipeline and all upstream of it; marks it as seen. */
function reachable(from: number, upstreams: (id: number) => readonly number[], seen: Set<number>): number[] {
  const found: number[] = [];
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    found.push(id);
    open.push(...upstreams(id));
  }
  return found;
}

function upstreamsOf(pipelines: readonly PipelineDef[], names: CopyNames): (id: number) => readonly number[] {
  const writersOf = new Map<string, number[]>();
  for (const [id, { tasks }] of pipelines.entries())
    for (const { writes } of tasks)
      for (const dataset of writes) {
        const writers = writersOf.get(dataset);
        if (writers) writers.push(id);
        else writersOf.set(dataset, [id]);
      }
  return (id) => {
    const { schedule, tasks } = pipelines[id];
    const triggers = schedule.kind === 'datasets' ? schedule.datasets : [];
    const reads = tasks.flatMap((task) => task.reads.map(({ dataset }) => dataset));
    const awaited = tasks.flatMap(({ awaits }) => awaits.map(({ task }) => names.pipelineOf(task)));
    return [...[...triggers, ...reads].flatMap((dataset) => writersOf.get(dataset) ?? []), ...awaited];
  };
}
