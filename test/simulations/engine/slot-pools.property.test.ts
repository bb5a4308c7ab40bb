// Slot pools against a list that is sorted whenever somebody is chosen: the same grants in any sequence of rounds, and
// slots are neither made nor lost.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberQueues } from '../../../simulations/engine/queue-ids.ts';
import { ROW_INTS, ROW_SINCE, rowTable } from '../../../simulations/engine/rows.ts';
import { SlotPools } from '../../../simulations/engine/slot-pools.ts';

interface Waiter {
  readonly row: number;
  readonly pool: number;
  readonly priority: number;
  readonly sinceMs: number;
}

interface Case {
  readonly slots: Int32Array;
  readonly pool: Int32Array;
  readonly priority: Int32Array;
  /** A round: who arrives at what time (never going back), and how many holders finish. */
  readonly rounds: readonly { readonly arrive: readonly number[]; readonly stepMs: number; readonly finish: number }[];
}

const anyPriority = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.integer({ min: -500, max: 500 }),
  fc.constantFrom(-2_147_483_648, 2_147_483_647),
);

const anyCase: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 60 }).chain((count) =>
  fc.record({
    slots: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }).map((s) => Int32Array.from(s)),
    pool: columnOf(fc.integer({ min: 0, max: 2 }), count),
    priority: columnOf(anyPriority, count),
    rounds: fc
      .tuple(
        fc.shuffledSubarray(
          Array.from({ length: count }, (_, i) => i),
          { minLength: count },
        ),
        fc.array(fc.record({ size: fc.nat(6), stepMs: fc.constantFrom(0, 0, 1), finish: fc.nat(3) }), {
          minLength: 1,
          maxLength: 30,
        }),
      )
      .map(([order, rounds]) => {
        let at = 0;
        return rounds.map(({ size, stepMs, finish }) => {
          const arrive = order.slice(at, at + size);
          at += size;
          return { arrive, stepMs, finish };
        });
      }),
  }),
);

function columnOf(value: fc.Arbitrary<number>, count: number): fc.Arbitrary<Int32Array> {
  return fc.array(value, { minLength: count, maxLength: count }).map((values) => Int32Array.from(values));
}

/** (priority descending, since ascending, row ascending), as the reference day has it. */
const isFirst = (a: Waiter, b: Waiter): number => b.priority - a.priority || a.sinceMs - b.sinceMs || a.row - b.row;

function naiveGrants(waiting: Waiter[], free: number[]): number[] {
  const granted: number[] = [];
  for (let pool = 0; pool < free.length; pool++) {
    while (free[pool] > 0) {
      const best = waiting.filter((w) => w.pool === pool).sort(isFirst)[0];
      if (best === undefined) break;
      waiting.splice(waiting.indexOf(best), 1);
      free[pool]--;
      granted.push(best.row);
    }
  }
  return granted;
}

const numerically = (a: number, b: number): number => a - b;

describe('slot pools', () => {
  it('grant as a list that is sorted for every grant', () => {
    fc.assert(
      fc.property(anyCase, ({ slots, pool, priority, rounds }) => {
        const rows = rowTable(pool.length);
        const { ids, queue } = numberQueues(pool, priority, slots.length);
        const pools = new SlotPools(rows, ids, slots);
        const waiting: Waiter[] = [];
        const free = [...slots];
        let holders: number[] = [];
        let nowMs = 0;
        for (const round of rounds) {
          nowMs += round.stepMs;
          for (const i of holders.splice(0, round.finish)) {
            pools.giveBack(queue[i / ROW_INTS]);
            free[pool[i / ROW_INTS]]++;
          }
          for (const i of round.arrive) {
            const row = i * ROW_INTS;
            rows[row + ROW_SINCE] = nowMs;
            pools.wait(row, queue[i]);
            waiting.push({ row, pool: pool[i], priority: priority[i], sinceMs: nowMs });
          }
          const expected = naiveGrants(waiting, free);
          const granted: number[] = [];
          for (let row = pools.grant(); row >= 0; row = pools.grant()) granted.push(row);
          expect(granted.sort(numerically)).toEqual(expected.sort(numerically));
          holders = [...holders, ...granted];
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('give a free slot at once only when nobody waits', () => {
    const rows = rowTable(3);
    const { ids, queue } = numberQueues(Int32Array.of(0, 0, 0), Int32Array.of(1, 1, 2), 1);
    const pools = new SlotPools(rows, ids, Int32Array.of(1));
    expect(pools.takeFree(queue[0])).toBe(true);
    expect(pools.takeFree(queue[2])).toBe(false);
    pools.wait(ROW_INTS, queue[1]);
    pools.giveBack(queue[0]);
    expect(pools.takeFree(queue[2])).toBe(false);
    expect(pools.grant()).toBe(ROW_INTS);
    expect(pools.grant()).toBe(-1);
  });

  it('are as new after clear', () => {
    const rows = rowTable(2);
    const { ids, queue } = numberQueues(Int32Array.of(0, 0), Int32Array.of(1, 1), 1);
    const pools = new SlotPools(rows, ids, Int32Array.of(1));
    pools.wait(ROW_INTS, queue[1]);
    pools.wait(0, queue[0]);
    expect(pools.grant()).toBe(0);
    pools.clear();
    expect(pools.grant()).toBe(-1);
    expect(pools.takeFree(queue[0])).toBe(true);
  });
});

describe('queue numbers', () => {
  it('are one a (pool, priority), a pool together, the highest priority first', () => {
    fc.assert(
      fc.property(anyCase, ({ pool, priority }) => {
        const { ids, queue } = numberQueues(pool, priority, 3);
        for (let i = 0; i < pool.length; i++) {
          expect(ids.poolOf[queue[i]]).toBe(pool[i]);
          expect(queue[i]).toBeGreaterThanOrEqual(ids.firstQueue[pool[i]]);
          for (let j = 0; j < i; j++) {
            if (pool[i] !== pool[j]) continue;
            expect(Math.sign(queue[i] - queue[j])).toBe(Math.sign(priority[j] - priority[i]));
          }
        }
      }),
    );
  });
});
