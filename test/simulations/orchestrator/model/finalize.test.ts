// The finalize service and what can go wrong with it: worked out by hand.

import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../../shared/model/event.ts';
import { mean, played } from './support/play.ts';

const writers = (count: number, orchestrator: object, faults: object[] = []) => ({
  orchestrator,
  faults,
  datasets: { d: 'daily' },
  pipelines: {
    w: { schedule: { at: '0s' }, tasks: { write: { duration: '10s', writes: 'd', map: count } } },
    r: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: 'd' } } },
  },
});

describe('the finalize service', () => {
  it('serves so many at a time, first come first served', () => {
    const document = writers(5, { finalize: { service: '4s', servers: 2, publishDelay: '3s' } });
    const { times } = played(document).player;
    expect(Array.from(times.finalMs.subarray(0, 5))).toEqual([14_000, 14_000, 18_000, 18_000, 22_000]);
    expect(times.startMs[5]).toBe(25_000);
  });

  it('begins nothing in an outage', () => {
    const outage = [{ kind: 'store-outage', at: '8s', lasts: '30s' }];
    const { times } = played(writers(3, { finalize: { service: '4s', servers: 2 } }, outage)).player;
    expect(Array.from(times.finalMs.subarray(0, 3))).toEqual([42_000, 42_000, 46_000]);
    const free = played(writers(3, { finalize: { service: '4s' } }, outage)).player.times;
    expect(Array.from(free.finalMs.subarray(0, 3))).toEqual([42_000, 42_000, 42_000]);
  });

  it('an M/M/1 store at .5 keeps each finalize 2 s on average', () => {
    const document = {
      horizon: '60h',
      orchestrator: { finalize: { service: { exponential: { mean: '1s' } }, servers: 1 } },
      pipelines: { q: { schedule: { poisson: '0.5 per second' }, tasks: { t: '0s' } } },
    };
    const { times } = played(document).player;
    const stays = Array.from(times.finalMs, (ms, i) => (ms - times.finishMs[i]) / 1_000);
    // 60 blocks of 1,800 finalizes stand for independent ones.
    const blocks = Array.from({ length: 60 }, (_, b) => mean(stays.slice(b * 1_700, (b + 1) * 1_700)));
    const centre = mean(blocks);
    const error = Math.sqrt(blocks.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / 59 / 60);
    expect(3.29 * error).toBeLessThan(0.15);
    expect(Math.abs(centre - 2)).toBeLessThan(3.29 * error);
  });
});

describe('publishes', () => {
  it('that are late keep their readers waiting', () => {
    const faults = [{ kind: 'publish-late', share: '100%', lasts: '1m', of: 'w.write' }];
    const { player } = played(writers(1, {}, faults));
    expect([player.times.finalMs[0], player.landedMs(0), player.times.startMs[1]]).toEqual([10_000, 70_000, 70_000]);
  });

  it('that are lost keep them for ever; the data has never landed', () => {
    const faults = [{ kind: 'publish-lost', share: '100%', of: 'w.write' }];
    const { player } = played(writers(1, {}, faults));
    expect(Array.from(player.times.outcome)).toEqual([Outcome.success, Outcome.unknown]);
    expect(player.landedMs(0)).toBeNaN();
  });

  it('are lost in the share that is asked for', () => {
    const faults = [{ kind: 'publish-lost', share: '10%' }];
    const { player } = played(writers(10_000, {}, faults));
    let lost = 0;
    for (let i = 0; i < 10_000; i++) if (Number.isNaN(player.landedMs(i))) lost++;
    expect(Math.abs(lost / 10_000 - 0.1)).toBeLessThan(3.29 * Math.sqrt(0.09 / 10_000));
  });
});
