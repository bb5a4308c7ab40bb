// Fits find what the values were drawn from, and say when nothing fits.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomKey, randomUnit } from '../../../../../shared/base/random.ts';
import { type Distribution, distributionMeanMs } from '../../../../../shared/model/distribution.ts';
import {
  fitDistribution,
  kolmogorovDistance,
  kolmogorovP,
} from '../../../../../simulations/orchestrator/durations/fit/fit-distribution.ts';
import { sampleMs } from '../../../../../simulations/orchestrator/durations/sample.ts';

const draw = (d: Distribution, seed: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => sampleMs(d, randomKey(seed, 'draw', i)));

const fitOf = (d: Distribution, seed: number, count = 5_000) => {
  const fit = fitDistribution(draw(d, seed, count));
  const own = fit.candidates.find(({ distribution }) => distribution.kind === d.kind);
  return { fit, own };
};

describe('a fit of 5,000 draws', () => {
  it('of a lognormal finds median and sigma', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 100, max: 1e6, noNaN: true }),
        fc.double({ min: 0.1, max: 1.5, noNaN: true }),
        fc.nat(),
        (medianMs, sigma, seed) => {
          const { own } = fitOf({ kind: 'lognormal', medianMs, sigma }, seed);
          const found = own?.distribution as Extract<Distribution, { kind: 'lognormal' }>;
          // Standard errors: sigma / sqrt(n) of the log median, sigma / sqrt(2n) of sigma; five of them.
          expect(Math.abs(Math.log(found.medianMs / medianMs))).toBeLessThan((5 * sigma) / Math.sqrt(5_000));
          expect(Math.abs(found.sigma - sigma)).toBeLessThan((5 * sigma) / Math.sqrt(10_000));
        },
      ),
      { numRuns: 30 },
    );
  });

  const shaped = (kind: 'gamma' | 'weibull') =>
    fc.property(
      fc.double({ min: 0.5, max: 8, noNaN: true }),
      fc.double({ min: 100, max: 1e5, noNaN: true }),
      fc.nat(),
      (shape, scaleMs, seed) => {
        const { own } = fitOf({ kind, shape, scaleMs }, seed);
        const found = own?.distribution as Extract<Distribution, { kind: 'gamma' }>;
        expect(Math.abs(found.shape / shape - 1)).toBeLessThan(0.12);
        expect(Math.abs(distributionMeanMs(found) / distributionMeanMs({ kind, shape, scaleMs }) - 1)).toBeLessThan(
          0.12,
        );
      },
    );

  it('of a gamma finds shape and mean', () => {
    fc.assert(shaped('gamma'), { numRuns: 30 });
  });

  it('of a Weibull finds shape and mean', () => {
    fc.assert(shaped('weibull'), { numRuns: 30 });
  });

  it.each([
    [{ kind: 'lognormal', medianMs: 300_000, sigma: 0.6 }],
    [{ kind: 'gamma', shape: 3, scaleMs: 60_000 }],
    [{ kind: 'weibull', shape: 2.5, scaleMs: 60_000 }],
    [{ kind: 'exponential', meanMs: 60_000 }],
  ] as [Distribution][])('of %j chooses its kind', (d) => {
    const kinds = [1, 2, 3, 4, 5].map((seed) => fitOf(d, seed).fit.chosen.kind);
    // An exponential is a gamma and a Weibull of shape 1, which sometimes win by a little.
    expect(kinds.filter((kind) => kind === d.kind).length).toBeGreaterThanOrEqual(d.kind === 'exponential' ? 3 : 5);
  });

  it('is a place where the likelihood falls on every side', () => {
    const values = draw({ kind: 'gamma', shape: 2, scaleMs: 1_000 }, 9, 2_000);
    const { candidates } = fitDistribution(values);
    const best = candidates.find(({ distribution }) => distribution.kind === 'gamma');
    if (best?.distribution.kind !== 'gamma') throw new Error('no gamma was fitted');
    const { shape, scaleMs } = best.distribution;
    const logGammaByStirling = (x: number): number =>
      (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
    const likelihood = (k: number, s: number): number =>
      values.reduce(
        (sum, x) =>
          sum +
          (k - 1) * Math.log(x) -
          x / s -
          k * Math.log(s) -
          (logGammaByStirling(k + 5) - Math.log(k * (k + 1) * (k + 2) * (k + 3) * (k + 4))),
        0,
      );
    expect(best.logLikelihood).toBeCloseTo(likelihood(shape, scaleMs), 1);
    for (const [k, s] of [
      [1.01, 1],
      [0.99, 1],
      [1, 1.01],
      [1, 0.99],
    ])
      expect(likelihood(shape * k, scaleMs * s)).toBeLessThan(likelihood(shape, scaleMs));
  });
});

describe('goodness of fit', () => {
  it('p of the truth is uniform: about a tenth below 0.1', () => {
    const ps = Array.from({ length: 2_000 }, (_, seed) => {
      const values = Float64Array.from({ length: 50 }, (_, i) => randomUnit(randomKey(seed, 'ks'), i)).sort();
      return kolmogorovP(
        kolmogorovDistance(values, (x) => x),
        50,
      );
    });
    for (const q of [0.05, 0.1, 0.5, 0.9]) expect(ps.filter((p) => p < q).length / ps.length).toBeCloseTo(q, 1);
  });

  it.each([
    [0.136, 100, 0.046],
    [0.05, 100, 0.96],
    [1, 20, 0],
  ])('distance %d of %d values has p %d', (distance, n, p) => expect(kolmogorovP(distance, n)).toBeCloseTo(p, 1.7));

  it('two humps fit nothing: the values are kept', () => {
    const values = [
      ...draw({ kind: 'normal', meanMs: 1_000, sdMs: 20 }, 1, 300),
      ...draw({ kind: 'normal', meanMs: 9_000, sdMs: 20 }, 2, 300),
    ];
    const { chosen, reason, candidates } = fitDistribution(values);
    expect(chosen.kind).toBe('empirical');
    expect(reason).toMatch(/no distribution fits \(the nearest, /);
    expect(candidates.every(({ fits }) => !fits)).toBe(true);
  });
});

describe('too little to fit', () => {
  it.each([
    [[5, 5, 5], 'constant', /equal/],
    [[1, 2, 3], 'empirical', /only 3/],
    [[0, ...Array.from({ length: 30 }, (_, i) => i + 1)], 'empirical', /zero/],
  ])('%j', (values, kind, reason) => {
    const fit = fitDistribution(values);
    expect(fit.chosen.kind).toBe(kind);
    expect(fit.reason).toMatch(reason);
  });

  it('no values are a defect of the caller', () => expect(() => fitDistribution([])).toThrow(RangeError));
});
