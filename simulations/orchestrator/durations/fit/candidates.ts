// Maximum-likelihood fits of one distribution each, with its log-likelihood and distribution function. All values must be
// above zero. Times in ms.

import { digamma, gammaP, logGamma, normalCdf, trigamma } from '../../../../shared/base/special-functions.ts';
import type { Distribution } from '../../../../shared/model/distribution.ts';

export interface Candidate {
  readonly distribution: Distribution;
  readonly parameters: number;
  readonly logLikelihood: number;
  cdf(x: number): number;
}

/** Sums that every fit needs. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly meanLog: number;
  /** Mean squared distance of the logarithms from their mean. */
  readonly varLog: number;
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length;
  let sum = 0;
  let sumLog = 0;
  for (let i = 0; i < count; i++) {
    sum += values[i];
    sumLog += Math.log(values[i]);
  }
  const meanLog = sumLog / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (Math.log(values[i]) - meanLog) * (Math.log(values[i]) - meanLog);
  return { count, mean: sum / count, meanLog, varLog: squares / count };
}

export function fitExponential({ count, mean }: Moments): Candidate {
  return {
    distribution: { kind: 'exponential', meanMs: mean },
    parameters: 1,
    logLikelihood: -count * (Math.log(mean) + 1),
    cdf: (x) => 1 - Math.exp(-x / mean),
  };
}

export function fitLognormal({ count, meanLog, varLog }: Moments): Candidate {
  const sigma = Math.sqrt(varLog);
  return {
    distribution: { kind: 'lognormal', medianMs: Math.exp(meanLog), sigma },
    parameters: 2,
    logLikelihood: -count * (meanLog + Math.log(sigma) + HALF_LOG_2PI + 0.5),
    cdf: (x) => normalCdf((Math.log(x) - meanLog) / sigma),
  };
}

const HALF_LOG_2PI = 0.9189385332046727;
const STEPS_MAX = 100;

/** Newton's method on the shape from T. Minka's start ("Estimating a Gamma distribution", 2002). */
export function fitGamma({ count, mean, meanLog }: Moments): Candidate {
  const s = Math.log(mean) - meanLog;
  let shape = (3 - s + Math.sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
  for (let step = 0; step < STEPS_MAX; step++) {
    const slope = 1 / shape - trigamma(shape);
    const next = Math.max(shape / 4, shape - (Math.log(shape) - digamma(shape) - s) / slope);
    const isDone = Math.abs(next - shape) < 1e-10 * shape;
    shape = next;
    if (isDone) break;
  }
  const scaleMs = mean / shape;
  return {
    distribution: { kind: 'gamma', shape, scaleMs },
    parameters: 2,
    logLikelihood: count * ((shape - 1) * meanLog - shape - logGamma(shape) - shape * Math.log(scaleMs)),
    cdf: (x) => gammaP(shape, x / scaleMs),
  };
}

/**
 * Solves sum(x^k ln x) / sum(x^k) - 1/k = mean(ln x) for the shape k by Newton's method, from the start that the spread of
 * the logarithms suggests (pi / sqrt(6 varLog)). Powers are of x / max, so that none overflows.
 */
export function fitWeibull(values: ArrayLike<number>, { count, meanLog, varLog }: Moments): Candidate {
  let max = 0;
  for (let i = 0; i < count; i++) max = Math.max(max, values[i]);
  const logs = Float64Array.from({ length: count }, (_, i) => Math.log(values[i] / max));
  const target = meanLog - Math.log(max);
  let shape = Math.PI / Math.sqrt(6 * varLog);
  let power = powerSums(logs, shape);
  for (let step = 0; step < STEPS_MAX; step++) {
    const ratio = power.log / power.one;
    const slope = power.logLog / power.one - ratio * ratio + 1 / (shape * shape);
    const next = Math.max(shape / 4, shape - (ratio - 1 / shape - target) / slope);
    const isDone = Math.abs(next - shape) < 1e-10 * shape;
    shape = next;
    power = powerSums(logs, shape);
    if (isDone) break;
  }
  const scaleMs = max * Math.exp(Math.log(power.one / count) / shape);
  const logScale = Math.log(scaleMs);
  return {
    distribution: { kind: 'weibull', shape, scaleMs },
    parameters: 2,
    logLikelihood: count * (Math.log(shape) - shape * logScale + (shape - 1) * meanLog - 1),
    cdf: (x) => 1 - Math.exp(-Math.exp(shape * (Math.log(x) - logScale))),
  };
}

function powerSums(logs: Float64Array, shape: number): { one: number; log: number; logLog: number } {
  let one = 0;
  let log = 0;
  let logLog = 0;
  for (const l of logs) {
    const power = Math.exp(shape * l);
    one += power;
    log += power * l;
    logLog += power * l * l;
  }
  return { one, log, logLog };
}
