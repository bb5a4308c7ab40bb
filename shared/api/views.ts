// What the services answer, as data for screens and scripts. Large answers are columns (typed arrays); they travel in
// binary frames and are never turned into rows on the way. Ids are rows of the log's own tables.

import type { AttainmentReport } from '../analysis/attainment.ts';
import type { AttemptTable } from '../analysis/attempts.ts';
import type { StartLatencyReport } from '../analysis/start-latency.ts';
import type { TaskRunTimes } from '../analysis/task-run-times.ts';
import type { Problem } from '../base/problem.ts';
import type { LogSource } from '../model/log.ts';

export interface WorkspaceView {
  readonly name: string;
  readonly dir: string;
  /** Changes whenever a log is added or removed. */
  readonly revision: number;
  readonly logs: readonly LogView[];
}

export interface LogView {
  /** Unique in the workspace; what `--log NAME` takes. */
  readonly name: string;
  readonly title: string;
  readonly source: LogSource;
  readonly zone: string;
  readonly fromUs: number;
  readonly toUs: number;
  readonly pipelines: number;
  readonly tasks: number;
  readonly datasets: number;
  readonly runs: number;
  readonly taskRuns: number;
  readonly events: number;
  readonly importedFrom: string;
  /** It grows while events arrive. */
  readonly isLive?: true;
}

/** The verdict: the figures of Home, of the terminal and of the top bar. */
export interface LogSummary {
  readonly log: LogView;
  readonly startLatency: Pick<
    StartLatencyReport,
    'measuredCount' | 'unknownCount' | 'inferredCount' | 'p50Ms' | 'p90Ms' | 'p99Ms' | 'maxMs' | 'targets'
  >;
  readonly deadlines: Pick<AttainmentReport, 'total' | 'met' | 'missed' | 'unknown'>;
  readonly earlyReads: { readonly proved: number; readonly overlap: number; readonly cannotTell: number };
}

/** Everything that the graph draws: pipelines and datasets as nodes, and who writes and reads what. */
export interface GraphView {
  readonly pipelines: {
    readonly namespace: readonly string[];
    readonly name: readonly string[];
    readonly domain: readonly string[];
    readonly owner: readonly string[];
    readonly schedule: readonly string[];
    readonly taskCount: Int32Array;
    /** 1 when one of its tasks has a deadline in this log. */
    readonly hasDeadline: Uint8Array;
  };
  readonly datasets: { readonly namespace: readonly string[]; readonly name: readonly string[] };
  /** Pipeline writes dataset; distinct pairs. */
  readonly writes: { readonly pipeline: Int32Array; readonly dataset: Int32Array };
  /** Pipeline reads dataset; declared 0 where no dependency makes it wait. */
  readonly reads: { readonly pipeline: Int32Array; readonly dataset: Int32Array; readonly declared: Uint8Array };
  /** Dependencies between tasks of different pipelines with no dataset of their own. */
  readonly direct: { readonly from: Int32Array; readonly to: Int32Array };
}

/** One pipeline for the inspector. */
export interface PipelineView {
  readonly pipeline: number;
  readonly namespace: string;
  readonly name: string;
  readonly domain: string;
  readonly owner: string;
  readonly schedule: string;
  readonly tasks: readonly {
    readonly task: number;
    readonly name: string;
    readonly pool: string;
    readonly upstream: readonly string[];
    readonly reads: readonly string[];
    readonly writes: readonly string[];
    /** Its task runs in this log, in time order. */
    readonly taskRuns: readonly number[];
  }[];
}

/** All task runs of a log as columns: the timeline, and the graph's colours at any moment. */
export interface TimelineView {
  readonly fromUs: number;
  readonly toUs: number;
  readonly zone: string;
  readonly taskNames: readonly string[];
  readonly taskPipeline: Int32Array;
  readonly poolNames: readonly string[];
  /** By task run. */
  readonly task: Int32Array;
  readonly run: Int32Array;
  readonly pool: Int32Array;
  readonly deadlineUs: Float64Array;
  readonly times: TaskRunTimes;
  /** Of the task runs that had more than one. */
  readonly attempts: AttemptTable;
  /** By pipeline run. */
  readonly runLogicalKey: readonly string[];
  readonly runPipeline: Int32Array;
}

export interface SlaView {
  readonly startLatency: StartLatencyReport;
  readonly deadlines: AttainmentReport;
}

export interface ImportProgress {
  readonly step: string;
  /** 0 … 1, or NaN when it cannot be known. */
  readonly share: number;
}

/** What one import did. Problems are located; `problemCount` counts those beyond the list too. */
export interface ImportView {
  readonly files: readonly {
    readonly file: string;
    readonly format: string;
    readonly read: number;
    readonly stored: number;
    readonly unit: string;
  }[];
  readonly logs: readonly LogView[];
  /** Content that the workspace already had. */
  readonly alreadyThere: readonly string[];
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly errorCount: number;
}
