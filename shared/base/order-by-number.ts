// Puts rows in order of a column of doubles: what a log's events are ordered by. Linear in the rows (a radix sort of the
// doubles' bits), and one look at each where they stand in order already.

import { rowNumbers } from './columns.ts';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const PASSES = Math.ceil(64 / DIGIT_BITS);
/** Fewer rows are compared with each other: counting digits would take longer. */
const RADIX_ROWS_MIN = 2_048;
const INT_BITS = 32;
const SIGN = 0x8000_0000;

/** The row numbers of `values` in ascending order of their values, unknown (NaN) last; ties in the order of the rows. */
export function orderByNumber(values: Float64Array): Int32Array {
  const order = rowNumbers(values.length);
  if (isAscending(values)) return order;
  if (values.length < RADIX_ROWS_MIN) return order.sort((a, b) => compare(values[a], values[b]) || a - b);
  return radixSorted(order, keysOf(values));
}

function isAscending(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i - 1] <= values[i])) return false;
  return true;
}

function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The low and the high half of each, two integers a row, that are in the order of the doubles when read unsigned. */
function keysOf(values: Float64Array): Int32Array {
  // Adding 0 makes one zero of both.
  const doubles = values.map((value) => value + 0);
  const keys = new Int32Array(doubles.buffer);
  for (let i = 0; i < doubles.length; i++) {
    if (Number.isNaN(values[i])) keys[2 * i] = keys[2 * i + 1] = -1;
    else if (keys[2 * i + 1] >= 0) keys[2 * i + 1] ^= SIGN;
    else {
      keys[2 * i] = ~keys[2 * i];
      keys[2 * i + 1] = ~keys[2 * i + 1];
    }
  }
  return keys;
}

/** From the lowest digit to the highest; a digit that all have in common is passed over. */
function radixSorted(rows: Int32Array, keys: Int32Array): Int32Array {
  let order = rows;
  let sorted: Int32Array = new Int32Array(rows.length);
  const ends = new Int32Array(DIGITS);
  for (let pass = 0; pass < PASSES; pass++) {
    const shift = pass * DIGIT_BITS;
    ends.fill(0);
    for (let row = 0; row < rows.length; row++) ends[digit(keys, row, shift)]++;
    if (ends[digit(keys, 0, shift)] === rows.length) continue;
    for (let d = 1; d < DIGITS; d++) ends[d] += ends[d - 1];
    for (let i = rows.length - 1; i >= 0; i--) sorted[--ends[digit(keys, order[i], shift)]] = order[i];
    [order, sorted] = [sorted, order];
  }
  return order;
}

/** Little-endian, as every machine that runs this is: the low half comes first. */
function digit(keys: Int32Array, row: number, shift: number): number {
  const at = 2 * row;
  if (shift >= INT_BITS) return (keys[at + 1] >>> (shift - INT_BITS)) & (DIGITS - 1);
  const low = keys[at] >>> shift;
  return (shift + DIGIT_BITS > INT_BITS ? low | (keys[at + 1] << (INT_BITS - shift)) : low) & (DIGITS - 1);
}
