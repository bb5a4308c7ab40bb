// What playing a scenario answers: its figures under fixed names (the JSON of `landfall simulate`), and what was fitted
// to an observed log. Times in ms, null where there is nothing to measure.

import type { Problem } from '../base/problem.ts';

export interface PoolFigures {
  readonly pool: string;
  /** Null without a limit. */
  readonly slots: number | null;
  /** Share of slot time in use; null without a limit. */
  readonly utilisation: number | null;
  readonly meanSlotsInUse: number;
  /** Little's law, each side measured apart: waiting on average = grants per second x mean wait. */
  readonly meanWaiting: number;
  readonly grantsPerSecond: number;
  readonly meanWaitMs: number;
  /** Of first attempts that were ready after the warm-up. */
  readonly wait: SpreadFigures;
}

/** Of one task, over all of its runs in all replications. */
export interface TaskFigures {
  /** `pipeline.task`. */
  readonly task: string;
  readonly pool: string;
  readonly taskRuns: number;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly upstreamFailed: number;
  readonly unfinished: number;
  /** As the figures of all tasks together. */
  readonly startLatency: SpreadFigures;
  readonly poolWait: SpreadFigures;
  readonly elapsed: SpreadFigures;
  readonly turnaround: SpreadFigures;
}

export interface PipelineFigures {
  readonly pipeline: string;
  /** From a run's due time (of a triggered one: from its first readiness) to its last end; of runs that ended. */
  readonly runTime: SpreadFigures;
}

