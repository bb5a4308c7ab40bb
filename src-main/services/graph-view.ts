// The graph of a log: pipelines and datasets as nodes, and between them who writes, who reads and who waits. Built from
// the catalog that held last; ids are the log's own rows (name-join), so that times can colour the nodes.

import type { GraphView } from '../../shared/api/views.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import { joinNames, joinTexts, type NameJoin } from './name-join.ts';

export function graphView(log: Log, catalog: Catalog): GraphView {
  const pipelines = joinNames(log.names.pipelines, catalog.pipelines);
  const datasets = joinNames(log.names.datasets, catalog.datasets);
  const ofTask = (task: number): number => pipelines.ofCatalog[catalog.tasks.pipeline[task]];
  const ofDataset = (dataset: number): number => datasets.ofCatalog[dataset];
  return {
    pipelines: pipelineColumns(log, catalog, pipelines),
    datasets: {
      namespace: joinTexts(datasets, log.names.datasets.namespace, catalog.datasets.namespace),
      name: joinTexts(datasets, log.names.datasets.name, catalog.datasets.name),
    },
    writes: accessPairs(catalog.writes, ofTask, ofDataset),
    reads: accessPairs(catalog.reads, ofTask, ofDataset),
    direct: directPairs(catalog, ofTask),
  };
}

function pipelineColumns(log: Log, catalog: Catalog, join: NameJoin): GraphView['pipelines'] {
  const { names, taskRuns } = log;
  const taskCount = new Int32Array(join.count);
  for (const pipeline of catalog.tasks.pipeline) taskCount[join.ofCatalog[pipeline]]++;
  for (const pipeline of names.tasks.pipeline) if (join.toCatalog[pipeline] < 0) taskCount[pipeline]++;
  const hasDeadline = new Uint8Array(join.count);
  for (let i = 0; i < taskRuns.task.length; i++) {
    if (!Number.isNaN(taskRuns.deadlineUs[i])) hasDeadline[names.tasks.pipeline[taskRuns.task[i]]] = 1;
  }
  const fromLog = names.pipelines;
  const fromCatalog = catalog.pipelines;
  return {
    namespace: joinTexts(join, fromLog.namespace, fromCatalog.namespace),
    name: joinTexts(join, fromLog.name, fromCatalog.name),
    domain: joinTexts(join, fromLog.domain, fromCatalog.domain),
    owner: joinTexts(join, [], fromCatalog.owner),
    schedule: joinTexts(join, [], fromCatalog.schedule),
    taskCount,
    hasDeadline,
  };
}

/** Distinct (pipeline, dataset); a pair is declared when any of its tasks waits for the data. */
function accessPairs(
  access: Catalog['reads'],
  ofTask: (task: number) => number,
  ofDataset: (dataset: number) => number,
): GraphView['reads'] {
  const pairs = new DistinctPairs();
  const declared: number[] = [];
  for (let i = 0; i < access.task.length; i++) {
    const pair = pairs.add(ofTask(access.task[i]), ofDataset(access.dataset[i]));
    declared[pair] = Math.max(declared[pair] ?? 0, access.declared[i] ?? 0);
  }
  return {
    pipeline: Int32Array.from(pairs.first),
    dataset: Int32Array.from(pairs.second),
    declared: Uint8Array.from(declared),
  };
}

/** Waits between pipelines that no dataset carries. */
function directPairs({ dependencies }: Catalog, ofTask: (task: number) => number): GraphView['direct'] {
  const pairs = new DistinctPairs();
  for (let i = 0; i < dependencies.task.length; i++) {
    const from = ofTask(dependencies.upstream[i]);
    const to = ofTask(dependencies.task[i]);
    if (from !== to && dependencies.dataset[i] < 0) pairs.add(from, to);
  }
  return { from: Int32Array.from(pairs.first), to: Int32Array.from(pairs.second) };
}

/** Pairs of ids below 2^26, each once, in order of arrival. */
class DistinctPairs {
  readonly first: number[] = [];
  readonly second: number[] = [];
  readonly #rows = new Map<number, number>();

  add(first: number, second: number): number {
    const key = first * 2 ** 26 + second;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#rows.set(key, this.first.length);
    this.second.push(second);
    return this.first.push(first) - 1;
  }
}
