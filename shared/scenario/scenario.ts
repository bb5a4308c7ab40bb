// A scenario as it is used: read, checked, presets filled in, all times in milliseconds. What is written in YAML is the
// document (schema/document.ts); this is what it means. null is "none" or "no limit" everywhere.

import type { Distribution } from '../model/distribution.ts';
import type { PartitionOf, RetryDef, WaitMode, Workload } from './workload.ts';

export const PRESET_NAMES = ['ideal', 'airflow-2', 'airflow-3', 'dagster', 'poll-only'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** The scheduler's loop; null where every change is acted on at once. */
export interface SchedulerLoop {
  /** Slept when a loop found nothing to do. */
  readonly idleMs: number;
  /** Task runs taken from the queue in one loop. */
  readonly batchTasks: number;
  readonly createdRuns: number;
  readonly examinedRuns: number;
  /** A loop takes fixed + perTask x considered tasks + growth x thousands of task runs ever created. */
  readonly fixedMs: number;
  readonly perTaskMs: number;
  readonly growthMs: number;
  readonly schedulers: number;
}

export interface Limits {
  /** Running task runs, per scheduler. */
  readonly parallelism: number | null;
  readonly activeRuns: number | null;
  readonly activeTasks: number | null;
  readonly perTask: number | null;
}

export const PRIORITY_RULES = ['absolute', 'downstream', 'upstream'] as const;
/** absolute: the task's own; downstream: its own and all below it; upstream: its own and all above it. */
export type PriorityRule = (typeof PRIORITY_RULES)[number];

export type ExecutorModel =
  | { readonly kind: 'local'; readonly slots: number | null; readonly startUp: Distribution }
  | {
      readonly kind: 'celery';
      readonly workers: number;
      readonly concurrency: number;
      /** Task runs that a busy worker holds back, per slot. */
      readonly prefetch: number;
      readonly startUp: Distribution;
    }
  | { readonly kind: 'kubernetes'; readonly podsPerLoop: number; readonly startUp: Distribution };

export interface Triggers {
  /** How a read waits that does not say. */
  readonly mode: WaitMode;
  readonly pokeMs: number;
  readonly timeoutMs: number | null;
  /** Deferred waits that fit at a time. */
  readonly triggererSlots: number | null;
}

export interface FinalizeService {
  /** Of one finalize, in the metadata store. */
  readonly service: Distribution;
  /** Finalizes at a time. */
  readonly servers: number | null;
  /** From finalized to published. */
  readonly publishDelay: Distribution;
  /** From the marker's write to the moment others see it, and how often they look. */
  readonly markerVisible: Distribution;
  readonly markerPollMs: number;
}

export interface Heartbeats {
  readonly everyMs: number;
  /** A writer unheard for this long is taken for dead … */
  readonly timeoutMs: number;
  /** … by whoever looks this often. */
  readonly scanMs: number;
}

export interface Orchestrator {
  readonly preset: PresetName;
  readonly presetVersion: number;
  readonly loop: SchedulerLoop | null;
  /** From ready to queued, where no loop says. */
  readonly dispatchMs: number;
  readonly limits: Limits;
  readonly defaultPoolSlots: number | null;
  readonly priority: PriorityRule;
  readonly executor: ExecutorModel;
  readonly triggers: Triggers;
  readonly finalize: FinalizeService;
  readonly heartbeats: Heartbeats | null;
  /** Of tasks that do not say. */
  readonly retries: RetryDef;
  readonly timeoutMs: number | null;
  readonly partitionOf: PartitionOf;
}

/** Where the definitions come from that the scenario does not write out. Whoever may read files loads it. */
export type ScenarioBase =
  | { readonly kind: 'sample'; readonly seed: number; readonly pipelines: number; readonly taskRuns: number }
  | { readonly kind: 'day'; readonly path: string }
  /** Names of logs of the workspace; `*` stands for any text. The newest has the definitions, all have durations. */
  | { readonly kind: 'log'; readonly logs: readonly string[] };

export interface BackfillDef {
  readonly pipeline: string;
  /** Dates (days since the epoch), both included. */
  readonly fromDay: number;
  readonly toDay: number;
  /** When it is asked for, ms from the start. */
  readonly atMs: number;
  readonly activeRuns: number | null;
  readonly order: 'ascending' | 'descending';
}

export const FAULT_KINDS = [
  'task-failure',
  'worker-loss',
  'crash',
  'zombie-writer',
  'publish-lost',
  'publish-duplicated',
  'publish-late',
  'store-outage',
  'late-source',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Where in a task run's life a fault strikes: just before the step. */
export const FAULT_STEPS = ['start', 'open', 'heartbeat', 'end', 'check', 'finalize', 'publish'] as const;
export type FaultStep = (typeof FAULT_STEPS)[number];

/** What tells readers that data is there. */
export const FAULT_MESSAGES = ['event', 'marker'] as const;
export type FaultMessage = (typeof FAULT_MESSAGES)[number];

export type FaultTiming =
  /** Of the opportunities: attempts, publishes, runs. */
  | { readonly kind: 'share'; readonly share: number }
  /** As a Poisson process, in the time that it could strike. */
  | { readonly kind: 'rate'; readonly meanGapMs: number }
  | { readonly kind: 'schedule'; readonly atMs: readonly number[] }
  /** One attempt of the run for this partition key; "" for the first run. */
  | { readonly kind: 'once'; readonly partition: string; readonly attempt: number };

export interface Fault {
  readonly kind: FaultKind;
  /** Task labels that it can strike; `*` stands for any text. */
  readonly of: string;
  readonly timing: FaultTiming;
  readonly step: FaultStep;
  /** Of a publish: which message of it is struck, where a task tells of its data by both; left out for either. */
  readonly message?: FaultMessage;
  /** How long the outage, the zombie's sleep or the lateness lasts; null where nothing lasts. */
  readonly lasts: Distribution | null;
}

export type Target =
  | {
      readonly kind: 'startLatency';
      readonly of: string;
      /** Quantile (0.99) and the latency that it must stay under. */
      readonly quantiles: readonly { readonly q: number; readonly maxMs: number }[];
    }
  | {
      readonly kind: 'landing';
      readonly dataset: string;
      /** By this time of day in this zone, after the partition's own time is over; or within a span of its end. */
      readonly due:
        | { readonly kind: 'clock'; readonly clockMs: number; readonly zone: string }
        | { readonly kind: 'within'; readonly ms: number };
      readonly share: number;
    }
  | { readonly kind: 'makespan'; readonly maxMs: number };

/** `data`: durations grow by this. The new pipelines are modelled on `like` (all when empty). */
export interface Growth {
  readonly pipelines: number;
  readonly like: readonly string[];
  readonly attach: 'same-upstreams' | 'new-sources';
  readonly data: number;
}

/** What the tasks of a base log draw: a fitted distribution, its observed values, or whole nights together. */
export type Resampling = 'fitted' | 'tasks' | 'nights';

export interface Scenario {
  readonly name: string;
  readonly seed: number;
  readonly replications: number;
  /** Epoch ms of the scenario's time 0. */
  readonly startMs: number;
  readonly horizonMs: number;
  /** Not measured. */
  readonly warmUpMs: number;
  /** Epoch ms: up to then everything is as the base log has it, and not measured; null without. */
  readonly snapshotMs: number | null;
  readonly zone: string;
  readonly base: ScenarioBase | null;
  readonly resample: Resampling;
  readonly orchestrator: Orchestrator;
  /** What is written out in the scenario; over a base, it replaces what has the same name. */
  readonly workload: Workload;
  readonly backfills: readonly BackfillDef[];
  readonly faults: readonly Fault[];
  readonly targets: readonly Target[];
  readonly growth: Growth | null;
}

/** A reason why a scenario cannot be used, at a place in its document. */
export interface ScenarioProblem {
  readonly severity: 'error' | 'warning';
  readonly path: readonly (string | number)[];
  /** The problem is the key itself, not its value. */
  readonly atKey: boolean;
  readonly reason: string;
}
