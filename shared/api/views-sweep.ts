// A scenario with one of its values changed, several times: what each comes to, and how it differs from the first on the
// same replications.

import type { Problem } from '../base/problem.ts';
import type { ScenarioSummary } from './views-scenario.ts';

/** Of what is named after it, mean over replications with half of its 95 % interval; NaN where it is not known. */
export interface Difference {
  readonly mean: number;
  readonly halfWidth: number;
  readonly replications: number;
  /** The interval does not hold 0. */
  readonly isCertain: boolean;
}

export interface SweepParams {
  /** A scenario file, whole. */
  readonly path: string;
  /** Path to a value in it: `pools.spark`. */
  readonly parameter: string;
  /** As they would be written; at least one. */
  readonly values: readonly string[];
  readonly replications: number | null;
  readonly seed: number | null;
  readonly antithetic: boolean;
}

export interface SweepRow {
  readonly value: string;
  readonly summary: ScenarioSummary;
  /** Less the first row, on the same replications; null in the first. */
  readonly against: {
    readonly meanLatencyMs: Difference;
    readonly meanPoolWaitMs: Difference;
    readonly makespanMs: Difference;
    /** Share met, by target. */
    readonly targets: readonly Difference[];
  } | null;
}

export interface SweepAnswer {
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly parameter: string;
  /** Those that were played: all, unless a value was refused or it was stopped. */
  readonly rows: readonly SweepRow[];
}
