// Searching in ascending numbers, by halves.

/** Index of the last value <= `most`, or -1. */
export function lastAtOrBefore(ascending: Float64Array, most: number): number {
  let low = -1;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle] <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
