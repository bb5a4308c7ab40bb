// Intervals against published values, and quantiles of the histogram against the exact ones.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRank } from '../../../shared/base/quantile.ts';
import { meanHalfWidth, wilson } from '../../../simulations/experiments/intervals.ts';
import { ValueHistogram } from '../../../simulations/experiments/value-histogram.ts';

describe('intervals', () => {
  it('Wilson: R. G. Newcombe (1998), table I', () => {
    const { low, high } = wilson(81, 263);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
    expect(wilson(0, 20).high.toFixed(4)).toBe('0.1611');
    expect(wilson(0, 20).low).toBe(0);
    expect(wilson(29, 29).high).toBe(1);
    expect(wilson(0, 0).low).toBeNaN();
  });

  it('598 of 598 is at least 99.3 %', () => {
    expect(wilson(598, 598).low).toBeGreaterThan(0.993);
  });

  it('Student: the factors of the tables', () => {
    // Values with standard error 1: n of them, alternating around 0.
    const factor = (n: number): number => {
      const scale = Math.sqrt(n - 1);
      return meanHalfWidth(Array.from({ length: n }, (_, i) => (i % 2 === 0 ? scale : -scale)));
    };
    expect(factor(2)).toBeCloseTo(12.7062, 3);
    expect(factor(10)).toBeCloseTo(2.2622, 2);
    expect(factor(30)).toBeCloseTo(2.0452, 3);
    expect(meanHalfWidth([3])).toBeNaN();
  });
});

describe('the histogram', () => {
  it('answers quantiles to 0.1 %, mean and maximum exactly', () => {
    const value = fc.oneof(
      fc.nat(3_000),
      fc.nat(2_000_000_000),
      fc.maxSafeNat().map((n) => n % 2_000_000_000_000),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const histogram = new ValueHistogram();
          for (const each of values) histogram.add(each);
          const exact = nearestRank(Float64Array.from(values).sort(), q);
          expect(Math.abs(histogram.quantile(q) - exact)).toBeLessThanOrEqual(0.001 * exact);
          expect(histogram.max).toBe(Math.max(...values));
          expect(histogram.sum).toBe(values.reduce((a, b) => a + b, 0));
        },
      ),
    );
  });

  it('answers exactly where all values of a bucket are alike', () => {
    const histogram = new ValueHistogram();
    for (let i = 0; i < 1_000; i++) histogram.add(Math.floor(i / 16) * 1_000);
    expect([0.5, 0.99, 1].map((q) => histogram.quantile(q))).toEqual([31_000, 61_000, 62_000]);
  });
});
