// The player against a naive play of the text, on random days; and what holds for every day.
// LANDFALL_DAYS: how many small days (600; thousands on request), and full ones in proportion.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { DayAnswer, ReferenceDay } from '../../../shared/model/reference-day.ts';
import { createDayPlayer, summarizeDay } from '../../../simulations/orchestrator/reference-day.ts';
import { naivePlay } from './support/naive-day.ts';
import { busyDay, crowdedDay, smallDay } from './support/random-day.ts';

const DAYS = Number(process.env.LANDFALL_DAYS ?? 600);
// Thousands take a while.
vi.setConfig({ testTimeout: 180_000 + DAYS * 60 });

function played(day: ReferenceDay): DayAnswer {
  const player = createDayPlayer(day);
  player.play();
  return player.answer();
}

describe('a played day', () => {
  it('equals the naive play on small days', () => {
    fc.assert(
      fc.property(smallDay, (day) => {
        expect(played(day)).toEqual(naivePlay(day));
      }),
      { numRuns: DAYS },
    );
  });

  it('equals the naive play on days that are full', () => {
    fc.assert(
      fc.property(busyDay, (day) => {
        expect(played(day)).toEqual(naivePlay(day));
      }),
      { numRuns: Math.ceil(DAYS / 3) },
    );
  });

  it('equals the naive play on days with hundreds of priorities', () => {
    fc.assert(
      fc.property(crowdedDay, (day) => {
        expect(new Set(day.priority).size).toBeGreaterThan(100);
        expect(played(day)).toEqual(naivePlay(day));
      }),
      { numRuns: Math.ceil(DAYS / 60), endOnFailure: true },
    );
  });

  it('is the same however often it is played', () => {
    fc.assert(
      fc.property(busyDay, (day) => {
        const player = createDayPlayer(day);
        player.play();
        const first = player.answer();
        const { makespanMs } = player;
        player.play();
        expect(player.answer()).toEqual(first);
        expect(player.makespanMs).toBe(makespanMs);
      }),
      { numRuns: 200 },
    );
  });

  it('never uses more slots than a pool has', () => {
    fc.assert(
      fc.property(busyDay, (day) => {
        const { startMs, finishMs } = played(day);
        for (let pool = 0; pool < day.poolSlots.length; pool++) {
          for (const nowMs of new Set(startMs)) {
            const held = startMs.filter((start, t) => day.pool[t] === pool && start <= nowMs && nowMs < finishMs[t]);
            expect(held.length).toBeLessThanOrEqual(day.poolSlots[pool]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no slot free while somebody waits for it', () => {
    fc.assert(
      fc.property(busyDay, (day) => {
        const { readyMs, startMs, finishMs } = played(day);
        for (let task = 0; task < day.taskCount; task++) {
          const enqueueMs = readyMs[task] + day.dispatchMs;
          if (startMs[task] === enqueueMs) continue;
          const pool = day.pool[task];
          const justBefore = startMs[task] - 1;
          const held = startMs.filter((s, t) => day.pool[t] === pool && s <= justBefore && justBefore < finishMs[t]);
          expect(held.length).toBe(day.poolSlots[pool]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never starts a task before it is enqueued, nor readies one before its upstreams', () => {
    fc.assert(
      fc.property(busyDay, (day) => {
        const { readyMs, startMs, finishMs, finalMs } = played(day);
        for (let t = 0; t < day.taskCount; t++) {
          expect(readyMs[t]).toBeGreaterThanOrEqual(day.releaseMs[t]);
          expect(startMs[t]).toBeGreaterThanOrEqual(readyMs[t] + day.dispatchMs);
        }
        for (let i = 0; i < day.depTask.length; i++) {
          const upstream = day.depUpstream[i];
          const freeMs = day.depKind[i] === 0 ? finishMs[upstream] : finalMs[upstream] + day.publishMs;
          expect(readyMs[day.depTask[i]]).toBeGreaterThanOrEqual(freeMs);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has a makespan of at least the work over the slots', () => {
    fc.assert(
      fc.property(busyDay, (day) => {
        const player = createDayPlayer(day);
        player.play();
        const workMs = new Float64Array(day.poolSlots.length);
        day.durationMs.forEach((ms, t) => {
          workMs[day.pool[t]] += ms;
        });
        workMs.forEach((ms, pool) => expect(player.makespanMs).toBeGreaterThanOrEqual(ms / day.poolSlots[pool]));
      }),
    );
  });
});

describe('the summary', () => {
  it('counts the events that the player counts, and ends when it ends', () => {
    fc.assert(
      fc.property(busyDay, (day) => {
        const player = createDayPlayer(day);
        player.play();
        const summary = summarizeDay(day, player.answer());
        expect(summary.events).toBe(player.events);
        expect(summary.makespanMs).toBe(player.makespanMs);
      }),
    );
  });
});
