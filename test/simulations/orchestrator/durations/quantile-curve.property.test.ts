// A curve gives the duration that is as unusual as a score: its distribution function, asked the other way round, gives
// the score's share back; and curves of observed values give each of them as often as it was seen.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaP, normalCdf } from '../../../../shared/base/special-functions.ts';
import type { Distribution } from '../../../../shared/model/distribution.ts';
import { quantileCurve } from '../../../../simulations/orchestrator/durations/quantile-curve.ts';

const shape = fc.double({ min: 0.5, max: 50, noNaN: true });
const scaleMs = fc.double({ min: 1_000, max: 10_000_000, noNaN: true });
const score = fc.double({ min: -5, max: 5, noNaN: true });

/** The true share at or below, of kinds that have a curve of lines. */
function shareBelow(d: Distribution, ms: number): number {
  switch (d.kind) {
    case 'exponential':
      return 1 - Math.exp(-ms / d.meanMs);
    case 'lognormal':
      return normalCdf(Math.log(ms / d.medianMs) / d.sigma);
    case 'gamma':
      return gammaP(d.shape, ms / d.scaleMs);
    case 'weibull':
      return 1 - Math.exp(-Math.exp(d.shape * Math.log(ms / d.scaleMs)));
    default:
      throw new Error(d.kind);
  }
}

const continuous: fc.Arbitrary<Distribution> = fc.oneof(
  scaleMs.map((meanMs): Distribution => ({ kind: 'exponential', meanMs })),
  fc.record({
    kind: fc.constant('lognormal' as const),
    medianMs: scaleMs,
    sigma: fc.double({ min: 0.01, max: 2, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('gamma' as const), shape, scaleMs }),
  fc.record({ kind: fc.constant('weibull' as const), shape, scaleMs }),
);

describe('a quantile curve', () => {
  it('is within 0.1 % of the true quantile', () => {
    fc.assert(
      fc.property(continuous, score, (d, z) => {
        const ms = quantileCurve(d)?.(z) ?? Number.NaN;
        const share = normalCdf(z);
        expect(shareBelow(d, ms * 0.999)).toBeLessThanOrEqual(share + 1e-12);
        expect(shareBelow(d, ms * 1.001)).toBeGreaterThanOrEqual(share - 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it('never falls', () => {
    fc.assert(
      fc.property(continuous, score, score, (d, a, b) => {
        const curve = quantileCurve(d) ?? (() => Number.NaN);
        expect(curve(Math.min(a, b))).toBeLessThanOrEqual(curve(Math.max(a, b)));
      }),
      { numRuns: 200 },
    );
  });

  it('of observed values gives each as often as it was seen', () => {
    const curve = quantileCurve({ kind: 'empirical', valuesMs: Float64Array.of(30, 10, 20, 10) });
    const scores = [-5, -0.68, -0.66, -0.01, 0.01, 0.66, 0.68, 5];
    expect(scores.map((z) => curve?.(z))).toEqual([10, 10, 10, 10, 20, 20, 30, 30]);
    expect(quantileCurve({ kind: 'constant', valueMs: 7 })?.(3)).toBe(7);
  });
});
