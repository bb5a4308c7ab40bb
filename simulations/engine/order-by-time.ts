// Sorts by time with ties in the order given: what a sorted lane is made of.

const DIGIT_BITS = 10;
const DIGITS = 1 << DIGIT_BITS;
const TIME_BITS = 30;

/** The indexes of `timesMs` (0 to below 2^30) by time, then by index. Radix sort: linear, two arrays. */
export function orderByTime(timesMs: Int32Array): Int32Array {
  const count = timesMs.length;
  let order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let sorted = new Int32Array(count);
  const ends = new Int32Array(DIGITS);
  for (let shift = 0; shift < TIME_BITS; shift += DIGIT_BITS) {
    ends.fill(0);
    for (let i = 0; i < count; i++) ends[digit(timesMs[i], shift)]++;
    for (let d = 1; d < DIGITS; d++) ends[d] += ends[d - 1];
    for (let i = count - 1; i >= 0; i--) sorted[--ends[digit(timesMs[order[i]], shift)]] = order[i];
    [order, sorted] = [sorted, order];
  }
  return order;
}

const digit = (timeMs: number, shift: number): number => (timeMs >>> shift) & (DIGITS - 1);
