// The search for slots finds the smallest step that meets the target, tries nothing twice for nothing, and ends.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CapacitySearch } from '../../../simulations/experiments/capacity-search.ts';

/** `quickIsEnough` may be more hopeful than the claim. */
function search(range: { from: number; max: number; step: number }, quickFrom: number, metFrom: number) {
  const found = new CapacitySearch(range);
  const tries: { slots: number; kind: string }[] = [];
  for (let tried = found.next(); tried !== null; tried = found.next()) {
    tries.push(tried);
    if (tries.length > 200) throw new Error('it does not end');
    found.tell(tried, tried.kind === 'quick' ? tried.slots >= quickFrom : tried.slots >= metFrom ? 'met' : 'undecided');
  }
  return { found: found.found, tries };
}

describe('the capacity search', () => {
  it('finds the smallest number of slots, to its step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(3_000),
        (from, step, more) => {
          const needs = from + 1 + more;
          const max = from * 8;
          const { found, tries } = search({ from, max, step }, needs, needs);
          if (needs > max) expect(found).toBeNull();
          else {
            expect(found).toBeGreaterThanOrEqual(needs);
            expect((found ?? 0) - needs).toBeLessThan(step);
          }
          expect(tries.length).toBeLessThanOrEqual(24);
          expect(tries.filter(({ kind }) => kind === 'full').length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('goes up from what a quick look found until the claim holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 64 }), fc.nat(40), fc.nat(12), (from, quick, hope) => {
        const quickFrom = from + 1 + quick;
        const { found, tries } = search({ from, max: from * 8, step: 1 }, quickFrom, quickFrom + hope);
        expect(found).toBe(quickFrom + hope);
        expect(tries.filter(({ kind }) => kind === 'full').length).toBe(hope + 1);
      }),
    );
  });
});
