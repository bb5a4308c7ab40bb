// Runs that datasets make. Of a pipeline triggered by all of its partitioned datasets: one for each partition that all of
// them get (of the coarsest, when some are finer). Of one triggered by any of several, or by one dataset: one for each
// publish. Of one triggered by all of several of which some are unpartitioned: the play decides which publishes belong
// together, as they come; as many runs are planned as there can be, and those that never come about are never made.

import { hashText } from '../../../shared/base/hash.ts';
import type { PartitionUnit } from '../../../shared/scenario/workload.ts';
import type { PlanDefinitions } from './definitions.ts';
import { isByMarker } from './messages.ts';
import { partitionAt, partitionStart, partitionsBeginningIn, UNIT_ORDER } from './partitions.ts';
import { RunKind } from './plan.ts';
import type { RunDraft } from './run-table.ts';
import type { Zones } from './zones.ts';

/** Adds runs to the draft in an order in which every trigger is planned before what it triggers. */
export function addTriggeredRuns(draft: RunDraft, defs: PlanDefinitions, zones: Zones): readonly DraftTrigger[] {
  return new TriggerPlanner(draft, defs, zones).plan();
}

interface Publish {
  /** Row of the draft. */
  readonly run: number;
  readonly task: number;
  /** A marker tells of it, and no event. */
  readonly byMarker: boolean;
}

/** A DynamicTrigger while runs are rows of the draft. */
export interface DraftTrigger {
  readonly pipeline: number;
  readonly datasets: readonly number[];
  /** Of each of the datasets. */
  readonly publishes: readonly (readonly Publish[])[];
}

class TriggerPlanner {
  readonly #draft: RunDraft;
  readonly #defs: PlanDefinitions;
  readonly #zones: Zones;
  /** By dataset and partition, made when first asked for. */
  readonly #publishes = new Map<number, Map<number, Publish[]>>();
  readonly #dynamic: DraftTrigger[] = [];

  constructor(draft: RunDraft, defs: PlanDefinitions, zones: Zones) {
    this.#draft = draft;
    this.#defs = defs;
    this.#zones = zones;
  }

  plan(): readonly DraftTrigger[] {
    const { pipelines } = this.#defs;
    const isOpen = pipelines.map(({ schedule }) => schedule.kind === 'datasets');
    let open = pipelines.flatMap((_, id) => (isOpen[id] ? [id] : []));
    while (open.length > 0) {
      const next = open.filter((id) => this.#upstreams(id).every((other) => !isOpen[other] || other === id));
      // A circle of triggers has no first run; the checks of the workload refuse it.
      if (next.length === 0) break;
      for (const id of next) {
        this.#planPipeline(id);
        isOpen[id] = false;
      }
      open = open.filter((id) => isOpen[id]);
    }
    return this.#dynamic;
  }

  #datasets(pipeline: number): number[] {
    const { pipelines, workload } = this.#defs;
    const { schedule } = pipelines[pipeline];
    if (schedule.kind !== 'datasets') return [];
    return schedule.datasets.map((name) => workload.datasets.findIndex((dataset) => dataset.name === name));
  }

