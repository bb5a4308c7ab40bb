// The engine's small parts, each against the plainest thing that does the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitTree } from '../../../simulations/engine/bit-tree.ts';
import { EventPool } from '../../../simulations/engine/event-pool.ts';
import { DelayLane, LongDelayLane, SortedLane } from '../../../simulations/engine/lanes.ts';
import { orderByTime } from '../../../simulations/engine/order-by-time.ts';
import { RowBatch } from '../../../simulations/engine/row-batch.ts';
import { FOREVER_MS, ROW_INTS, rowTable } from '../../../simulations/engine/rows.ts';

describe('a bit tree', () => {
  it('finds the first member at or after a place', () => {
    const cases = fc.constantFrom(1, 31, 32, 33, 1_024, 1_025, 40_000).chain((size) =>
      fc.record({
        size: fc.constant(size),
        changes: fc.array(fc.tuple(fc.boolean(), fc.nat(size - 1)), { maxLength: 60 }),
        asked: fc.array(fc.nat(size - 1), { minLength: 1, maxLength: 20 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ size, changes, asked }) => {
        const tree = new BitTree(size);
        const members = new Set<number>();
        for (const [isIn, member] of changes) {
          if (isIn) tree.add(member);
          else tree.remove(member);
          if (isIn) members.add(member);
          else members.delete(member);
        }
        for (const from of asked) {
          const after = [...members].filter((m) => m >= from);
          expect(tree.nextFrom(from)).toBe(after.length === 0 ? -1 : Math.min(...after));
        }
        const found: number[] = [];
        for (let m = tree.nextFrom(0); m >= 0; m = tree.removeThenNext(m)) found.push(m);
        expect(found).toEqual([...members].sort((a, b) => a - b));
        expect(tree.nextFrom(0)).toBe(-1);
        for (const member of members) tree.add(member);
        tree.clear();
        expect(tree.nextFrom(0)).toBe(-1);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('lanes', () => {
  it.each<[string, () => DelayLane | LongDelayLane, number, number]>([
    ['a delay lane', () => new DelayLane(), 0, FOREVER_MS],
    ['one of long times', () => new LongDelayLane(), 300_000_000_000, Number.POSITIVE_INFINITY],
  ])('%s is first in, first out, however it fills', (_, newLane, fromMs, never) => {
    const runs = fc.array(fc.tuple(fc.nat(2_000), fc.nat(2_000)), { maxLength: 12 });
    fc.assert(
      fc.property(runs, (list) => {
        const lane = newLane();
        const model: [number, number][] = [];
        let pushed = 0;
        for (const [pushes, pops] of list) {
          for (let i = 0; i < pushes; i++, pushed++) {
            lane.push(pushed, fromMs + pushed * 3);
            model.push([pushed, fromMs + pushed * 3]);
          }
          const expected = model.splice(0, pops);
          const popped = expected.map(() => {
            const { nextMs } = lane;
            return [lane.pop(), nextMs];
          });
          expect(popped).toEqual(expected);
          expect(lane.nextMs).toBe(model.length === 0 ? never : model[0][1]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a sorted lane goes through its list and rewinds', () => {
    const lane = new SortedLane(Int32Array.of(8, 0), Int32Array.of(5, 5));
    for (let time = 0; time < 2; time++) {
      expect([lane.nextMs, lane.pop(), lane.nextMs, lane.pop(), lane.nextMs]).toEqual([5, 8, 5, 0, FOREVER_MS]);
      lane.rewind();
    }
    expect(new SortedLane(new Int32Array(0), new Int32Array(0)).nextMs).toBe(FOREVER_MS);
  });
});

describe('order by time', () => {
  it('is a stable sort', () => {
    const time = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: FOREVER_MS - 1 }));
    fc.assert(
      fc.property(fc.array(time, { maxLength: 200 }), (times) => {
        const expected = times.map((_, i) => i).sort((a, b) => times[a] - times[b] || a - b);
        expect([...orderByTime(Int32Array.from(times))]).toEqual(expected);
      }),
    );
  });
});

describe('a row batch', () => {
  it('is ascending after sort', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 2_000 }), (list) => {
        const batch = new RowBatch();
        for (let time = 0; time < 2; time++) {
          for (const row of list) batch.add(row);
          batch.sort();
          expect(Array.from({ length: batch.size }, (_, i) => batch.at(i))).toEqual([...list].sort((a, b) => a - b));
          batch.clear();
          expect(batch.size).toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('an event pool', () => {
  it('tells an event that is over from the one that has its row now', () => {
    const pool = new EventPool(rowTable(3), 2 * ROW_INTS);
    const first = pool.take(0, 7);
    const before = pool.generation(first);
    expect(() => pool.take(0, 8)).toThrow('all 1 event rows are taken');
    pool.giveBack(first);
    const second = pool.take(0, 8);
    expect(second).toBe(first);
    expect(pool.cancel(first, before)).toBe(false);
    expect(pool.isCancelled(second)).toBe(false);
    expect(pool.cancel(second, pool.generation(second))).toBe(true);
    expect(pool.cancel(second, pool.generation(second))).toBe(false);
    expect(pool.isCancelled(second)).toBe(true);
  });

  it('forgets every reference when cleared', () => {
    const pool = new EventPool(rowTable(3), 0);
    const taken = [pool.take(0, 0), pool.take(0, 1)].map((row) => [row, pool.generation(row)]);
    pool.clear();
    for (const [row, generation] of taken) expect(pool.cancel(row, generation)).toBe(false);
    expect(new Set([pool.take(0, 0), pool.take(0, 1), pool.take(0, 2)]).size).toBe(3);
  });
});
