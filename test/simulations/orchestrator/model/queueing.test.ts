// Answers nobody here wrote: waits in queues with Poisson arrivals, against their closed formulas. Each check has a
// 99.9 % interval from independent replications, and the interval itself must be narrow enough to mean something.

import { describe, expect, it } from 'vitest';
import { halfWidth, mean, playerOf } from './support/play.ts';

const queue = (slots: number, perSecond: number, duration: unknown, horizon: string) => ({
  horizon,
  warmUp: '10m',
  pools: { servers: slots },
  pipelines: {
    queue: { schedule: { poisson: `${perSecond} per second` }, tasks: { serve: { duration, pool: 'servers' } } },
  },
});

const EXPONENTIAL = { exponential: { mean: '1s' } };

function replicate(document: object, replications: number) {
  const means: number[] = [];
  const p99: number[] = [];
  for (let i = 0; i < replications; i++) {
    const { player, scenario } = playerOf(document, i);
    player.play(i);
    const { grantedMs, enqueuedMs } = player.times;
    const waits = grantedMs.map((ms, j) => ms - enqueuedMs[j]).filter((_, j) => enqueuedMs[j] >= scenario.warmUpMs);
    means.push(mean(waits) / 1_000);
    waits.sort();
    p99.push(waits[Math.ceil(0.99 * waits.length) - 1] / 1_000);
  }
  return { means, p99 };
}

function expectMean(values: readonly number[], expected: number, widest: number): void {
  const half = halfWidth(values);
  expect(half).toBeLessThan(widest * expected);
  expect(Math.abs(mean(values) - expected)).toBeLessThan(half + 0.001 * expected);
}

describe('queues with known answers (mean service 1 s)', () => {
  it.each([
    [1, 0.5, 1, '5h'],
    [2, 1.5, 1.285714, '3h'],
    [3, 2, 0.444444, '2h'],
    [5, 4, 0.554113, '90m'],
  ])('M/M/%i at %f per second waits %f s', (slots, perSecond, expected, horizon) => {
    expectMean(replicate(queue(slots, perSecond, EXPONENTIAL, horizon), 24).means, expected, 0.12);
  });

  it('M/M/1 at 0.5 per second: 99 % wait less than 7.824 s', () => {
    expectMean(replicate(queue(1, 0.5, EXPONENTIAL, '20h'), 16).p99, 7.824, 0.1);
  });

  it('M/D/1 at 0.8 waits 2 s', () => {
    expectMean(replicate(queue(1, 0.8, '1s', '10h'), 24).means, 2, 0.1);
  });

  it('Little: those waiting are the arrivals times their wait, measured apart, in every play', () => {
    for (let i = 0; i < 4; i++) {
      const { player } = playerOf({ ...queue(2, 1.8, EXPONENTIAL, '2h'), warmUp: '0s' }, i);
      player.play(i);
      const { meter, poolWaits } = player;
      const pool = 0;
      expect(meter.waitingMs[pool]).toBe(poolWaits.sumMs[pool]);
      const work = player.times.finishMs.reduce((sum, ms, j) => sum + ms - player.times.startMs[j], 0);
      expect(meter.usedMs[pool]).toBe(work);
    }
  });
});