/** Quantiles by nearest rank, to 0.1 %; null without values. */
export interface SpreadFigures {
  readonly count: number;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

export interface TargetFigures {
  readonly name: string;
  /** The share of trials that must meet it. */
  readonly wanted: number;
  readonly trials: number;
  readonly met: number;
  /** met / trials, with its Wilson interval as low and high. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** pass and fail by the share itself; `unknown` without trials. Whether it is certain, low and high tell. */
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

/** How much the tasks of one run of a pipeline vary together. */
export interface RunCorrelationView {
  readonly pipeline: string;
  /** Of any two of them, as normal scores. */
  readonly correlation: number;
  readonly standardError: number;
  /** Runs with two or more tasks of which enough was seen. */
  readonly runs: number;
  /** Whether it is played; else it is too small, or of too few runs, to be believed, or `resample` says otherwise. */
  readonly isDrawn: boolean;
  /** Largest distance between what the one number says of the runs' means and what was seen, and the chance of one as large. */
  readonly ksDistance: number;
  readonly ksP: number;
}

/** What a task's durations are drawn from. */
export interface TaskFitView {
  /** `pipeline.task`. */
  readonly task: string;
  /** Kind of the distribution; `empirical` draws the observed values. */
  readonly family: string;
  readonly values: number;
  /** Kolmogorov-Smirnov distance of the family to the values, and the chance of one as large; null where none was fitted. */
  readonly ksDistance: number | null;
  readonly ksP: number | null;
  /** Why this one, for people. */
  readonly reason: string;
}

/** How the durations of a log base came about. */
export interface DurationFitsView {
  readonly resample: 'fitted' | 'tasks' | 'nights';
  readonly logs: readonly string[];
  /** Observed nights, ascending dates. */
  readonly nights: readonly string[];
  /** Attempts that succeeded. */
  readonly values: number;
  readonly tasks: number;
  /** How many tasks draw from each family. */
  readonly families: Readonly<Record<string, number>>;
  /** Tasks that were never seen to succeed: they take no time. */
  readonly unseen: readonly string[];
  readonly unseenCount: number;
  /** Where it fits worst, first. */
  readonly worst: readonly TaskFitView[];
  /**
   * Pools whose work was seen to get slower as they filled: factors by the share of slots in use. It is in the observed
   * durations already, so it is shown and not played; a slowdown that the scenario writes is.
   */
  readonly slowdowns: readonly PoolSlowdownView[];
  /** Of pipelines of which several tasks of enough runs were seen, the strongest first; and of how many it is played. */
  readonly correlations: readonly RunCorrelationView[];
  readonly correlationCount: number;
  readonly correlationsDrawn: number;
}

export interface PoolSlowdownView {
  readonly pool: string;
  readonly attempts: number;
  readonly points: readonly { readonly share: number; readonly factor: number }[];
}

export interface GrownView {
  /** New pipelines, and those upstream of them that came with them. */
  readonly pipelines: number;
  readonly upstreams: number;
  /** 1 + data. */
  readonly dataFactor: number;
}

/** Of all replications together. */
export interface ExperimentSummary {
  readonly name: string;
  readonly seed: number;
  readonly replications: number;
  /** Sums over all replications. */
  readonly taskRuns: number;
  readonly events: number;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly upstreamFailed: number;
  /** Never ended: they wait for something that never comes. */
  readonly unfinished: number;
  /** succeeded / taskRuns. */
  readonly successShare: number;
  /** First start - ready, of task runs that were ready after the warm-up. Null when there are none. */
  readonly startLatencyMeanMs: number | null;
  /** Half of a 95 % interval over replications; null for one. */
  readonly startLatencyMeanHalfWidthMs: number | null;
  readonly startLatencyP50Ms: number | null;
  readonly startLatencyP90Ms: number | null;
  readonly startLatencyP99Ms: number | null;
  readonly startLatencyMaxMs: number | null;
  /** From the queue's entry to the slots, of first attempts. */
  readonly poolWaitMeanMs: number | null;
  readonly poolWaitMeanHalfWidthMs: number | null;
  readonly poolWaitP50Ms: number | null;
  readonly poolWaitP90Ms: number | null;
  readonly poolWaitP99Ms: number | null;
  readonly poolWaitMaxMs: number | null;
  /** From the first start to the last attempt's end, retry delays included. */
  readonly elapsedMeanMs: number | null;
  readonly elapsedP50Ms: number | null;
  readonly elapsedP90Ms: number | null;
  readonly elapsedP99Ms: number | null;
  readonly elapsedMaxMs: number | null;
  /** From ready to the last attempt's end: start latency and elapsed time together. */
  readonly turnaroundMeanMs: number | null;
  readonly turnaroundP50Ms: number | null;
  readonly turnaroundP90Ms: number | null;
  readonly turnaroundP99Ms: number | null;
  readonly turnaroundMaxMs: number | null;
  /** From the scenario's start to the last landing of a replication. */
  readonly makespanMeanMs: number | null;
  readonly makespanMeanHalfWidthMs: number | null;
  readonly makespanP50Ms: number | null;
  readonly makespanP90Ms: number | null;
  readonly makespanP99Ms: number | null;
  readonly makespanMaxMs: number | null;
  readonly horizonMs: number;
  /** Replications that went on after the horizon: a night longer than its day. */
  readonly pastHorizon: number;
  readonly deadlinesMet: number;
  readonly deadlinesTotal: number;
  /** Reads of an input that was not whole when the reader started, by tasks that do not wait for it; sum, and replications with any. */
  readonly earlyReads: number;
  readonly earlyReadReplications: number;
  readonly targets: readonly TargetFigures[];
  readonly pools: readonly PoolFigures[];
  /** Empty for scenarios of more than 100 tasks. */
  readonly tasks: readonly TaskFigures[];
  readonly pipelines: readonly PipelineFigures[];
}

/** The state of an observed log that the plays began with, and how near they were to it. */
export interface SnapshotView {
  readonly log: string;
  /** Epoch ms. */
  readonly atMs: number;
  /** Task runs that ran then; and how many of these the plan has no place for, so that they are not played. */
  readonly running: number;
  readonly notPlanned: number;
  /** Task runs that were ready then and had not started; and how many of these did not wait in the play. */
  readonly waiting: number;
  readonly notWaiting: number;
  /** Task runs that waited in the play, of which the log does not say so. */
  readonly waitingUnseen: number;
  /** Of what ran: whose durations cannot be as long as it had run already; they end at once. */
  readonly beyondDurations: number;
  /** Runs without a schedule of their own, played as backfills. */
  readonly backfills: number;
  /** Runs that were due before and of which the log has nothing: left out. */
  readonly unseenRuns: number;
  /** Of pools of which slots were taken: in the log, and in the play. */
  readonly slots: readonly { readonly pool: string; readonly observed: number; readonly played: number }[];
  /** Of each landing target, what had not landed yet. */
  readonly landings: readonly SnapshotLanding[];
}

export interface SnapshotLanding {
  readonly target: string;
  readonly trials: number;
  /** Of one trial: its deadline, and when it lands, by nearest rank over replications; null where it never does. Epoch ms. */
  readonly deadlineMs: number | null;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
}

/** Where task runs are left without an end. */
export interface UnfinishedView {
  /** Of replication 0, at most 20; those first that wait for nothing unfinished. */
  readonly waits: readonly { readonly taskRun: string; readonly waitsFor: string }[];
  /** The limit at which its play was stopped: simulated time, events; null when nothing more could happen. */
  readonly stopped: 'time' | 'events' | null;
}

/** What `landfall simulate SCENARIO` reports. */
export interface ScenarioSummary extends ExperimentSummary {
  /** Null when every task run ended. */
  readonly waiting: UnfinishedView | null;
  /** Null where nothing grows. */
  readonly grown: GrownView | null;
  /** Of a log base; else null. */
  readonly durations: DurationFitsView | null;
  /** Of a scenario that begins with an observed state; else null. */
  readonly snapshot: SnapshotView | null;
  /** With all replications; or before, because every target was decided, or because somebody stopped it. */
  readonly ended: 'all' | 'enough' | 'cancelled';
  /** 32 hex digits over every time, outcome and attempt of all replications, where it was asked for. */
  readonly resultHash: string | null;
  /** Planning and building for replication 0. */
  readonly buildMs: number;
  /** Of all replications with their summing up: by the clock, and as CPU time of the process. */
  readonly simMs: number;
  readonly simCpuMs: number;
  /** events / simCpuMs. */
  readonly eventsPerSecond: number;
}

export interface SimulateParams {
  readonly path: string;
  /** Instead of the scenario's own; null leaves them. */
  readonly replications: number | null;
  readonly seed: number | null;
  /** Ends as soon as every target is decided. */
  readonly whenDecided?: boolean | undefined;
  /** Replications in pairs with mirrored durations. */
  readonly antithetic?: boolean | undefined;
  /** Ask for the summary's `resultHash`. */
  readonly hashed?: boolean | undefined;
}

export interface ExperimentProgress {
  readonly step: string;
  readonly played: number;
  /** At most; fewer when it ends early. 0 while it is being planned. */
  readonly of: number;
  /** Milliseconds until all are played, at the pace so far; NaN while that is unknown. */
  readonly leftMs: number;
}

export interface ScenarioAnswer {
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Null when the file holds no scenario that can be played. */
  readonly summary: ScenarioSummary | null;
}
