// Draws follow their distributions: against distribution functions written from the textbooks, by Kolmogorov-Smirnov.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomKey } from '../../../../shared/base/random.ts';
import { type Distribution, distributionMeanMs, distributionProblem } from '../../../../shared/model/distribution.ts';
import { roundedMs, sampleMs } from '../../../../simulations/orchestrator/durations/sample.ts';

const DRAWS = 20_000;
/** The 99.99th percentile of the Kolmogorov statistic times the square root of the draws; seeds are fixed. */
const KS_LIMIT = 2.23;

const draw = (d: Distribution, seed: number): number[] =>
  Array.from({ length: DRAWS }, (_, i) => sampleMs(d, randomKey(seed, 'draw', i)));

function kolmogorov(values: number[], cdf: (x: number) => number): number {
  const sorted = values.toSorted((a, b) => a - b);
  let worst = 0;
  sorted.forEach((x, i) => {
    worst = Math.max(worst, Math.abs(cdf(x) - i / DRAWS), Math.abs(cdf(x) - (i + 1) / DRAWS));
  });
  return worst * Math.sqrt(DRAWS);
}

/** Standard normal distribution function (W. J. Cody's error function by Abramowitz and Stegun 7.1.26, error 1.5e-7). */
function phi(z: number): number {
  const t = 1 / (1 + 0.3275911 * (Math.abs(z) / Math.SQRT2));
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - poly * Math.exp(-(z * z) / 2);
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}

const CASES: [string, Distribution, (x: number) => number][] = [
  ['exponential', { kind: 'exponential', meanMs: 40 }, (x) => 1 - Math.exp(-x / 40)],
  ['uniform', { kind: 'uniform', lowMs: 5, highMs: 9 }, (x) => (x - 5) / 4],
  ['normal', { kind: 'normal', meanMs: 600, sdMs: 10 }, (x) => phi((x - 600) / 10)],
  ['lognormal', { kind: 'lognormal', medianMs: 30, sigma: 0.8 }, (x) => phi(Math.log(x / 30) / 0.8)],
  ['weibull', { kind: 'weibull', shape: 1.7, scaleMs: 12 }, (x) => 1 - Math.exp(-((x / 12) ** 1.7))],
  ['gamma of shape 1', { kind: 'gamma', shape: 1, scaleMs: 7 }, (x) => 1 - Math.exp(-x / 7)],
  [
    'gamma of shape 3',
    { kind: 'gamma', shape: 3, scaleMs: 2 },
    (x) => 1 - Math.exp(-x / 2) * (1 + x / 2 + (x / 2) ** 2 / 2),
  ],
  ['gamma of shape 1/2', { kind: 'gamma', shape: 0.5, scaleMs: 2 }, (x) => 2 * phi(Math.sqrt(x)) - 1],
  // PERT(0, 0, 1) is Beta(1, 5).
  ['pert', { kind: 'pert', lowMs: 0, modeMs: 0, highMs: 1 }, (x) => 1 - (1 - x) ** 5],
];

describe('draws', () => {
  it.each(CASES)('of %s follow its distribution function', (_name, d, cdf) => {
    for (const seed of [1, 2, 3]) expect(kolmogorov(draw(d, seed), cdf)).toBeLessThan(KS_LIMIT);
  });

  it.each(CASES)('of %s have its mean', (_name, d) => {
    const values = draw(d, 4);
    const mean = values.reduce((a, b) => a + b, 0) / DRAWS;
    const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / DRAWS);
    expect(Math.abs(mean - distributionMeanMs(d)) / (sd / Math.sqrt(DRAWS))).toBeLessThan(4);
  });

  it('of observed values give each of them, and nothing else', () => {
    const valuesMs = Float64Array.of(3, 1, 4, 15);
    expect(new Set(draw({ kind: 'empirical', valuesMs }, 5))).toEqual(new Set(valuesMs));
  });
});

const any: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({
    kind: fc.constant('lognormal' as const),
    medianMs: fc.double({ min: 1, max: 1e6 }),
    sigma: fc.double({ min: 0, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('gamma' as const),
    shape: fc.double({ min: 0.1, max: 20 }),
    scaleMs: fc.double({ min: 1, max: 1e5 }),
  }),
  fc.record({
    kind: fc.constant('weibull' as const),
    shape: fc.double({ min: 0.3, max: 9 }),
    scaleMs: fc.double({ min: 1, max: 1e5 }),
  }),
  fc
    .tuple(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000))
    .map(([a, b, c]) => ({ kind: 'pert' as const, lowMs: a, modeMs: a + b, highMs: a + b + c })),
);

describe('any possible distribution', () => {
  it('gives a finite, non-negative duration, the same from the same key', () => {
    fc.assert(
      fc.property(any, fc.integer(), (d, key) => {
        fc.pre(distributionProblem(d) === null && !Object.values(d).some(Number.isNaN));
        const value = sampleMs(d, key);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(value)).toBe(true);
        expect(sampleMs(d, key)).toBe(value);
        if (d.kind === 'pert') expect(value >= d.lowMs && value <= d.highMs).toBe(true);
      }),
    );
  });
});

describe('impossible parameters', () => {
  it.each([
    [{ kind: 'constant', valueMs: -1 }, /negative/],
    [{ kind: 'exponential', meanMs: 0 }, /above zero/],
    [{ kind: 'gamma', shape: Number.NaN, scaleMs: 1 }, /above zero/],
    [{ kind: 'uniform', lowMs: 2, highMs: 1 }, /at or above/],
    [{ kind: 'pert', lowMs: 3, modeMs: 2, highMs: 9 }, /low <= mode/],
    [{ kind: 'empirical', valuesMs: new Float64Array(0) }, /at least one/],
    [{ kind: 'lognormal', medianMs: 5, sigma: -1 }, /negative/],
  ] as [Distribution, RegExp][])('%j are named', (d, reason) => expect(distributionProblem(d)).toMatch(reason));
});

it('rounds as the language does', () => {
  const times = fc.oneof(
    fc.nat(),
    fc.integer({ min: 0, max: 2_000_000 }).map((halves) => halves / 2),
    fc.double({ min: 1, max: 2 ** 51, noNaN: true }),
  );
  fc.assert(
    fc.property(times, (ms) => {
      expect(roundedMs(ms)).toBe(Math.round(ms));
    }),
  );
});
