// A triggerer with room for fewer than there are deferred waits: the others queue for it and do not learn that their data
// is there. Worked out by hand.

import { describe, expect, it } from 'vitest';
import { played } from './support/play.ts';

const MINUTE = 60_000;

/** Readers 0 … n wait from minute 0 on for what its own writer publishes; start minutes of the readers. */
function starts(
  triggerer: number | 'none',
  publishMinutes: readonly number[],
  firstTimeout = 'none',
): (number | null)[] {
  const reads = (i: number) => ({ dataset: `d${i}`, wait: 'deferrable', timeout: i === 0 ? firstTimeout : 'none' });
  const { plan, player } = played({
    orchestrator: { triggers: { triggerer } },
    datasets: Object.fromEntries(publishMinutes.map((_, i) => [`d${i}`, 'daily'])),
    pipelines: Object.fromEntries([
      ...publishMinutes.map((_, i) => [
        `reader${i}`,
        { schedule: { at: '0s' }, tasks: { r: { duration: '1s', reads: reads(i) } } },
      ]),
      ...publishMinutes.map((minutes, i) => [
        `writer${i}`,
        { schedule: { at: '0s' }, tasks: { w: { duration: `${minutes}m`, writes: `d${i}` } } },
      ]),
    ]),
  });
  return Array.from(player.times.startMs.subarray(0, publishMinutes.length), (ms) =>
    Number.isNaN(ms) ? null : ms / MINUTE,
  ).slice(0, plan.taskRuns.count);
}

describe('a triggerer', () => {
  it('with room for all tells each at once', () => {
    expect(starts('none', [30, 10, 20, 5])).toEqual([30, 10, 20, 5]);
    expect(starts(4, [30, 10, 20, 5])).toEqual([30, 10, 20, 5]);
  });

  it('with room for two watches the third when one of them is done, and so on', () => {
    // 0 and 1 are watched; at 10 the third takes a place and the data of the fourth is not seen until 20.
    expect(starts(2, [30, 10, 20, 5])).toEqual([30, 10, 20, 20]);
  });

  it('with room for one: whoever has its data by then goes on in the same moment', () => {
    expect(starts(1, [30, 10, 20, 40])).toEqual([30, 30, 30, 40]);
  });

  it('a wait that is given up makes room', () => {
    expect(starts(1, [60, 10, 50], '30m')).toEqual([null, 30, 50]);
  });
});
