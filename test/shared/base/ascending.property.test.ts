// Searching by halves finds what looking at every value finds.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lastAtOrBefore } from '../../../shared/base/ascending.ts';

const values = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 20 });

it('is the last one at or before', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: -10, max: 10 }), (unsorted, most) => {
      const ascending = Float64Array.from(unsorted).sort();
      expect(lastAtOrBefore(ascending, most)).toBe(ascending.findLastIndex((value) => value <= most));
    }),
    { numRuns: 200 },
  );
});
