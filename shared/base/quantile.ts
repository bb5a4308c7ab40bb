// Quantiles of measured values by nearest rank (the definition of REFERENCE_DAY): the smallest value with at least
// q of all values at or below it. Always one of the measured values, never between two.

/** Sorts a copy ascending, leaving out NaN (unknown is not zero). */
export function sortedKnown(values: ArrayLike<number>): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isNaN(value)) known[count++] = value;
  }
  return known.subarray(0, count).sort();
}

/** Nearest rank in ascending values; NaN when there are none. */
export function nearestRank(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  return sorted[Math.min(n - 1, Math.max(0, Math.ceil(q * n - 1e-9) - 1))];
}
