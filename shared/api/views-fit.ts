// Will it fit: what a scenario's targets come to over many nights, beside what was observed and what more slots would
// do. Rows as a person reads them: history, today, grown, grown with more slots.

import type { Problem } from '../base/problem.ts';
import type { ExperimentProgress } from './views-scenario.ts';

export interface FitParams {
  /** A scenario file, whole; or its text; neither: the workspace's own scenarios/tonight.yaml. */
  readonly path: string | null;
  readonly text: string | null;
  /** Nights to play at most; null: 2,000. */
  readonly nights: number | null;
  readonly seed: number | null;
  /** More pipelines as a share (0.4: +40 %), instead of the scenario's own growth; null leaves that. */
  readonly grow: number | null;
  /** The pool whose slots are changed and searched; null: the one that is waited for most. */
  readonly pool: string | null;
  /** Slots of that pool instead of its own; null leaves them. */
  readonly slots: number | null;
  /** Whether to search for the smallest number of slots that meets every target when they are not met. */
  readonly search: boolean;
}

/** Met and missed are claims at 95 %; `cannot confirm`: so few nights could not show it; `undecided`: neither. */
export type FitVerdict = 'met' | 'missed' | 'undecided' | 'cannot confirm';

export interface FitTarget {
  readonly name: string;
  /** The share that must meet it. */
  readonly wanted: number;
  /** What is counted: a night each, or the task runs of all nights. */
  readonly of: 'nights' | 'task runs';
}

/** One target in one row. */
export interface FitStanding {
  readonly trials: number;
  readonly met: number;
  readonly share: number;
  /** 95 %: of nights by Wilson, of task runs over nights; NaN where there are too few. */
  readonly low: number;
  readonly high: number;
  readonly verdict: FitVerdict;
  /** Nights that it takes to claim the target with as many misses; null where that is not the question. */
  readonly trialsNeeded: number | null;
  /** Of a landing: the latest less its deadline, median and 95th percentile over the nights; else NaN. */
  readonly p50LateMs: number;
  readonly p95LateMs: number;
}

export interface FitRow {
  readonly kind: 'history' | 'today' | 'grown' | 'searched';
  /** `history`, `today`, `+40 %`. */
  readonly label: string;
  /** The pool that is changed and its slots; null where there is none with a limit. */
  readonly pool: string | null;
  readonly slots: number | null;
  /** Nights in it. */
  readonly nights: number;
  /** By target; null where the row says nothing of it (start latencies of a history of landings). */
  readonly standings: readonly (FitStanding | null)[];
  /** Why this is outside of what was ever observed; empty when it is not. */
  readonly extrapolated: readonly string[];
  /** `enough`: ended before all nights, since every target was decided. */
  readonly ended: 'all' | 'enough' | 'cancelled';
}

/** What the model said of nights that it had not seen, against what happened. */
export interface FitBacktest {
  /** Row of the targets. */
  readonly target: number;
  readonly nights: number;
  readonly observedP50LateMs: number;
  readonly observedP95LateMs: number;
  /** Simulated less observed. */
  readonly p50OffMs: number;
  readonly p95OffMs: number;
}

export interface FitReport {
  readonly name: string;
  readonly targets: readonly FitTarget[];
  readonly rows: readonly FitRow[];
  readonly backtests: readonly FitBacktest[];
  /** Of the scenario as it was asked (not of the searched row): the worst of its targets. */
  readonly verdict: FitVerdict;
  /** The smallest slots that meet every target; null when not searched or not found. */
  readonly slotsNeeded: number | null;
  /** What a person should know besides, as sentences. */
  readonly notes: readonly string[];
}

export interface FitAnswer {
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Null when the scenario cannot be played. */
  readonly report: FitReport | null;
}

/** `rows`: those that are done. */
export interface FitProgress extends ExperimentProgress {
  readonly targets: readonly FitTarget[];
  readonly rows: readonly FitRow[];
}
