// Draws from a distribution by key: the same key always gives the same duration, whatever else was drawn. A draw may
// use several uniforms of its key (index 0, 1, …), so a key belongs to one draw.

import { randomNormal, randomUnit } from '../../../shared/base/random.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';

/**
 * To a whole number, halves up: Math.round of what is not negative, of up to 2^51. That one has a branch which every other
 * draw takes, and so takes longer than the rest of a draw.
 */
export const roundedMs = (ms: number): number => Math.floor(ms + 0.5);

/** A duration in ms, not rounded, at least 0. `flip`: 0, or MIRRORED for the antithetic draw. */
export function sampleMs(d: Distribution, key: number, flip = 0): number {
  switch (d.kind) {
    case 'constant':
      return d.valueMs;
    case 'empirical':
      return d.valuesMs[Math.floor(randomUnit(key, 0, flip) * d.valuesMs.length)];
    case 'uniform':
      return d.lowMs + (d.highMs - d.lowMs) * randomUnit(key, 0, flip);
    case 'exponential':
      return -d.meanMs * Math.log(randomUnit(key, 0, flip));
    case 'normal':
      return Math.max(0, d.meanMs + d.sdMs * randomNormal(key, 0, flip));
    case 'lognormal':
      return d.medianMs * Math.exp(d.sigma * randomNormal(key, 0, flip));
    case 'gamma':
      return d.scaleMs * standardGamma(d.shape, key, 0, flip);
    case 'weibull':
      return d.scaleMs * Math.exp(Math.log(-Math.log(randomUnit(key, 0, flip))) / d.shape);
    case 'pert':
      return samplePert(d, key, flip);
  }
}

/** Beta(a, b) as a ratio of two gammas, with PERT's a = 1 + 4 (mode - low) / range and b = 1 + 4 (high - mode) / range. */
function samplePert({ lowMs, modeMs, highMs }: Distribution & { kind: 'pert' }, key: number, flip: number): number {
  const rangeMs = highMs - lowMs;
  if (rangeMs === 0) return lowMs;
  const a = standardGamma(1 + (4 * (modeMs - lowMs)) / rangeMs, key, 0, flip);
  const b = standardGamma(1 + (4 * (highMs - modeMs)) / rangeMs, key, SECOND_GAMMA, flip);
  return lowMs + (rangeMs * a) / (a + b);
}

/** Where the uniforms of a key's second gamma start: the first accepts within a few tries. */
const SECOND_GAMMA = 1 << 16;

/**
 * Gamma with scale 1 (G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", 2000); a shape
 * below 1 is drawn at shape + 1 and scaled by u^(1 / shape).
 */
function standardGamma(shape: number, key: number, firstIndex: number, flip: number): number {
  if (shape < 1) {
    const boost = Math.exp(Math.log(randomUnit(key, firstIndex, flip)) / shape);
    return boost * standardGamma(shape + 1, key, firstIndex + 1, flip);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let index = firstIndex; ; index += 2) {
    const x = randomNormal(key, index, flip);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(randomUnit(key, index + 1, flip)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
