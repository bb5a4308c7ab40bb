// What is run, with all that the simulator needs to know of it: pools, datasets, and pipelines with their tasks.
// Richer than a catalog (which holds what any source can tell) and written in names: a scenario defines one, a base
// catalog is turned into one, and the run plan numbers it. Times in milliseconds; null is "none" or "no limit".

import type { Distribution } from '../model/distribution.ts';
import type { QualityGate } from '../model/ledger.ts';
import type { CronFields } from './cron.ts';
import type { Shift } from './units.ts';

/** How a dataset is cut into partitions. Hours are UTC hours, each of which exists once. */
export type PartitionUnit = 'none' | 'hour' | 'day' | 'week' | 'month';
/** Whose partition a run is for: of the interval that its tick ends (a nightly run builds yesterday), or of the tick. */
export type PartitionOf = 'interval' | 'tick';
/** How a task learns that what it waits for is there; `none` does not wait and reads whatever is there. */
export const WAIT_MODES = ['event', 'poke', 'reschedule', 'deferrable', 'none'] as const;
export type WaitMode = (typeof WAIT_MODES)[number];

/** Airflow's names; `always` starts whatever the upstreams did. */
export const TRIGGER_RULES = [
  'all_success',
  'all_failed',
  'all_done',
  'all_skipped',
  'one_success',
  'one_failed',
  'one_done',
  'none_failed',
  'none_failed_min_one_success',
  'none_skipped',
  'always',
] as const;
export type TriggerRule = (typeof TRIGGER_RULES)[number];

export interface PoolDef {
  readonly name: string;
  readonly slots: number | null;
  /** Duration factor by the share of slots in use, ascending shares, straight lines between; empty for none. */
  readonly slowdown: readonly { readonly share: number; readonly factor: number }[];
}

export interface DatasetDef {
  readonly name: string;
  readonly unit: PartitionUnit;
  /** Where its days, weeks and months begin. */
  readonly zone: string;
  /** A check between write and finalize: how long it takes, and how often it passes. */
  readonly check: { readonly duration: Distribution; readonly passShare: number } | null;
  /** Name of the marker file that tells readers, or null when they are told by events. */
  readonly marker: string | null;
  /** Rows of a usual version; NaN is unknown. */
  readonly rows: number;
  /** What the ledger holds a version to; the simulator has `check` instead. */
  readonly gate?: QualityGate;
}

export type ScheduleDef =
  | { readonly kind: 'cron'; readonly cron: CronFields }
  /** Ticks at scenario start + offset + k x every. */
  | { readonly kind: 'every'; readonly everyMs: number; readonly offsetMs: number }
  /** Runs when all (any) of these datasets were published. */
  | { readonly kind: 'datasets'; readonly mode: 'all' | 'any'; readonly datasets: readonly string[] }
  | { readonly kind: 'poisson'; readonly meanGapMs: number }
  /** Ms from the scenario's start, ascending. */
  | { readonly kind: 'at'; readonly atMs: readonly number[] }
  | { readonly kind: 'manual' };

/** Which partitions of a dataset a run needs, from the run's own time. The shift is made first. */
export interface PartitionMapping {
  readonly shift: Shift;
  /** `same`: the one there; `window`: all that begin in that hour, day … of the pipeline's zone; `last`: it and the ones before. */
  readonly select:
    | { readonly kind: 'same' }
    | { readonly kind: 'window'; readonly unit: Exclude<PartitionUnit, 'none'> }
    | { readonly kind: 'last'; readonly count: number };
  /** One of them is enough. */
  readonly any: boolean;
}

export interface WaitDef {
  readonly mode: WaitMode;
  /** Between two looks, for poke and reschedule. */
  readonly everyMs: number;
  /** Given up after this long. */
  readonly timeoutMs: number | null;
}

export interface ReadDef {
  readonly dataset: string;
  readonly mapping: PartitionMapping;
  readonly wait: WaitDef;
}

/** Waits for the end of a task of another pipeline, in the last run of it at or before this run's time plus the shift. */
export interface AwaitDef {
  /** `pipeline.task`. */
  readonly task: string;
  readonly shift: Shift;
  readonly wait: WaitDef;
}

export interface RetryDef {
  /** Tries after the first. */
  readonly times: number;
  readonly delayMs: number;
  readonly backoff: 'fixed' | 'exponential';
  readonly capMs: number;
}

export interface TaskDef {
  readonly name: string;
  readonly duration: Distribution;
  /** Some runs take a multiple. */
  readonly stragglers: { readonly share: number; readonly factor: number } | null;
  readonly pool: string;
  readonly slots: number;
  readonly priority: number;
  /** Tasks of the same pipeline. */
  readonly after: readonly string[];
  readonly rule: TriggerRule;
  readonly reads: readonly ReadDef[];
  readonly writes: readonly string[];
  readonly awaits: readonly AwaitDef[];
  readonly retries: RetryDef;
  readonly timeoutMs: number | null;
  /** Task runs of this task at a time, over all runs. */
  readonly concurrency: number | null;
  /** Mapped copies of it in each run, drawn evenly from low to high; null for a task that is not mapped. */
  readonly map: { readonly low: number; readonly high: number } | null;
  /** It does not start before its run's due time plus this. */
  readonly notBeforeMs: number;
  /** Its data must have landed by its run's due time plus this. */
  readonly deadlineMs: number | null;
  /** From its end to the moment its outputs are whole, when it has a time of its own; null: the finalize service's. */
  readonly finalize: Distribution | null;
  readonly dependsOnPast: boolean;
  readonly waitForDownstream: boolean;
}

export interface PipelineDef {
  readonly name: string;
  readonly domain: string;
  readonly owner: string;
  readonly tier: string;
  readonly tags: readonly string[];
  readonly schedule: ScheduleDef;
  /** Of its cron and its windows. */
  readonly zone: string;
  readonly partitionOf: PartitionOf;
  /** Delay of each run's start. */
  readonly jitter: Distribution | null;
  /** Dates (days since the epoch, in its zone) on which no tick makes a run. */
  readonly skipDays: readonly number[];
  /** Ticks from this time on (ms from the start, negative) that were missed are run at the start; null: none. */
  readonly catchUpFromMs: number | null;
  readonly activeRuns: number | null;
  readonly activeTasks: number | null;
  /** Sigma of a log-normal factor shared by all tasks of a run, and by all runs of a night in one domain. */
  readonly variation: { readonly run: number; readonly night: number };
  /** Correlation of any two durations of a run, as normal scores: each keeps its own distribution. Only fits have it. */
  readonly correlation?: number;
  readonly tasks: readonly TaskDef[];
}

export interface Workload {
  readonly pools: readonly PoolDef[];
  readonly datasets: readonly DatasetDef[];
  readonly pipelines: readonly PipelineDef[];
  /**
   * Order of task runs where it is not the order of the definitions: by task, in the order of pipelines and their tasks.
   * Ties between equals are broken by it. Only a reference day needs it, whose ids mix pipelines.
   */
  readonly taskOrder: Int32Array | null;
}

/** The pool of tasks that name none. */
export const DEFAULT_POOL = 'default';

/** `pipeline.task`; the pipeline alone when the task has its name: as taskLabel of a catalog. */
export const labelOf = (pipeline: string, task: string): string =>
  pipeline === task ? pipeline : `${pipeline}.${task}`;
