// Collects pipeline runs while they are planned: first those with ticks, then what these trigger, then backfills. In
// the end they are put in order by pipeline; until then a run is its row here.

import { float64Column, rowNumbers } from '../../../shared/base/columns.ts';
import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';
import { csrBy } from '../../../shared/model/catalog.ts';
import type { PlannedRuns } from './plan.ts';

export interface NewRun {
  readonly pipeline: number;
  readonly kind: number;
  readonly dueMs: number;
  readonly nominalMs: number;
  readonly anchorMs: number;
  readonly nameHash: number;
  readonly backfill: number;
}

export class RunDraft {
  readonly pipeline = new GrowableInt32();
  readonly #kind = new GrowableInt32();
  readonly #dueMs = new GrowableFloat64();
  readonly nominalMs = new GrowableFloat64();
  readonly anchorMs = new GrowableFloat64();
  readonly #nameHash = new GrowableInt32();
  readonly #backfill = new GrowableInt32();
  /** Rows of (triggered run, run that triggers it, the task that writes, 1 where a marker tells of it). */
  readonly triggeredRun = new GrowableInt32();
  readonly triggerRun = new GrowableInt32();
  readonly triggerTask = new GrowableInt32();
  readonly triggerByMarker = new GrowableInt32();
  /** Rows of each pipeline, without its backfills, by nominal time. */
  readonly rowsOf: number[][];

  constructor(pipelines: number) {
    this.rowsOf = Array.from({ length: pipelines }, () => []);
  }

  get count(): number {
    return this.pipeline.length;
  }

  add(run: NewRun): number {
    this.#kind.push(run.kind);
    this.#dueMs.push(run.dueMs);
    this.nominalMs.push(run.nominalMs);
    this.anchorMs.push(run.anchorMs);
    this.#nameHash.push(run.nameHash);
    this.#backfill.push(run.backfill);
    const row = this.pipeline.push(run.pipeline);
    if (run.backfill < 0) this.rowsOf[run.pipeline].push(row);
    return row;
  }

  addTrigger(run: number, byRun: number, byTask: number, byMarker: boolean): void {
    this.triggeredRun.push(run);
    this.triggerRun.push(byRun);
    this.triggerTask.push(byTask);
    this.triggerByMarker.push(byMarker ? 1 : 0);
  }

  /** Rows in their final order: by pipeline, then as they were added (backfills were added last). */
  order(): Int32Array {
    const pipeline = this.pipeline.finish();
    return csrBy(pipeline, rowNumbers(pipeline.length), this.rowsOf.length).values;
  }

  /** All columns but the triggers, which name task runs. */
  finish(order: Int32Array): Omit<PlannedRuns, 'triggers'> {
    const pipeline = order.map((row) => this.pipeline.at(row));
    const backfill = order.map((row) => this.#backfill.at(row));
    return {
      count: order.length,
      pipeline,
      kind: new Uint8Array(order.map((row) => this.#kind.at(row))),
      dueMs: float64Column(order.length, (i) => this.#dueMs.at(order[i])),
      nominalMs: float64Column(order.length, (i) => this.nominalMs.at(order[i])),
      anchorMs: float64Column(order.length, (i) => this.anchorMs.at(order[i])),
      nameHash: order.map((row) => this.#nameHash.at(row)),
      backfill,
      previous: previousRuns(pipeline, backfill),
    };
  }
}

/** Neighbours of one pipeline and batch: runs of a batch stand together and in order of time. */
function previousRuns(pipeline: Int32Array, backfill: Int32Array): Int32Array {
  return pipeline.map((_, i) =>
    i > 0 && pipeline[i - 1] === pipeline[i] && backfill[i - 1] === backfill[i] ? i - 1 : -1,
  );
}

/** Where each run stands in the final order. */
export function ranksOf(order: Int32Array): Int32Array {
  const rank = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) rank[order[i]] = i;
  return rank;
}

/** Task runs that trigger each run. `taskRunOf` gives the first copy of a task in a run, and how many there are. */
export function triggersOf(
  draft: RunDraft,
  rank: Int32Array,
  taskRunOf: (run: number, task: number) => { readonly first: number; readonly count: number },
): PlannedRuns['triggers'] {
  const runs = new GrowableInt32();
  const upstreams = new GrowableInt32();
  const byMarker = new GrowableInt32();
  for (let i = 0; i < draft.triggeredRun.length; i++) {
    const { first, count } = taskRunOf(rank[draft.triggerRun.at(i)], draft.triggerTask.at(i));
    for (let copy = 0; copy < count; copy++) {
      runs.push(rank[draft.triggeredRun.at(i)]);
      upstreams.push(first + copy);
      byMarker.push(draft.triggerByMarker.at(i));
    }
  }
  const { offsets, values: rows } = csrBy(runs.finish(), rowNumbers(runs.length), rank.length);
  return {
    offsets,
    values: rows.map((row) => upstreams.at(row)),
    byMarker: Uint8Array.from(rows, (row) => byMarker.at(row)),
  };
}
