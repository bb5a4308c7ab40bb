// A distribution as a curve over standard normal scores: the duration that is as unusual as the score says. What is drawn
// together is drawn as scores, and each task makes a duration of its own of it. The curve is a table of logarithms with
// straight lines between, within 0.1 % of the true quantile (shapes from 1/2 on); observed values and constants are exact.
// Limits: scores beyond +-6 (one in a billion) count as 6; a normal, uniform or PERT has no curve and is drawn apart
// (null): no fit gives one.

import { normalQuantile } from '../../../shared/base/random.ts';
import { gammaP, logGamma, normalCdf } from '../../../shared/base/special-functions.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';

/** A duration in ms, not rounded, of a standard normal score. */
export type QuantileCurve = (score: number) => number;

const SCORE_MAX = 6;
const STEPS_PER_SCORE = 16;
const POINTS = 2 * SCORE_MAX * STEPS_PER_SCORE + 1;

export function quantileCurve(d: Distribution): QuantileCurve | null {
  switch (d.kind) {
    case 'constant':
      return () => d.valueMs;
    case 'empirical':
      return stepsOf(Float64Array.from(d.valuesMs).sort());
    case 'lognormal':
      return (score) => d.medianMs * Math.exp(d.sigma * score);
    case 'exponential':
      return linesOf((score) => Math.log(d.meanMs) + logHazard(score));
    case 'weibull':
      return linesOf((score) => Math.log(d.scaleMs) + logHazard(score) / d.shape);
    case 'gamma':
      return linesThrough(logGammaQuantiles(d.shape), Math.log(d.scaleMs));
    default:
      return null;
  }
}

/** Of an Exp(1) as unusual as the score: ln(-ln(1 - Phi(score))). */
const logHazard = (score: number): number => Math.log(-Math.log(normalCdf(-score)));

const scoreOf = (point: number): number => point / STEPS_PER_SCORE - SCORE_MAX;

/** `logMs`: logarithm of the duration of a score. */
const linesOf = (logMs: (score: number) => number): QuantileCurve =>
  linesThrough(
    Float64Array.from({ length: POINTS }, (_, point) => logMs(scoreOf(point))),
    0,
  );

function linesThrough(logs: Float64Array, logScale: number): QuantileCurve {
  return (score) => {
    const at = Math.min(POINTS - 1, Math.max(0, (score + SCORE_MAX) * STEPS_PER_SCORE));
    const below = Math.min(POINTS - 2, Math.floor(at));
    return Math.exp(logScale + logs[below] + (at - below) * (logs[below + 1] - logs[below]));
  };
}

/** The i-th of n sorted values for scores whose share lies in [i / n, (i + 1) / n). */
function stepsOf(sorted: Float64Array): QuantileCurve {
  const upTo = Float64Array.from({ length: sorted.length - 1 }, (_, i) => normalQuantile((i + 1) / sorted.length));
  return (score) => {
    let low = 0;
    let high = upTo.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle] <= score) low = middle + 1;
      else high = middle;
    }
    return sorted[low];
  };
}

const NEWTON_STEPS = 40;
/** Of a duration's logarithm: nothing below it is a millisecond. */
const LOG_MIN = -60;

/**
 * Logarithms of the quantiles of a gamma with scale 1, by point: Newton's method on the logarithm of the smaller of both
 * tails, from the point before; outwards from the median, for which Wilson and Hilferty's cube gives the start.
 */
function logGammaQuantiles(shape: number): Float64Array {
  const logs = new Float64Array(POINTS);
  const middle = SCORE_MAX * STEPS_PER_SCORE;
  const cube = 1 - 1 / (9 * shape);
  const start = cube > 0 ? Math.log(shape * cube * cube * cube) : (Math.log(0.5) + logGamma(shape + 1)) / shape;
  logs[middle] = solve(shape, 0, start);
  for (let point = middle + 1; point < POINTS; point++) logs[point] = solve(shape, scoreOf(point), logs[point - 1]);
  for (let point = middle - 1; point >= 0; point--) logs[point] = solve(shape, scoreOf(point), logs[point + 1]);
  return logs;
}

function solve(shape: number, score: number, start: number): number {
  const isUpper = score > 0;
  const wanted = Math.log(normalCdf(isUpper ? -score : score));
  let y = Math.max(LOG_MIN, start);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const below = gammaP(shape, Math.exp(y));
    const tail = isUpper ? 1 - below : below;
    if (!(tail > 0)) return y;
    const slope = Math.exp(shape * y - Math.exp(y) - logGamma(shape)) / tail;
    const change = (wanted - Math.log(tail)) / (isUpper ? -slope : slope);
    y = Math.max(LOG_MIN, y + Math.max(-2, Math.min(2, change)));
    if (Math.abs(change) < 1e-9 || y === LOG_MIN) break;
  }
  return y;
}
