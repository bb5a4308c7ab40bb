// The queue over many epochs gives rows back in order of time, whatever is pushed while it runs; and refuses what is
// beyond its last epoch.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EpochQueue } from '../../../simulations/engine/epoch-queue.ts';
import { OutOfTimeError } from '../../../simulations/engine/event-queue.ts';
import { ROW_INTS, rowTable } from '../../../simulations/engine/rows.ts';

const DAY = 86_400_000;
const gap = fc.oneof(
  fc.nat(3),
  fc.nat(10_000),
  fc.nat(20 * DAY),
  fc.constantFrom(536_870_911, 536_870_912, 1_073_741_824),
);

describe('the epoch queue', () => {
  it('is a priority queue over months', () => {
    const rows = rowTable(400);
    const queue = new EpochQueue(rows, 3);
    fc.assert(
      fc.property(fc.array(fc.array(gap, { maxLength: 4 }), { minLength: 1, maxLength: 80 }), (steps) => {
        queue.clear();
        const expected: number[] = [];
        let row = 0;
        let nowMs = 0;
        // Each step pushes rows after the clock, then takes one.
        for (const gaps of steps) {
          for (const ms of gaps) {
            queue.push(row, nowMs + ms);
            row += ROW_INTS;
            expected.push(nowMs + ms);
          }
          expected.sort((a, b) => a - b);
          // A limit below the next row must not move the clock past it.
          const limitMs = expected.length === 0 ? nowMs : Math.max(nowMs, (expected[0] ?? 0) - 1);
          expect(queue.next(limitMs)).toBeGreaterThanOrEqual(limitMs);
          nowMs = limitMs;
          const nextMs = queue.next(Number.POSITIVE_INFINITY);
          expect(nextMs).toBe(expected[0] ?? Number.POSITIVE_INFINITY);
          if (expected.length === 0) continue;
          queue.pop();
          nowMs = expected.shift() as number;
        }
        for (const ms of expected) {
          expect(queue.next(Number.POSITIVE_INFINITY)).toBe(ms);
          queue.pop();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('refuses times beyond its last epoch', () => {
    const queue = new EpochQueue(rowTable(1), 0);
    expect(() => queue.push(0, 100 * 366 * DAY)).toThrow(OutOfTimeError);
  });
});
