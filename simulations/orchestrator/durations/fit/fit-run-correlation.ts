// How much the tasks of one run vary together: the correlation of any two of them on the scale of normal scores
// (run-scores.ts), one number a pipeline. It is drawn as a Gaussian copula with one common factor (correlated.ts), which
// leaves every task's own distribution as it was fitted. What a whole night does to all of a pipeline's tasks counts too:
// a pipeline that runs once a night cannot tell the two apart.

import { normalCdf } from '../../../../shared/base/special-functions.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { kolmogorovDistance, kolmogorovP } from './fit-distribution.ts';
import { runScores } from './run-scores.ts';

export interface RunCorrelation {
  readonly pipeline: string;
  /** Of the normal scores of two task runs of a run; what is drawn where `isDrawn`. */
  readonly correlation: number;
  /** Of the correlation, from the spread between runs. */
  readonly standardError: number;
  /** With two or more task runs that could be scored. */
  readonly runs: number;
  readonly pairs: number;
  /** Whether it is large enough, of enough runs, to be believed. */
  readonly isDrawn: boolean;
  /** Distance of the runs' mean scores from what the one number says of them (Kolmogorov-Smirnov), and its chance. */
  readonly ksDistance: number;
  readonly ksP: number;
}

/** Below it nothing is believed. */
export const CORRELATION_RUNS_MIN = 20;
/** Nor below so many standard errors: of a thousand pipelines whose tasks vary apart one or two pass. */
const STANDARD_ERRORS_MIN = 3;
/** A common factor alone would leave nothing of a task's own. */
const CORRELATION_MAX = 0.99;

/** Every pipeline with a run of two task runs that could be scored, in the order in which the logs name them. */
export function fitRunCorrelations(logs: readonly Log[]): RunCorrelation[] {
  return [...runScores(logs)].flatMap(([pipeline, runs]) => (runs.length === 0 ? [] : [fitOne(pipeline, runs)]));
}

/** The mean product of two scores of a run over their mean square; its error as that of a ratio of sums over runs. */
function fitOne(pipeline: string, runs: readonly (readonly number[])[]): RunCorrelation {
  const sums = runs.map(runSums);
  const square = total(sums.map((sum) => sum.squares)) / total(runs.map((scores) => scores.length));
  const pairs = total(sums.map((sum) => sum.pairs));
  const correlation = total(sums.map((sum) => sum.products)) / pairs / square;
  const residuals = sums.map((sum) => sum.products / square - correlation * sum.pairs);
  const standardError =
    Math.sqrt(total(residuals.map((r) => r * r)) * (runs.length / Math.max(1, runs.length - 1))) / pairs;
  const isDrawn = runs.length >= CORRELATION_RUNS_MIN && correlation > STANDARD_ERRORS_MIN * standardError;
  const fitted = Math.min(CORRELATION_MAX, Math.max(0, correlation));
  const means = Float64Array.from(runs, (scores) => standardMean(scores, fitted, square)).sort();
  const ksDistance = kolmogorovDistance(means, normalCdf);
  return {
    pipeline,
    correlation: isDrawn ? fitted : correlation,
    standardError,
    runs: runs.length,
    pairs,
    isDrawn,
    ksDistance,
    ksP: kolmogorovP(ksDistance, runs.length),
  };
}

/** Over the pairs of a run: how many there are, and the sum of their products. */
function runSums(scores: readonly number[]) {
  const sum = total(scores);
  const squares = total(scores.map((z) => z * z));
  return { squares, products: (sum * sum - squares) / 2, pairs: (scores.length * (scores.length - 1)) / 2 };
}

/** A run's mean score, over what it would spread by: standard normal if every two tasks correlate by this. */
function standardMean(scores: readonly number[], correlation: number, square: number): number {
  const variance = (square * (1 + (scores.length - 1) * correlation)) / scores.length;
  return total(scores) / scores.length / Math.sqrt(variance);
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
