// Quantiles of a histogram against the sorted values: right to 0.1 % of the value, exact where values are small or alike;
// parts merge into what one would have made.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ValueHistogram } from '../../../simulations/experiments/value-histogram.ts';

const values = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 3_000 }),
    fc.integer({ min: 0, max: 2_147_483_647 }),
    fc.maxSafeNat().map((n) => n % 2_199_023_255_552),
  ),
  { minLength: 1, maxLength: 60 },
);

const filled = (all: readonly number[]): ValueHistogram => {
  const histogram = new ValueHistogram();
  for (const value of all) histogram.add(value);
  return histogram;
};

it('ranks values to 0.1 %', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, q) => {
      const sorted = [...all].sort((a, b) => a - b);
      const exact = sorted[Math.max(1, Math.ceil(q * sorted.length - 1e-9)) - 1];
      const histogram = filled(all);
      expect(Math.abs(histogram.quantile(q) - exact)).toBeLessThanOrEqual(exact < 2_048 ? 0 : exact * 0.001);
      expect(histogram.max).toBe(sorted.at(-1));
      expect(histogram.count).toBe(all.length);
    }),
    { numRuns: 200 },
  );
});

it('parts merge', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      const merged = filled(one);
      merged.absorb(filled(other).columns());
      const whole = filled([...one, ...other]);
      expect(merged.columns()).toEqual(whole.columns());
      expect([merged.mean, merged.max, merged.count]).toEqual([whole.mean, whole.max, whole.count]);
    }),
    { numRuns: 50 },
  );
});

it('a column counts as its values one by one', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      const histogram = filled(one);
      histogram.addAll(Float64Array.from([...other, 77]), other.length);
      expect(histogram.columns()).toEqual(filled([...one, ...other]).columns());
      expect(histogram.count).toBe(one.length + other.length);
      expect(histogram.max).toBe(Math.max(...one, ...other));
    }),
    { numRuns: 100 },
  );
});
