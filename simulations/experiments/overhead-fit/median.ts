// The median of a few values, the mean of the middle two when there is no middle.

/** NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const above = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[above] : (sorted[above - 1] + sorted[above]) / 2;
}