  #upstreams(pipeline: number): number[] {
    const { writers, pipelineOf } = this.#defs;
    return this.#datasets(pipeline).flatMap((dataset) => writers[dataset].map((task) => pipelineOf[task]));
  }

  #planPipeline(id: number): void {
    const { schedule } = this.#defs.pipelines[id];
    if (schedule.kind !== 'datasets') return;
    const datasets = this.#datasets(id);
    if (schedule.mode === 'any' || (datasets.length === 1 && this.#unit(datasets[0]) === 'none'))
      this.#eachPublish(id, datasets);
    else if (datasets.every((dataset) => this.#unit(dataset) !== 'none')) this.#eachPartition(id, datasets);
    else this.#asTheyCome(id, datasets);
  }

  #hasEvent(task: number): boolean {
    const { writes, workload } = this.#defs;
    return writes[task].some((dataset) => !isByMarker(workload.datasets[dataset]));
  }

  #unit(dataset: number): PartitionUnit {
    return this.#defs.workload.datasets[dataset].unit;
  }

  /** A task run that publishes several of the datasets makes one run; one by its event and one by its marker, if it has both. */
  #eachPublish(id: number, datasets: readonly number[]): void {
    for (const publish of this.#inOrder(datasets)) {
      const anchorMs = this.#draft.anchorMs.at(publish.run);
      const beside = publish.byMarker && this.#hasEvent(publish.task) ? ' by its marker' : '';
      this.#add(id, anchorMs, `publish ${anchorMs} of ${this.#defs.tasks[publish.task].name}${beside}`, [publish]);
    }
  }

  /** As many as each dataset is published; the k-th stands for the k-th publishes by plan, whichever come together. */
  #asTheyCome(id: number, datasets: readonly number[]): void {
    const publishes = datasets.map((dataset) => this.#inOrder([dataset]));
    const most = publishes.reduce((least, list) => Math.min(least, list.length), Number.POSITIVE_INFINITY);
    for (let k = 0; k < most; k++) {
      const nominalMs = (list: readonly Publish[]): number => this.#draft.nominalMs.at(list[k].run);
      const latest = publishes.reduce((a, b) => (nominalMs(b) > nominalMs(a) ? b : a))[k];
      this.#addAt(id, this.#draft.anchorMs.at(latest.run), `number ${k}`, this.#draft.nominalMs.at(latest.run));
    }
    this.#dynamic.push({ pipeline: id, datasets, publishes });
  }

  /** Publishes of datasets by the ticks of their runs, each once. */
  #inOrder(datasets: readonly number[]): Publish[] {
    const publishes = new Map<string, Publish>();
    for (const dataset of datasets)
      for (const publish of [...this.#publishesOf(dataset).values()].flat())
        publishes.set(`${publish.run} ${publish.task} ${publish.byMarker}`, publish);
    const { nominalMs } = this.#draft;
    return [...publishes.values()].sort((a, b) => nominalMs.at(a.run) - nominalMs.at(b.run) || a.run - b.run);
  }

  #eachPartition(id: number, datasets: readonly number[]): void {
    const coarsest = datasets.reduce((a, b) => (rank(this.#unit(b)) > rank(this.#unit(a)) ? b : a));
    const { unit, zone } = this.#defs.workload.datasets[coarsest];
    const clock = this.#zones.clock(zone);
    const indexes = [...this.#publishesOf(coarsest).keys()].sort((a, b) => a - b);
    for (const index of indexes) {
      const startMs = partitionStart(unit, clock, index);
      const endMs = partitionStart(unit, clock, index + 1);
      const parts = datasets.map((dataset) => this.#publishesWithin(dataset, startMs, endMs));
      if (parts.every((part) => part.length > 0)) this.#add(id, startMs, `tick ${startMs}`, parts.flat());
    }
  }

  /**
   * Publishes of all partitions that begin in a period, for a period whose last one is written: earlier ones that are
   * not were there before the start. Empty for a period that is not completed.
   */
  #publishesWithin(dataset: number, startMs: number, endMs: number): Publish[] {
    const { unit, zone } = this.#defs.workload.datasets[dataset];
    const { first, last } = partitionsBeginningIn(unit, this.#zones.clock(zone), startMs, endMs);
    const publishes = this.#publishesOf(dataset);
    if (!publishes.has(last)) return [];
    return Array.from({ length: last - first + 1 }, (_, i) => publishes.get(first + i) ?? []).flat();
  }

  #publishesOf(dataset: number): Map<number, Publish[]> {
    const known = this.#publishes.get(dataset);
    if (known) return known;
    const { writers, pipelineOf, workload } = this.#defs;
    const { unit, zone } = workload.datasets[dataset];
    const byMarker = isByMarker(workload.datasets[dataset]);
    const publishes = new Map<number, Publish[]>();
    for (const task of writers[dataset])
      for (const run of this.#draft.rowsOf[pipelineOf[task]]) {
        const index = partitionAt(unit, this.#zones.clock(zone), this.#draft.anchorMs.at(run));
        const list = publishes.get(index);
        if (list) list.push({ run, task, byMarker });
        else publishes.set(index, [{ run, task, byMarker }]);
      }
    this.#publishes.set(dataset, publishes);
    return publishes;
  }

  #add(pipeline: number, anchorMs: number, name: string, triggers: readonly Publish[]): void {
    const nominalMs = triggers.reduce(
      (latest, { run }) => Math.max(latest, this.#draft.nominalMs.at(run)),
      Number.NEGATIVE_INFINITY,
    );
    const run = this.#addAt(pipeline, anchorMs, name, nominalMs);
    for (const trigger of triggers) this.#draft.addTrigger(run, trigger.run, trigger.task, trigger.byMarker);
  }

  #addAt(pipeline: number, anchorMs: number, name: string, nominalMs: number): number {
    const [dueMs, nameHash] = [Number.NaN, hashText(name)];
    return this.#draft.add({
      pipeline,
      kind: RunKind.triggered,
      dueMs,
      nominalMs,
      anchorMs,
      nameHash,
      backfill: -1,
    });
  }
}

const rank = (unit: PartitionUnit): number => UNIT_ORDER.indexOf(unit);
