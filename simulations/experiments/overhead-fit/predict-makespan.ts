// Predicts the makespan of a run from measured runs of the same application. Every setting of the grid gets a weight by
// how well the simulator explains the measured runs under it; the prediction is the weighted median of what it says of
// the run under each. Residuals are relative and their tails heavy (Laplace), so one bad night does not turn the fit.
// This is a posterior over the grid, with a likelihood that runs enter by their likeness (a local likelihood: Tibshirani
// and Hastie 1987). Two runs of one size cannot tell a long start from slow dispatches, so the prior knows that long
// starts are rare.

import { MS_PER_MINUTE } from '../../../shared/base/time.ts';
import { likenesses } from './likeness.ts';
import { OVERHEAD_GRID, type Overheads } from './overhead-grid.ts';
import type { PreparedRun, RunToPredict } from './prepared-run.ts';

/** Mean relative residual: runs of the same thing repeat to within about a tenth. */
const RESIDUAL_SCALE = 0.1;
/** Mean of the constant before anything was measured; its prior is exponential. */
const CONSTANT_MEAN_MS = 30 * MS_PER_MINUTE;

export interface Prediction {
  readonly makespanMs: number;
  /** The setting with the most weight; others may explain the measured runs nearly as well. */
  readonly likeliest: Overheads;
}

/** `measured` is not empty, and does not hold `run` itself. */
export function predictMakespan(run: RunToPredict, measured: readonly PreparedRun[]): Prediction {
  if (measured.length === 0) throw new Error('there is no measured run to learn from');
  const scores = scoresOf(measured, likenesses(run, measured));
  const likeliest = scores.indexOf(scores.reduce((most, score) => Math.max(most, score)));
  const weights = scores.map((score) => Math.exp(score - scores[likeliest]));
  return {
    makespanMs: weightedMedian(run.simulatedMs, weights),
    likeliest: OVERHEAD_GRID[likeliest] as Overheads,
  };
}

/** The log of prior times likelihood of each setting, but for a constant. */
function scoresOf(measured: readonly PreparedRun[], likeness: readonly number[]): Float64Array {
  const scores = Float64Array.from(OVERHEAD_GRID, ({ constantMs }) => -constantMs / CONSTANT_MEAN_MS);
  measured.forEach(({ measuredMs, simulatedMs }, i) => {
    for (let setting = 0; setting < scores.length; setting++) {
      const residual = Math.abs(Math.log((simulatedMs[setting] + 1) / (measuredMs + 1)));
      scores[setting] -= ((likeness[i] as number) * residual) / RESIDUAL_SCALE;
    }
  });
  return scores;
}

/** The smallest value with at least half of all weight at or below it. */
function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let below = 0;
  for (const i of order) {
    below += weights[i];
    if (below >= half) return values[i];
  }
  return values[order[order.length - 1]];
}
