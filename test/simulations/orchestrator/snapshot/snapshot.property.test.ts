// A night is played and logged; its log is then taken at a random instant, and the night played on from there. With the
// log's own durations it is the same night, to the millisecond: what was before the instant, and what comes after it.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelTimes } from '../../../../simulations/orchestrator/model/model-times.ts';
import { Laid } from '../../../../simulations/orchestrator/snapshot/laid-snapshot.ts';
import { timeSpan } from '../../../../simulations/orchestrator/snapshot/observed-state.ts';
import { logged, type Played } from '../model/support/play.ts';
import { playOn, snapshotOf } from './support/snapshot.ts';

const START = '2025-12-25';

/** A chain of three, one that reads what it writes, and pipelines that crowd both pools. */
const night = fc
  .record({
    slots: fc.integer({ min: 1, max: 4 }),
    wide: fc.integer({ min: 1, max: 3 }),
    crowd: fc.array(
      fc.record({
        minute: fc.integer({ min: 0, max: 59 }),
        seconds: fc.integer({ min: 0, max: 4_000 }),
        priority: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 3, maxLength: 12 },
    ),
    chain: fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 3, maxLength: 3 }),
    finalize: fc.integer({ min: 0, max: 300 }),
    fails: fc.boolean(),
  })
  .map(({ slots, wide, crowd, chain, finalize, fails }) => ({
    start: START,
    horizon: '3h',
    orchestrator: { finalize: { service: `${finalize}s`, publishDelay: '2s' }, dispatch: '5s' },
    pools: { narrow: slots, broad: slots + wide },
    datasets: { raw: 'daily', clean: 'daily' },
    pipelines: {
      chain: {
        schedule: '10 0 * * *',
        partition: 'interval',
        pool: 'narrow',
        tasks: {
          a: `${chain[0]}s`,
          b: { duration: `${chain[1]}s`, after: 'a', writes: 'raw' },
          c: { duration: `${chain[2]}s`, after: 'b', pool: 'broad', slots: Math.min(wide, slots), writes: 'clean' },
        },
      },
      reader: { schedule: { all: ['raw', 'clean'] }, pool: 'broad', tasks: { r: '7m' } },
      ...Object.fromEntries(
        crowd.map(({ minute, seconds, priority }, i) => [
          `crowd${i}`,
          {
            schedule: `${minute} * * * *`,
            pool: i % 2 === 0 ? 'narrow' : 'broad',
            priority,
            tasks: { one: `${seconds}s`, two: { duration: `${Math.floor(seconds / 2)}s`, after: 'one' } },
          },
        ]),
      ),
    },
    faults: fails ? [{ kind: 'task-failure', of: 'crowd0.one', share: '60%' }] : [],
  }));

/** Where in the night, in thousandths. */
const share = fc.integer({ min: 0, max: 999 });

/** Whole seconds, at which much happens at once, and times between them. */
function within({ player, log, scenario }: ReturnType<typeof logged>, part: number): number {
  const fromMs = timeSpan(log).fromMs - scenario.startMs;
  const lastMs = player.times.finishMs.reduce((a, b) => (b > a ? b : a), 0);
  const ms = fromMs + 1 + Math.floor(((Math.min(lastMs, scenario.horizonMs) - fromMs - 2) * part) / 1_000);
  return part % 2 === 0 && ms > fromMs + 1_000 ? Math.floor(ms / 1_000) * 1_000 : ms;
}

const COLUMNS = ['readyMs', 'startMs', 'finishMs', 'outcome', 'attempts'] as const;

const timesOf = (times: ModelTimes): unknown[] => COLUMNS.map((name) => Array.from(times[name]));

const slotsAt = ({ plan, player }: Played, atMs: number): number[] => {
  const { definitions: defs, taskRuns } = plan;
  const used = defs.poolSlots.map(() => 0);
  const { startMs, finishMs } = player.times;
  for (let i = 0; i < taskRuns.count; i++)
    if (startMs[i] < atMs && finishMs[i] > atMs) used[defs.pool[taskRuns.task[i]]] += defs.slots[taskRuns.task[i]];
  return Array.from(used);
};

describe('a night from a snapshot of it', () => {
  it('is that night, before the instant and after it, with its own durations', () => {
    fc.assert(
      fc.property(night, share, (document, part) => {
        const first = logged(document);
        const atMs = within(first, part);
        const snapshot = snapshotOf({ ...document, faults: [] }, first.log, first.scenario.startMs + atMs);
        const player = playOn(snapshot);
        expect(snapshot).toMatchObject({ backfills: 0, unseenRuns: 0 });
        expect(Array.from(player.slotsAtStart)).toEqual(slotsAt(first, atMs));
        // A failed task would not fail again: its night goes on otherwise.
        const isWhole = document.faults.length === 0;
        if (isWhole) expect(timesOf(player.times)).toEqual(timesOf(first.player.times));
        for (let i = 0; i < first.plan.taskRuns.count; i++) {
          const was = first.player.times;
          expect(player.times.startMs[i] < atMs).toBe(was.startMs[i] < atMs);
          if (was.startMs[i] < atMs) expect(player.times.startMs[i]).toBe(was.startMs[i]);
          if (was.finishMs[i] < atMs) expect(player.times.finishMs[i]).toBe(was.finishMs[i]);
          if (isWhole) expect(player.landedMs(i)).toBe(first.player.landedMs(i));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never takes more slots than there are, and gives all back, under loops and workers too', () => {
    fc.assert(
      fc.property(night, share, fc.constantFrom('airflow-3', 'ideal', 'poll-only'), (document, part, preset) => {
        const first = logged(document);
        const atMs = within(first, part);
        const snapshot = snapshotOf(
          { ...document, faults: [], orchestrator: preset },
          first.log,
          first.scenario.startMs + atMs,
        );
        const player = playOn(snapshot);
        const slots = snapshot.plan.definitions.poolSlots;
        player.slotsAtStart.forEach((used, pool) => {
          if (slots[pool] >= 0) expect(used).toBeLessThanOrEqual(slots[pool]);
        });
        expect(Array.from(player.slotsAtStart)).toEqual(slotsAt(first, atMs));
        expect(Array.from(player.meter.used)).toEqual(slots.length === 0 ? [] : Array.from(slots, () => 0));
        const { status, startMs, endMs } = snapshot.laid;
        for (let i = 0; i < status.length; i++) {
          if (status[i] === Laid.toCome && !Number.isNaN(player.times.startMs[i]))
            expect(player.times.startMs[i]).toBeGreaterThanOrEqual(atMs);
          if (status[i] === Laid.running) expect(player.times.finishMs[i]).toBeGreaterThanOrEqual(atMs);
          if (status[i] === Laid.ended) expect(player.times.finishMs[i]).toBe(endMs[i]);
          if (status[i] === Laid.ended) expect(player.times.startMs[i]).toBe(startMs[i]);
        }
      }),
      { numRuns: 20 },
    );
  });
});
