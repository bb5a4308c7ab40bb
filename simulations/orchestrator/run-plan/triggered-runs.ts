// Runs that datasets make, as far as they are known before the play: of a pipeline triggered by all of its partitioned
// datasets, one for each partition that all of them get (of the coarsest, when some are finer); of a pipeline triggered
// by one dataset, one for each publish of it. Everything else is dynamic: which publishes belong together is decided by
// when they come.

import { hashText } from '../../../shared/base/hash.ts';
import type { PartitionUnit } from '../../../shared/scenario/workload.ts';
import type { PlanDefinitions } from './definitions.ts';
import { partitionAt, partitionStart, partitionsBeginningIn, UNIT_ORDER } from './partitions.ts';
import { type DynamicTrigger, RunKind } from './plan.ts';
import type { RunDraft } from './run-table.ts';
import type { Zones } from './zones.ts';

/** Adds runs to the draft in an order in which every trigger is planned before what it triggers. */
export function addTriggeredRuns(draft: RunDraft, defs: PlanDefinitions, zones: Zones): readonly DynamicTrigger[] {
  return new TriggerPlanner(draft, defs, zones).plan();
}

interface Publish {
  readonly run: number;
  readonly task: number;
}

class TriggerPlanner {
  readonly #draft: RunDraft;
  readonly #defs: PlanDefinitions;
  readonly #zones: Zones;
  /** By dataset and partition, made when first asked for. */
  readonly #publishes = new Map<number, Map<number, Publish[]>>();
  readonly #dynamic: DynamicTrigger[] = [];

  constructor(draft: RunDraft, defs: PlanDefinitions, zones: Zones) {
    this.#draft = draft;
    this.#defs = defs;
    this.#zones = zones;
  }

  plan(): readonly DynamicTrigger[] {
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
    const isKnown = this.#upstreams(id).every((other) => !this.#dynamic.some(({ pipeline }) => pipeline === other));
    if (isKnown && datasets.length === 1 && schedule.mode === 'any') this.#eachPublish(id, datasets[0]);
    else if (isKnown && datasets.length === 1 && this.#unit(datasets[0]) === 'none') this.#eachPublish(id, datasets[0]);
    else if (isKnown && schedule.mode === 'all' && datasets.every((d) => this.#unit(d) !== 'none'))
      this.#eachPartition(id, datasets);
    else this.#dynamic.push({ pipeline: id, mode: schedule.mode, datasets });
  }

  #unit(dataset: number): PartitionUnit {
    return this.#defs.workload.datasets[dataset].unit;
  }

  #eachPublish(id: number, dataset: number): void {
    const publishes = [...this.#publishesOf(dataset).values()].flat();
    publishes.sort((a, b) => this.#draft.nominalMs.at(a.run) - this.#draft.nominalMs.at(b.run) || a.run - b.run);
    for (const publish of publishes) {
      const anchorMs = this.#draft.anchorMs.at(publish.run);
      this.#add(id, anchorMs, `publish ${anchorMs} of ${this.#defs.tasks[publish.task].name}`, [publish]);
    }
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
    const publishes = new Map<number, Publish[]>();
    for (const task of writers[dataset])
      for (const run of this.#draft.rowsOf[pipelineOf[task]]) {
        const index = partitionAt(unit, this.#zones.clock(zone), this.#draft.anchorMs.at(run));
        const list = publishes.get(index);
        if (list) list.push({ run, task });
        else publishes.set(index, [{ run, task }]);
      }
    this.#publishes.set(dataset, publishes);
    return publishes;
  }

  #add(pipeline: number, anchorMs: number, name: string, triggers: readonly Publish[]): void {
    const nominalMs = triggers.reduce(
      (latest, { run }) => Math.max(latest, this.#draft.nominalMs.at(run)),
      Number.NEGATIVE_INFINITY,
    );
    const run = this.#draft.add({
      pipeline,
      kind: RunKind.triggered,
      dueMs: Number.NaN,
      nominalMs,
      anchorMs,
      nameHash: hashText(name),
      backfill: -1,
    });
    for (const trigger of triggers) this.#draft.addTrigger(run, trigger.run, trigger.task);
  }
}

const rank = (unit: PartitionUnit): number => UNIT_ORDER.indexOf(unit);
