// Intervals of what replications say: of a share (Wilson) and of a mean over independent replications (normal, with
// Student's widening for few). Both at 95 %.

const Z = 1.959964;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927. NaN without trials. */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return { low: Number.NaN, high: Number.NaN };
  const p = successes / trials;
  const z2 = Z * Z;
  const centre = p + z2 / (2 * trials);
  const half = Z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  // At the ends the bound is the end itself: rounding must not pass it.
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === trials ? 1 : (centre + half) / scale,
  };
}

/** Half the width of a mean's interval; NaN for fewer than two values. */
export function meanHalfWidth(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 2) return Number.NaN;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) * (values[i] - mean);
  return studentFactor(n - 1) * Math.sqrt(squares / (n - 1) / n);
}

/** Of antithetic pairs, whose halves depend on each other while pairs do not. A half without its other is left out. */
export const pairMeans = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: Math.floor(values.length / 2) }, (_, i) => (values[2 * i] + values[2 * i + 1]) / 2);

/** Student's 97.5 % quantile by the Cornish-Fisher expansion (exact below 4 degrees, then within 0.2 %). */
function studentFactor(degrees: number): number {
  if (degrees <= EXACT.length) return EXACT[degrees - 1];
  const z3 = Z * Z * Z;
  const z5 = z3 * Z * Z;
  return Z + (z3 + Z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * degrees * degrees);
}

const EXACT = [12.706205, 4.302653, 3.182446, 2.776445];
