// A pool whose tasks slow down as it fills gives that slowdown back; one that does not gives none.

import { describe, expect, it } from 'vitest';
import { randomKey, randomUnit } from '../../../../../shared/base/random.ts';
import { EventKind, Outcome } from '../../../../../shared/model/event.ts';
import { EventWriter } from '../../../../../shared/model/event-writer.ts';
import type { Log } from '../../../../../shared/model/log.ts';
import { fitSlowdown } from '../../../../../simulations/orchestrator/durations/fit/fit-slowdown.ts';

const SLOTS = 20;
const HOUR_MS = 3_600_000;

/** Hours in each of which some of the slots are in use all the time; every attempt takes a minute, times the slowdown. */
function logOf(factorAt: (share: number) => number): Pick<Log, 'chunks' | 'taskRuns'> {
  const events = new EventWriter();
  const runs: number[] = [];
  for (let hour = 0; hour < 200; hour++) {
    const used = 1 + Math.floor(randomUnit(randomKey(1, 'used', hour), 0) * SLOTS);
    const lengthMs = 60_000 * factorAt(used / SLOTS);
    for (let slot = 0; slot < used; slot++)
      for (let ms = 0; ms + lengthMs <= HOUR_MS / 10; ms += lengthMs) {
        const taskRun = runs.push(0) - 1;
        const startUs = (hour * HOUR_MS + ms) * 1000;
        events.push({ timeUs: startUs, kind: EventKind.taskStarted, taskRun, attempt: 1 });
        events.push({
          timeUs: startUs + lengthMs * 1000,
          kind: EventKind.taskEnded,
          taskRun,
          attempt: 1,
          code: Outcome.success,
        });
      }
  }
  const zeros = new Int32Array(runs.length);
  const taskRuns = { run: zeros, task: zeros, mapIndex: zeros, pool: zeros, deadlineUs: new Float64Array(runs.length) };
  return { chunks: events.finish(), taskRuns };
}

describe('the slowdown of a pool', () => {
  it('is found where there is one', () => {
    const factorAt = (share: number): number => 1 + share;
    const { points, attempts } = fitSlowdown(logOf(factorAt), 0, SLOTS);
    expect(attempts).toBeGreaterThan(5_000);
    expect(points).toHaveLength(5);
    const base = factorAt(points[0].share);
    for (const { share, factor } of points) expect(factor).toBeCloseTo(factorAt(share) / base, 1);
  });

  it('is none where there is none', () => {
    for (const { factor } of fitSlowdown(
      logOf(() => 1),
      0,
      SLOTS,
    ).points)
      expect(factor).toBe(1);
  });

  it('is not told from too little', () => {
    expect(
      fitSlowdown(
        logOf(() => 1),
        1,
        SLOTS,
      ),
    ).toEqual({ points: [], attempts: 0 });
  });
});
