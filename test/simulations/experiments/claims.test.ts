// Claims of a share from counts of nights: the published numbers, the exact binomial sums, and verdicts on either side.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missesAtLeast, missesAtMost, trialsToClaim } from '../../../simulations/experiments/claims.ts';
import { type Counted, EARLY_CONFIDENCE, standing } from '../../../simulations/experiments/verdict.ts';

const nights = (trials: number, misses: number, wanted = 0.995): Counted => ({
  wanted,
  of: 'nights',
  trials: new Float64Array(trials).fill(1),
  met: Float64Array.from({ length: trials }, (_, i) => (i < misses ? 0 : 1)),
  isCertain: false,
});

describe('a claim', () => {
  it('of 99.5 % at 95 % takes 598 nights without a miss, and 947, 1,258, 1,549 with one, two, three', () => {
    expect([0, 1, 2, 3].map((misses) => trialsToClaim(0.995, 0.95, misses))).toEqual([598, 947, 1_258, 1_549]);
    expect(trialsToClaim(1, 0.95, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('adds up binomial chances', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    const chance = (n: number, k: number, p: number): number => {
      let product = choose(n, k);
      for (let i = 0; i < n; i++) product *= i < k ? p : 1 - p;
      return product;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, k, p) => {
          const misses = Math.min(k, n);
          let sum = 0;
          for (let i = 0; i <= misses; i++) sum += chance(n, i, p);
          expect(missesAtMost(misses, n, p)).toBeCloseTo(Math.min(1, sum), 9);
          const atLeast = 1 - sum + chance(n, misses, p);
          expect(missesAtLeast(misses, n, p)).toBeCloseTo(Math.min(1, atLeast), 9);
        },
      ),
    );
  });

  it('survives numbers whose first term is nothing', () => {
    expect(missesAtMost(500_000, 1_000_000, 0.5)).toBeGreaterThanOrEqual(0);
    expect(missesAtMost(5_200, 1_000_000, 0.005)).toBeGreaterThan(0.99);
    expect(missesAtMost(4_800, 1_000_000, 0.005)).toBeLessThan(0.01);
  });
});

describe('a verdict', () => {
  it('is met from the night on at which it can be claimed, and cannot be confirmed before', () => {
    expect(standing(nights(598, 0)).verdict).toBe('met');
    expect(standing(nights(597, 0))).toMatchObject({ verdict: 'cannot confirm', trialsNeeded: 598 });
    expect(standing(nights(1_257, 2))).toMatchObject({ verdict: 'undecided', trialsNeeded: 1_258 });
    expect(standing(nights(1_258, 2)).verdict).toBe('met');
    expect(standing(nights(90, 1))).toMatchObject({ verdict: 'cannot confirm', met: 89, trials: 90 });
  });

  it('is missed when so many misses would be rare, with Wilson’s interval', () => {
    const { verdict, low, high, share } = standing(nights(2_000, 54));
    expect(verdict).toBe('missed');
    expect(share).toBe(0.973);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.9649', '0.9792']);
  });

  it('takes more at an early look', () => {
    expect(standing(nights(598, 0), EARLY_CONFIDENCE).verdict).toBe('undecided');
    expect(standing(nights(1_379, 0), EARLY_CONFIDENCE).verdict).toBe('met');
  });

  it('claims nothing of every night, and misses it with one', () => {
    expect(standing(nights(100_000, 0, 1))).toMatchObject({ verdict: 'cannot confirm', trialsNeeded: null });
    expect(standing(nights(10, 1, 1)).verdict).toBe('missed');
  });

  it('needs one night where nothing is drawn, and says nothing without any', () => {
    expect(standing({ ...nights(1, 0), isCertain: true })).toMatchObject({ verdict: 'met', low: 1, high: 1 });
    expect(standing({ ...nights(1, 1), isCertain: true }).verdict).toBe('missed');
    expect(standing(nights(0, 0)).verdict).toBe('cannot confirm');
  });

  it('judges task runs by nights: one bad night among few decides nothing', () => {
    const trials = new Float64Array(20).fill(1_000);
    const all = (met: (night: number) => number): Counted => ({
      wanted: 0.9,
      of: 'task runs',
      trials,
      met: Float64Array.from(trials, (_, night) => met(night)),
      isCertain: false,
    });
    expect(standing(all((night) => (night === 0 ? 0 : 1_000)))).toMatchObject({ share: 0.95, verdict: 'undecided' });
    expect(standing(all((night) => 940 + (night % 3))).verdict).toBe('met');
    expect(standing(all((night) => 840 + (night % 3))).verdict).toBe('missed');
    const few = { ...all(() => 1_000), trials: trials.slice(0, 5), met: trials.slice(0, 5) };
    expect(standing(few).verdict).toBe('cannot confirm');
  });
});
