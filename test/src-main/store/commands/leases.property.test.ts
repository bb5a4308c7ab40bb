// The heap of leases against a list that is searched: the same are over at the same time, and nothing stays of what ended.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Held, Leases } from '../../../../src-main/store/commands/leases.ts';
import { ManualClock } from './manual-clock.ts';

interface Holder {
  untilUs: number;
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), forMs: fc.integer({ min: 1, max: 50 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('renew' as const),
      which: fc.nat(),
      forMs: fc.integer({ min: 1, max: 50 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30 }) }) },
);

/** The timer is set for whole milliseconds after a lease. */
const LATE_US = 2_000;

test('whose lease is over is told once and soon, who ended never, and nothing is kept of either', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const clock = new ManualClock();
      const live = new Map<Holder, Held<Holder>>();
      const onOver = (holders: readonly Holder[]): void => {
        for (const holder of holders) {
          expect(holder.untilUs).toBeLessThan(clock.nowUs());
          expect(live.delete(holder)).toBe(true);
        }
      };
      const leases = new Leases<Holder>(clock, ({ untilUs }) => untilUs, onOver);
      const after = (forMs: number): number => clock.nowUs() + forMs * 1_000;
      for (const one of steps) {
        const holder = [...live.keys()][one.kind === 'end' || one.kind === 'renew' ? one.which % live.size : 0];
        if (one.kind === 'add') {
          const added = { untilUs: after(one.forMs) };
          live.set(added, leases.add(added, added.untilUs));
        } else if (one.kind === 'wait') {
          clock.advance(one.ms);
          for (const { untilUs } of live.keys()) expect(untilUs).toBeGreaterThanOrEqual(clock.nowUs() - LATE_US);
        } else if (holder && one.kind === 'renew') holder.untilUs = Math.max(holder.untilUs, after(one.forMs));
        else if (holder) {
          const held = live.get(holder);
          if (held) leases.remove(held);
          live.delete(holder);
        }
        expect(leases.size).toBe(live.size);
      }
      clock.advance(1_000);
      expect(live.size).toBe(0);
      expect(leases.size).toBe(0);
    }),
    { numRuns: 100 },
  );
});
