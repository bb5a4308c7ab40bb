// Against values from tables and identities that tie the functions to each other.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, gammaP, logGamma, normalCdf, trigamma } from '../../../shared/base/special-functions.ts';

describe('special functions', () => {
  it.each([
    ['logGamma(1/2)', logGamma(0.5), Math.log(Math.sqrt(Math.PI))],
    ['logGamma(10)', logGamma(10), Math.log(362_880)],
    ['digamma(1)', digamma(1), -0.5772156649015329],
    ['digamma(1/2)', digamma(0.5), -1.9635100260214235],
    ['trigamma(1)', trigamma(1), (Math.PI * Math.PI) / 6],
    ['trigamma(1/2)', trigamma(0.5), (Math.PI * Math.PI) / 2],
    ['P(1, 2)', gammaP(1, 2), 1 - Math.exp(-2)],
    ['P(3, 2)', gammaP(3, 2), 1 - Math.exp(-2) * 5],
    ['P(100, 100)', gammaP(100, 100), 0.5132987982791487],
    ['phi(1.96)', normalCdf(1.96), 0.9750021048517795],
    ['phi(-3)', normalCdf(-3), 0.0013498980316301],
    ['phi(0)', normalCdf(0), 0.5],
  ])('%s', (_, got, expected) => expect(got).toBeCloseTo(expected, 11));

  it('obey their recurrences', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 50, noNaN: true }), (x) => {
        expect(logGamma(x + 1)).toBeCloseTo(logGamma(x) + Math.log(x), 9);
        expect(digamma(x + 1)).toBeCloseTo(digamma(x) + 1 / x, 9);
        expect(trigamma(x) - trigamma(x + 1)).toBeCloseTo(1 / (x * x), 6);
      }),
    );
  });

  it('P rises from 0 to 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 200, noNaN: true }),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (a, x) => {
          const p = gammaP(a, x);
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(gammaP(a, x + 0.1)).toBeGreaterThanOrEqual(p - 1e-12);
        },
      ),
    );
    expect([gammaP(2, 0), gammaP(2, Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
  });
});
