// How long something takes, as a distribution: the shapes that a scenario may name. Parameters in milliseconds where
// they are times. Never the mean alone: a mean is a constant, and says so.

import { logGamma } from '../base/special-functions.ts';

export type Distribution =
  | { readonly kind: 'constant'; readonly valueMs: number }
  /** Draws one of the observed values, each as likely. */
  | { readonly kind: 'empirical'; readonly valuesMs: Float64Array }
  | { readonly kind: 'uniform'; readonly lowMs: number; readonly highMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** Cut off at zero. */
  | { readonly kind: 'normal'; readonly meanMs: number; readonly sdMs: number }
  /** exp(N(ln median, sigma)). */
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number }
  | { readonly kind: 'gamma'; readonly shape: number; readonly scaleMs: number }
  | { readonly kind: 'weibull'; readonly shape: number; readonly scaleMs: number }
  /** Beta on [low, high] with mean (low + 4 mode + high) / 6, as PERT defines it. */
  | { readonly kind: 'pert'; readonly lowMs: number; readonly modeMs: number; readonly highMs: number };

/** What is impossible about the parameters, or null. */
export function distributionProblem(d: Distribution): string | null {
  switch (d.kind) {
    case 'constant':
      return notNegative('the value', d.valueMs);
    case 'empirical':
      if (d.valuesMs.length === 0) return 'needs at least one observed value';
      return d.valuesMs.every((value) => value >= 0 && Number.isFinite(value))
        ? null
        : 'has a negative or unknown value';
    case 'uniform':
      return (
        notNegative('low', d.lowMs) ??
        (d.highMs >= d.lowMs && Number.isFinite(d.highMs) ? null : 'high must be at or above low')
      );
    case 'exponential':
      return positive('the mean', d.meanMs);
    case 'normal':
      return notNegative('the mean', d.meanMs) ?? notNegative('the standard deviation', d.sdMs);
    case 'lognormal':
      return positive('the median', d.medianMs) ?? notNegative('sigma', d.sigma);
    case 'gamma':
    case 'weibull':
      return positive('the shape', d.shape) ?? positive('the scale', d.scaleMs);
    case 'pert':
      if (notNegative('low', d.lowMs)) return notNegative('low', d.lowMs);
      return d.lowMs <= d.modeMs && d.modeMs <= d.highMs && Number.isFinite(d.highMs)
        ? null
        : 'needs low <= mode <= high';
  }
}

/** The mean in ms; exact for every kind but the cut-off normal, where it is that of the uncut one. */
export function distributionMeanMs(d: Distribution): number {
  switch (d.kind) {
    case 'constant':
      return d.valueMs;
    case 'empirical':
      return d.valuesMs.reduce((sum, value) => sum + value, 0) / d.valuesMs.length;
    case 'uniform':
      return (d.lowMs + d.highMs) / 2;
    case 'exponential':
    case 'normal':
      return d.meanMs;
    case 'lognormal':
      return d.medianMs * Math.exp((d.sigma * d.sigma) / 2);
    case 'gamma':
      return d.shape * d.scaleMs;
    case 'weibull':
      return d.scaleMs * Math.exp(logGamma(1 + 1 / d.shape));
    case 'pert':
      return (d.lowMs + 4 * d.modeMs + d.highMs) / 6;
  }
}

const positive = (what: string, value: number): string | null =>
  value > 0 && Number.isFinite(value) ? null : `${what} must be above zero`;
const notNegative = (what: string, value: number): string | null =>
  value >= 0 && Number.isFinite(value) ? null : `${what} must not be negative`;
