// The run plan: every pipeline run and task run that a workload makes over a horizon, as columns, with what each waits
// for. Known before anything is played: due times, partitions, dependencies. Not known, and left to the play: when
// things end, and which publishes make a run of a pipeline that is triggered by all of several unpartitioned datasets.
// Times are ms from the scenario's start, in doubles: a horizon of 90 days does not fit the engine's 30 bits.

import type { Csr } from '../../../shared/model/catalog.ts';
import type { PlanDefinitions } from './definitions.ts';

export interface PlanFrame {
  readonly seed: number;
  readonly replication: number;
  /** Epoch ms of time 0. */
  readonly startMs: number;
  readonly horizonMs: number;
}

export const RunKind = { scheduled: 0, catchUp: 1, triggered: 2, backfill: 3 } as const;
export type RunKind = (typeof RunKind)[keyof typeof RunKind];

/** Pipeline runs: by pipeline; the scheduled ones of each by time, then its backfills in the order of the scenario. */
export interface PlannedRuns {
  readonly count: number;
  readonly pipeline: Int32Array;
  readonly kind: Uint8Array;
  /** When it is to be created: its tick with jitter, the asking of a backfill; NaN for a triggered run. Negative: missed before the start. */
  readonly dueMs: Float64Array;
  /** The tick itself; of a triggered run the latest tick among what triggers it. */
  readonly nominalMs: Float64Array;
  /** Epoch ms: a moment of the partitions that the run is for. */
  readonly anchorMs: Float64Array;
  /** Row of the scenario's backfills, or -1. */
  readonly backfill: Int32Array;
  /** The run before it of the same pipeline and batch, or -1. */
  readonly previous: Int32Array;
  /** Hash of the run's stable name, for random draws. */
  readonly nameHash: Int32Array;
  /** Task runs whose publish makes it start (all of them); empty for runs that have a due time. */
  readonly triggers: PlannedTriggers;
}

export interface PlannedTriggers extends Csr {
  /** By row of the values: 1 where a marker tells of what triggers, 0 where an event does. */
  readonly byMarker: Uint8Array;
}

/** Task runs: in the order of runs and of the tasks in each, copies of a mapped task beside each other (but see taskOrder). */
export interface PlannedTaskRuns {
  readonly count: number;
  readonly run: Int32Array;
  readonly task: Int32Array;
  /** -1 for a task that is not mapped. */
  readonly mapIndex: Int32Array;
  /** Not before this, at least 0; 0 for triggered runs, whose triggers come later anyway. */
  readonly releaseMs: Float64Array;
  /** By when its data must have landed; NaN for never. */
  readonly deadlineMs: Float64Array;
  /** Of each run. */
  readonly ofRun: Csr;
}

export const WaitKind = {
  /** For the upstream's end. */
  finish: 0,
  /** For the publish of what the upstream writes. */
  publish: 1,
  /** For an earlier run's task, which must have succeeded or been skipped (depends_on_past, wait_for_downstream). */
  past: 2,
} as const;

/**
 * What task run i waits for: rows `offsets[i] … offsets[i + 1])`, each upstream and kind once; a publish once by an event
 * and once by a marker.
 */
export interface PlannedDependencies {
  readonly offsets: Int32Array;
  readonly upstream: Int32Array;
  /** A WaitKind. */
  readonly kind: Uint8Array;
  /** Row of definitions.waits: how it learns of it; -1 for the scheduler itself, inside a pipeline. */
  readonly wait: Int32Array;
  /** Row of partitions, or -1. */
  readonly partition: Int32Array;
  /** Rows with the same group (>= 0) are alternatives: one is enough. Groups are numbered over the plan. */
  readonly group: Int32Array;
}

/** What task run i reads or writes: rows of partitions. */
export interface PlannedAccess {
  readonly offsets: Int32Array;
  readonly partition: Int32Array;
}

/** Partitions that somebody reads or writes; `index` counts hours, days, weeks or months (partitions.ts). */
export interface PlannedPartitions {
  readonly count: number;
  readonly dataset: Int32Array;
  readonly index: Int32Array;
  /** Task runs that write it, backfills last. */
  readonly writers: Csr;
}

/**
 * A pipeline whose next run is made when all of these datasets have been published since the run before; which publishes
 * come together, the play decides.
 */
export interface DynamicTrigger {
  readonly pipeline: number;
  readonly datasets: readonly number[];
  /** Its runs, as many as can come: `firstRun … firstRun + runCount`. Those that never come are never made. */
  readonly firstRun: number;
  readonly runCount: number;
  /** Publishes: the place of each one's dataset in `datasets`, and the task runs whose publishes make it (all of them). */
  readonly publishOf: Int32Array;
  readonly publishers: Csr;
}

/** Task runs that wait for a partition which nobody writes within the plan: they never start. */
export interface OpenWaits {
  readonly taskRun: Int32Array;
  readonly partition: Int32Array;
  readonly wait: Int32Array;
}

/** What a landing target judges: one trial a run that writes its dataset. */
export interface PlannedLandings {
  /** Row of the scenario's targets. */
  readonly target: number;
  /** Its dataset is told by a marker. */
  readonly byMarker: boolean;
  /** By trial, from the start. */
  readonly deadlineMs: Float64Array;
  /** By trial: the task runs (copies of one task) that all must have landed. */
  readonly writers: Csr;
}

export interface RunPlan {
  readonly frame: PlanFrame;
  readonly definitions: PlanDefinitions;
  readonly runs: PlannedRuns;
  readonly taskRuns: PlannedTaskRuns;
  readonly dependencies: PlannedDependencies;
  readonly reads: PlannedAccess;
  readonly writes: PlannedAccess;
  readonly partitions: PlannedPartitions;
  readonly dynamic: readonly DynamicTrigger[];
  readonly open: OpenWaits;
  readonly landings: readonly PlannedLandings[];
  /** Another replication has other runs or times (Poisson arrivals, jitter, drawn map counts); else one plan serves all. */
  readonly variesByReplication: boolean;
}
