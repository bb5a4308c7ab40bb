// The benchmark compares like with like: baseline and engine give the same answer, on random days and on the made-up
// ones that are measured; and those are the same on every machine.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentHash } from '../../../shared/base/hash.ts';
import { randomBits } from '../../../shared/base/random.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import { HeapDay } from '../../../simulations/benchmarks/heap-day.ts';
import { syntheticDay } from '../../../simulations/benchmarks/synthetic-day.ts';
import { createDayPlayer } from '../../../simulations/orchestrator/reference-day.ts';
import { naivePlay } from '../orchestrator/support/naive-day.ts';
import { smallDay } from '../orchestrator/support/random-day.ts';

function onHeap(day: ReferenceDay) {
  const baseline = new HeapDay(day);
  baseline.play();
  baseline.play();
  return baseline.answer();
}

interface Ties {
  readonly tasks: number;
  readonly seed: number;
  /** Times are whole multiples of this: the larger, the more happens at once. */
  readonly tickMs: number;
  readonly dispatchMs: number;
  /** How many distinct priorities there are. */
  readonly priorities: number;
}

function tiedDay({ tasks, seed, tickMs, dispatchMs, priorities }: Ties): ReferenceDay {
  const day = syntheticDay(tasks, seed);
  const whole = (ms: number): number => Math.round(ms / tickMs) * tickMs;
  return {
    ...day,
    durationMs: day.durationMs.map(whole),
    finalizeMs: day.finalizeMs.map(whole),
    publishMs: whole(day.publishMs),
    priority: day.priority.map((_, task) => (randomBits(seed, task) % priorities) - priorities / 2),
    dispatchMs,
  };
}

function hashOf(day: ReferenceDay): string {
  const hash = new ContentHash().word(day.publishMs).word(day.dispatchMs);
  for (const column of Object.values(day)) if (typeof column !== 'number') hash.array(column);
  return hash.hex();
}

describe('the baseline', () => {
  it('equals the naive play', () => {
    fc.assert(
      fc.property(smallDay, (day) => {
        expect(onHeap(day)).toEqual(naivePlay(day));
      }),
      { numRuns: 1_000 },
    );
  });

  it('equals the engine on made-up days of thousands of tasks', () => {
    const shape = fc.record({
      tasks: fc.integer({ min: 1, max: 4_000 }),
      seed: fc.integer(),
      tickMs: fc.constantFrom(1, 1_000, 60_000, 3_600_000),
      dispatchMs: fc.constantFrom(0, 1, 1_000),
      priorities: fc.constantFrom(1, 6, 4_000),
    });
    fc.assert(
      fc.property(shape, (one) => {
        const day = tiedDay(one);
        const player = createDayPlayer(day);
        player.play();
        expect(player.answer()).toEqual(onHeap(day));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a made-up day', () => {
  it('is the same for the same seed, on any machine', () => {
    expect(hashOf(syntheticDay(3_000, 1))).toBe('b19beba6994cc2c373846eed75c3eaf5');
    expect(hashOf(syntheticDay(3_000, 2))).not.toBe(hashOf(syntheticDay(3_000, 1)));
  });

  it('has the tasks, pools and dependencies of a company', () => {
    const day = syntheticDay(20_000, 1);
    expect(day.taskCount).toBe(20_000);
    expect(day.depTask.length / day.taskCount).toBeGreaterThan(1.3);
    expect(day.depTask.length / day.taskCount).toBeLessThan(1.8);
    expect(day.poolSlots.every((slots) => slots > 0)).toBe(true);
    expect(day.deadlineMs.some((ms) => ms >= 0)).toBe(true);
  });
});
