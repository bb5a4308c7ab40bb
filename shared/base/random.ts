// Counter-based random numbers: a draw is a function of its key and its index, so nothing that happens elsewhere
// moves it (SIMULATION: a change moves only its causal cone). Keys are made of stable names, never of interned ids.

import { hashText, mix32 } from './hash.ts';

/** Joins key parts into one 32-bit key; the order of the parts counts. */
export function randomKey(seed: number, ...names: readonly (string | number)[]): number {
  let key = mix32(seed | 0);
  for (const name of names) key = mix32(Math.imul(key, 31) ^ (typeof name === 'string' ? hashText(name) : mix32(name)));
  return key;
}

/** The `index`-th 32 random bits of a key. */
export const randomBits = (key: number, index: number): number =>
  mix32(mix32(key + Math.imul(index + 1, 0x9e3779b9)) ^ Math.imul(key, 0x85ebca6b));

/** As `flip`: every uniform u becomes 1 - u, exactly. What is drawn by inversion is then its antithetic draw. */
export const MIRRORED = -1;

/**
 * Uniform in the open interval (0, 1): 32 bits, never 0 and never 1, so a logarithm of it is finite. `flip`: 0 or
 * MIRRORED.
 */
export const randomUnit = (key: number, index: number, flip = 0): number =>
  (((randomBits(key, index) ^ flip) >>> 0) + 0.5) / 4294967296;

/** A standard normal draw by inversion (P. J. Acklam's rational approximation, relative error below 1.2e-9). */
export const randomNormal = (key: number, index: number, flip = 0): number =>
  normalQuantile(randomUnit(key, index, flip));

/** Inverse of the standard normal distribution function, for p in (0, 1). Written out: it is most of a draw's cost. */
export function normalQuantile(p: number): number {
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const above =
    ((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
    2.506628277459239;
  const below =
    (((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
    1.328068155288572e1;
  return (q * above) / (below * r + 1);
}

function tail(q: number): number {
  const above =
    ((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const below = ((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416;
  return above / (below * q + 1);
}
