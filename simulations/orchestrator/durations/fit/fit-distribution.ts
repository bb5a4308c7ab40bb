// Chooses a distribution for observed durations: likelihood fits of four kinds, judged by how far they are from the
// values (Kolmogorov-Smirnov), the best of those that fit by AIC. Where none fits, or there is too little to tell, the
// observed values themselves are the distribution.

import { type Distribution } from '../../../../shared/model/distribution.ts';
import { type Candidate, fitExponential, fitGamma, fitLognormal, fitWeibull, momentsOf } from './candidates.ts';

export interface CandidateFit {
  readonly distribution: Distribution;
  readonly logLikelihood: number;
  /** 2 x parameters - 2 x log-likelihood: lower is better. */
  readonly aic: number;
  /** Largest distance between the fitted and the observed distribution function. */
  readonly ks: number;
  /** Chance of a distance as large if the fit were the truth; too large, as its parameters come from the same values. */
  readonly ksP: number;
  readonly fits: boolean;
}

export interface DistributionFit {
  readonly chosen: Distribution;
  /** Why this one, for people. */
  readonly reason: string;
  readonly valueCount: number;
  /** Best first; empty where nothing was fitted. */
  readonly candidates: readonly CandidateFit[];
}

/** Below it the observed values are kept. */
export const FIT_VALUES_MIN = 20;
/** A fit whose ksP is below is refused. */
export const FIT_P_MIN = 0.01;

/** `values` in ms, known ones only, at least one. */
export function fitDistribution(values: ArrayLike<number>): DistributionFit {
  const sorted = Float64Array.from(values).sort();
  const observed: Distribution = { kind: 'empirical', valuesMs: sorted };
  const keep = (reason: string, candidates: readonly CandidateFit[] = []): DistributionFit => ({
    chosen: observed,
    reason,
    valueCount: sorted.length,
    candidates,
  });
  if (sorted.length === 0) throw new RangeError('no values to fit');
  if (sorted[0] === sorted[sorted.length - 1])
    return { ...keep('all values are equal'), chosen: { kind: 'constant', valueMs: sorted[0] } };
  if (sorted.length < FIT_VALUES_MIN) return keep(`only ${sorted.length} values: too few to fit`);
  if (sorted[0] <= 0) return keep('some values are zero, which no fitted distribution gives');
  const candidates = candidatesOf(sorted).sort((a, b) => a.aic - b.aic);
  const best = candidates.find(({ fits }) => fits);
  if (!best)
    return keep(
      `no distribution fits (the nearest, ${candidates[0].distribution.kind}, is ${candidates[0].ks.toFixed(3)} off)`,
      candidates,
    );
  const reason = `${best.distribution.kind}: lowest AIC of those that fit, at most ${best.ks.toFixed(3)} off (p about ${best.ksP.toFixed(2)})`;
  return { chosen: best.distribution, reason, valueCount: sorted.length, candidates };
}

function candidatesOf(sorted: Float64Array): CandidateFit[] {
  const moments = momentsOf(sorted);
  const candidates = [fitExponential(moments), fitLognormal(moments), fitGamma(moments), fitWeibull(sorted, moments)];
  return candidates
    .filter(({ logLikelihood }) => Number.isFinite(logLikelihood))
    .map((candidate) => judge(candidate, sorted));
}

function judge(candidate: Candidate, sorted: Float64Array): CandidateFit {
  const ks = kolmogorovDistance(sorted, candidate.cdf);
  const ksP = kolmogorovP(ks, sorted.length);
  return {
    distribution: candidate.distribution,
    logLikelihood: candidate.logLikelihood,
    aic: 2 * candidate.parameters - 2 * candidate.logLikelihood,
    ks,
    ksP,
    fits: ksP >= FIT_P_MIN,
  };
}

/** Equal values are one step: times are rounded to milliseconds. */
export function kolmogorovDistance(sorted: ArrayLike<number>, cdf: (x: number) => number): number {
  const n = sorted.length;
  let worst = 0;
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && sorted[end] === sorted[i]) end++;
    const p = cdf(sorted[i]);
    worst = Math.max(worst, Math.abs(p - i / n), Math.abs(p - end / n));
    i = end;
  }
  return worst;
}

/** Kolmogorov's limit distribution with M. A. Stephens' correction for n (1970); good to some 0.01 from n = 8 on. */
export function kolmogorovP(distance: number, n: number): number {
  const root = Math.sqrt(n);
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.2) return 1;
  let p = 0;
  for (let k = 1; k <= 100; k++) p += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, p));
}
