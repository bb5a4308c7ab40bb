// How long an attempt takes that has already run for some time: a draw from what is left of its distribution above that.
// By inversion of the upper tail, so that one uniform makes one draw; a PERT by trying again.

import { normalQuantile, randomUnit } from '../../../shared/base/random.ts';
import { normalCdf } from '../../../shared/base/special-functions.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';
import { quantileCurve } from './quantile-curve.ts';
import { sampleMs } from './sample.ts';

/**
 * A whole duration in ms, not rounded, above `elapsedMs`, given that it is; null where the distribution has nothing
 * above it. Draws of one key are one draw.
 */
export function drawLongerMs(d: Distribution, elapsedMs: number, key: number): number | null {
  const u = randomUnit(key, 0);
  switch (d.kind) {
    case 'constant':
      return d.valueMs > elapsedMs ? d.valueMs : null;
    case 'empirical': {
      const longer = Array.from(d.valuesMs).filter((ms) => ms > elapsedMs);
      return longer.length === 0 ? null : longer[Math.floor(u * longer.length)];
    }
    case 'uniform': {
      const lowMs = Math.max(d.lowMs, elapsedMs);
      return d.highMs > elapsedMs ? lowMs + (d.highMs - lowMs) * u : null;
    }
    // Without memory.
    case 'exponential':
      return elapsedMs - d.meanMs * Math.log(u);
    case 'weibull': {
      // (t / scale)^shape is exponential, which has none.
      const hazard = elapsedMs > 0 ? Math.exp(d.shape * Math.log(elapsedMs / d.scaleMs)) : 0;
      return d.scaleMs * Math.exp(Math.log(hazard - Math.log(u)) / d.shape);
    }
    case 'lognormal':
      if (d.sigma === 0) return d.medianMs > elapsedMs ? d.medianMs : null;
      return d.medianMs * Math.exp(d.sigma * scoreAbove(Math.log(elapsedMs / d.medianMs) / d.sigma, u));
    case 'normal':
      if (d.sdMs === 0) return d.meanMs > elapsedMs ? d.meanMs : null;
      return d.meanMs + d.sdMs * scoreAbove((elapsedMs - d.meanMs) / d.sdMs, u);
    case 'gamma':
      return gammaAbove(d, elapsedMs, u);
    case 'pert':
      return pertAbove(d, elapsedMs, key, u);
  }
}

/** Beyond it the distribution function is too near to 1 for a double; the tail is exp(-score^2 / 2) there, within 3 %. */
const SCORE_MAX = 6;

/** A standard normal score above another. */
function scoreAbove(score: number, u: number): number {
  if (score > SCORE_MAX) return Math.sqrt(score * score - 2 * Math.log(u));
  return Math.max(score, -normalQuantile(u * normalCdf(-score)));
}

/** Above its curve, which ends at one in a billion, the tail of a gamma is an exponential's. */
const HALVINGS = 50;

function gammaAbove(d: Distribution & { kind: 'gamma' }, elapsedMs: number, u: number): number {
  const curve = quantileCurve(d);
  if (curve === null || curve(SCORE_MAX) <= elapsedMs) return elapsedMs - d.scaleMs * Math.log(u);
  let low = -SCORE_MAX;
  let high = SCORE_MAX;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (curve(middle) > elapsedMs) high = middle;
    else low = middle;
  }
  return Math.max(elapsedMs, curve(scoreAbove(low, u)));
}

const TRIES = 256;
const TRIES_DRAW = 1 << 20;

/** Where nearly nothing of it is left, evenly up to its end. */
function pertAbove(d: Distribution & { kind: 'pert' }, elapsedMs: number, key: number, u: number): number | null {
  if (d.highMs <= elapsedMs) return null;
  for (let i = 0; i < TRIES; i++) {
    const ms = sampleMs(d, key + Math.imul(i + 1, TRIES_DRAW));
    if (ms > elapsedMs) return ms;
  }
  return elapsedMs + (d.highMs - elapsedMs) * u;
}
