// Sources that are late: by a share, once for one partition, and while they are away; worked out by hand.

import { describe, expect, it } from 'vitest';
import { played } from './support/play.ts';

const nights = (faults: object[], more: object = {}) => ({
  start: '2025-12-24T00:00:00Z',
  horizon: '3d',
  faults,
  datasets: { events: 'daily' },
  pipelines: {
    ingest: {
      schedule: '20 0 * * *',
      tasks: { extract: '5m', write: { duration: '20m', after: 'extract', writes: 'events' } },
    },
    build: { schedule: { all: 'events' }, tasks: { features: '15m' } },
    ...more,
  },
});

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

describe('a late source', () => {
  it('holds back the run of one partition, once, and what waits for it', () => {
    const fault = { kind: 'late-source', of: 'ingest', lasts: '22m', once: { partition: 'date=2025-12-24' } };
    const { times } = played(nights([fault])).player;
    const calm = played(nights([])).player.times;
    const late = Array.from(times.startMs, (ms, i) => ms - calm.startMs[i]);
    // Runs for the 23rd, 24th and 25th; the night after the 24th builds date=2025-12-24.
    expect(late).toEqual([0, 0, 22, 22, 0, 0, 0, 22, 0].map((minutes) => minutes * MINUTE));
    expect(times.readyMs[2]).toBe(DAY + 42 * MINUTE);
    expect(times.finalMs[3]).toBe(DAY + 67 * MINUTE);
  });

  it('without a partition it is the first run that is late', () => {
    const { times } = played(nights([{ kind: 'late-source', of: 'ingest.extract', lasts: '1h', once: {} }])).player;
    expect([times.startMs[0], times.startMs[2]]).toEqual([80 * MINUTE, DAY + 20 * MINUTE]);
  });

  it('that is away holds back whoever is due meanwhile until it is back', () => {
    const faults = [{ kind: 'late-source', of: 'ingest.extract', lasts: '2h', at: ['10m', '1d30m'] }];
    const { times } = played(nights(faults)).player;
    expect([times.startMs[0], times.startMs[2]]).toEqual([130 * MINUTE, DAY + 20 * MINUTE]);
  });

  it('of a triggered run is late from its triggers on', () => {
    const { times } = played(nights([{ kind: 'late-source', of: 'build', lasts: '7m', share: '100%' }])).player;
    expect(times.startMs[6]).toBe(52 * MINUTE);
  });

  it('strikes the share of runs that is asked for, and the same ones whatever else is there', () => {
    const often = (more: object) => ({
      horizon: '60h',
      faults: [{ kind: 'late-source', of: 'p', share: '20%', lasts: '1m' }],
      pipelines: { ...more, p: { schedule: { every: '1m' }, tasks: { t: '1s' } } },
    });
    const late = (more: object): boolean[] => {
      const { plan, player } = played(often(more));
      const { run } = plan.taskRuns;
      const own = Array.from(run, (_, i) => i).filter(
        (i) => plan.definitions.pipelines[plan.runs.pipeline[run[i]]].name === 'p',
      );
      return own.map((i) => player.times.startMs[i] > plan.runs.dueMs[run[i]]);
    };
    const alone = late({});
    const share = alone.filter(Boolean).length / alone.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(3.29 * Math.sqrt(0.16 / alone.length));
    expect(late({ other: { schedule: { every: '7m' }, tasks: { x: '3s' } } })).toEqual(alone);
  });
});
