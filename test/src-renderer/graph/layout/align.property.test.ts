// Pooling adjacent violators gives the nearest rising sequence: rising, and no other rising sequence is nearer.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestRising } from '../../../../src-renderer/graph/layout/align.ts';

const wishes = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 })
  .map((list) => Float64Array.from(list));
const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

test('the answer rises', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const rising = nearestRising(wish);
      expect(rising).toEqual(rising.toSorted());
    }),
  );
});

test('a rising wish is its own answer', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      expect(nearestRising(wish.toSorted())).toEqual(wish.toSorted());
    }),
  );
});

test('no other rising sequence is nearer', () => {
  fc.assert(
    fc.property(
      wishes,
      fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 12, maxLength: 12 }),
      (wish, drawn) => {
        const other = Float64Array.from(drawn).sort().slice(0, wish.length);
        expect(distance(nearestRising(wish), wish)).toBeLessThanOrEqual(distance(other, wish) + 1e-9);
      },
    ),
  );
});
