// Rows come out in order of their numbers, whatever doubles these are: against a comparison of each with each.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderByNumber } from '../../../shared/base/order-by-number.ts';

/** Unknown last, ties in the order of the rows: by the language's stable sort. */
function expected(values: Float64Array): number[] {
  const rank = (a: number, b: number): number => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return a < b ? -1 : a > b ? 1 : 0;
  };
  return Array.from(values, (_, row) => row).sort((a, b) => rank(values[a], values[b]));
}

const anyNumber = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(-0, 0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);

it('few rows', () => {
  fc.assert(
    fc.property(fc.float64Array({ maxLength: 40 }), (values) => {
      expect(Array.from(orderByNumber(values))).toEqual(expected(values));
    }),
  );
});

it('many rows, of any doubles', () => {
  fc.assert(
    fc.property(fc.array(anyNumber, { minLength: 50, maxLength: 50 }), fc.integer({ min: 1, max: 97 }), (few, step) => {
      const values = Float64Array.from({ length: 4_000 }, (_, row) => few[(row * step) % few.length]);
      expect(Array.from(orderByNumber(values))).toEqual(expected(values));
    }),
    { numRuns: 20 },
  );
});

it('many rows, of the times of a night in µs, with ties', () => {
  const startUs = 1_766_534_400_000_000;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const values = Float64Array.from({ length: 4_000 }, (_, row) => startUs + (Math.imul(row, seed) >>> 8) * 1_000);
      expect(Array.from(orderByNumber(values))).toEqual(expected(values));
    }),
    { numRuns: 20 },
  );
});

it('leaves what is in order as it is', () => {
  const values = Float64Array.from({ length: 3_000 }, (_, row) => row >> 1);
  expect(Array.from(orderByNumber(values))).toEqual(expected(values));
});
