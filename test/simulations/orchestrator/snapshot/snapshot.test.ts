// What a snapshot makes of attempts that run, are tried again, or that nobody has planned; and what it refuses.

import { describe, expect, it } from 'vitest';
import { MS_PER_HOUR, MS_PER_MINUTE } from '../../../../shared/base/time.ts';
import { Outcome } from '../../../../shared/model/event.ts';
import { Replicator } from '../../../../simulations/experiments/replicate.ts';
import { Laid } from '../../../../simulations/orchestrator/snapshot/laid-snapshot.ts';
import { halfWidth, logged, mean } from '../model/support/play.ts';
import { playOn, snapshotOf, snapshotOrWhy } from './support/snapshot.ts';

const START = Date.UTC(2025, 11, 25);
const AT = START + 40 * MS_PER_MINUTE;

const oneTask = (duration: unknown, more: object = {}): object => ({
  start: '2025-12-25',
  horizon: '6h',
  pipelines: { p: { schedule: '0 0 * * *', tasks: { t: { duration, ...more } } } },
});

/** In the log it takes an hour, so it has run for forty minutes. */
const HOUR = logged(oneTask('1h')).log;

describe('what runs at the instant', () => {
  it('goes on as if it had no memory where its distribution has none', () => {
    const ends: number[] = [];
    const snapshot = snapshotOf(oneTask({ exponential: { mean: '1h' } }), HOUR, AT);
    playOn(snapshot, 2_000, ({ times }) => ends.push(times.finishMs[0]));
    expect(Math.min(...ends)).toBeGreaterThan(40 * MS_PER_MINUTE);
    const remaining = ends.map((ms) => ms - 40 * MS_PER_MINUTE);
    expect(Math.abs(mean(remaining) - MS_PER_HOUR)).toBeLessThan(halfWidth(remaining));
  });

  it('ends at once where its distribution has nothing that long', () => {
    const { times } = playOn(snapshotOf(oneTask('30m'), HOUR, AT));
    expect(times.finishMs[0]).toBe(40 * MS_PER_MINUTE);
    expect(times.startMs[0]).toBe(0);
  });

  it('draws longer than it has run even where that is rare', () => {
    const rare = { lognormal: { median: '5m', sigma: 0.3 } };
    playOn(snapshotOf(oneTask(rare), HOUR, AT), 200, ({ times }) => {
      expect(times.finishMs[0]).toBeGreaterThanOrEqual(40 * MS_PER_MINUTE);
      expect(times.finishMs[0]).toBeLessThan(60 * MS_PER_MINUTE);
    });
  });
});

describe('a log of finer times than milliseconds', () => {
  it('is played in whole ones', () => {
    const chunks = HOUR.chunks.map((chunk) => ({ ...chunk, timeUs: chunk.timeUs.map((us) => us + 700) }));
    const { times } = playOn(snapshotOf(oneTask('1h'), { ...HOUR, chunks }, AT));
    expect([times.startMs[0], times.finishMs[0]]).toEqual([0, MS_PER_HOUR]);
    const over = playOn(snapshotOf(oneTask('2h'), { ...HOUR, chunks }, START + MS_PER_HOUR));
    expect(over.times.finishMs[0]).toBe(2 * MS_PER_HOUR);
  });
});

describe('who waited for a slot', () => {
  it('is let go by arrival, also in a run that data had triggered', () => {
    const document = {
      start: '2025-12-25',
      horizon: '6h',
      pools: { one: 1 },
      datasets: { raw: 'daily' },
      pipelines: {
        writer: { schedule: '0 0 * * *', partition: 'interval', tasks: { w: { duration: '10m', writes: 'raw' } } },
        hog: { schedule: '0 0 * * *', pool: 'one', tasks: { h: '30m' } },
        early: { schedule: '5 0 * * *', pool: 'one', tasks: { e: '5m' } },
        reader: { schedule: { all: ['raw'] }, pool: 'one', tasks: { r: '5m' } },
      },
    };
    const { log, player } = logged(document);
    const { times } = playOn(snapshotOf(document, log, START + 20 * MS_PER_MINUTE));
    expect(Array.from(times.startMs)).toEqual(Array.from(player.times.startMs));
    expect(Array.from(times.startMs, (ms) => Math.floor(ms / MS_PER_MINUTE)).sort((x, y) => x - y)).toEqual([
      0, 0, 30, 35,
    ]);
  });
});

describe('what had failed', () => {
  const failing = { ...oneTask('20m', { retries: { times: 1, delay: '30m' } }), faults: failsOnce() };

  it('and is to be tried again waits for that', () => {
    const { log, player } = logged(failing);
    expect(player.times.startMs[0]).toBe(0);
    const at = START + 25 * MS_PER_MINUTE;
    const snapshot = snapshotOf({ ...failing, faults: [] }, log, at);
    expect(snapshot.laid.status[0]).toBe(Laid.toCome);
    const { times } = playOn(snapshot);
    expect(times.finishMs[0]).toBe(player.times.finishMs[0]);
    expect(times.outcome[0]).toBe(Outcome.success);
  });

  it('for good stays failed, and what is below it does not run', () => {
    const document = {
      ...oneTask('20m'),
      pipelines: { p: { schedule: '0 0 * * *', tasks: { t: '20m', u: { duration: '5m', after: 't' } } } },
    };
    const { log } = logged({ ...document, faults: failsOnce() });
    const long = {
      ...document,
      pipelines: { ...document.pipelines, other: { schedule: '0 0 * * *', tasks: { t: '1h' } } },
    };
    const whole = logged({ ...long, faults: failsOnce() }).log;
    expect(log.runs.pipeline).toHaveLength(1);
    const { times } = playOn(snapshotOf(long, whole, START + 30 * MS_PER_MINUTE));
    expect(Array.from(times.outcome)).toEqual([Outcome.failed, Outcome.upstreamFailed, Outcome.success]);
  });
});

function failsOnce(): object[] {
  return [{ kind: 'task-failure', of: 'p.t', step: 'end', once: { attempt: 1 } }];
}

describe('runs', () => {
  const daily = { ...oneTask('1h'), datasets: { d: 'daily' }, pools: { few: 2 } };
  const pipelines = {
    p: { schedule: '0 0 * * *', pool: 'few', tasks: { t: { duration: '1h', writes: 'd' } } },
    q: { schedule: '10 0 * * *', pool: 'few', tasks: { t: '1h' } },
  };

  it('that somebody asked for are played as backfills, and hold their slots', () => {
    const backfills = [{ pipeline: 'p', from: '2025-12-01', to: '2025-12-01', at: '5m' }];
    const { log, player } = logged({ ...daily, pipelines, backfills });
    const snapshot = snapshotOf({ ...daily, pipelines }, log, AT);
    expect(snapshot.backfills).toBe(1);
    const again = playOn(snapshot);
    expect(Array.from(again.slotsAtStart)).toEqual([2, 0]);
    expect(Array.from(again.times.startMs).sort()).toEqual(Array.from(player.times.startMs).sort());
    expect(Array.from(again.times.finishMs).sort()).toEqual(Array.from(player.times.finishMs).sort());
  });

  it('that were seen to write one partition at once both go on; the next writer waits for the one that came first', () => {
    const writers = (qWrites: string) => ({
      ...daily,
      datasets: { d: 'daily', e: 'daily' },
      pools: {},
      pipelines: {
        p: { schedule: '0 0 * * *', tasks: { t: { duration: '1h', writes: 'd' } } },
        q: { schedule: '10 0 * * *', tasks: { t: { duration: '2h', writes: qWrites } } },
        r: { schedule: '50 0 * * *', tasks: { t: { duration: '5m', writes: 'd' } } },
        s: { schedule: '55 0 * * *', tasks: { t: { duration: '5m', writes: 'd' } } },
      },
    });
    const { log } = logged(writers('e'));
    const { times } = playOn(snapshotOf(writers('d'), log, AT));
    const minutes = (column: Float64Array): number[] => Array.from(column, (ms) => ms / MS_PER_MINUTE);
    expect(minutes(times.startMs)).toEqual([0, 10, 60, 65]);
    expect(minutes(times.finishMs)).toEqual([60, 130, 65, 70]);
  });

  it('of which the log says that they were ready wait for slots alone, whatever the plan has them wait for', () => {
    const long = { schedule: '0 0 * * *', tasks: { t: '3h' } };
    const few = { ...daily, pools: { few: 1 } };
    const { log } = logged({ ...few, pipelines: { ...pipelines, long } });
    const q = { ...pipelines.q, tasks: { t: { duration: '1h', awaits: 'long.t' } } };
    const { times } = playOn(snapshotOf({ ...few, pipelines: { ...pipelines, q, long } }, log, AT));
    expect(Array.from(times.startMs)).toEqual([0, MS_PER_HOUR, 0]);
    expect(times.readyMs[1]).toBe(10 * MS_PER_MINUTE);
  });

  it('that should have begun and are not in the log are left out', () => {
    const { p } = pipelines;
    const { log } = logged({ ...daily, pipelines: { p } });
    const snapshot = snapshotOf({ ...daily, pipelines }, log, AT);
    expect(snapshot.unseenRuns).toBe(1);
    const { times } = playOn(snapshot);
    expect(times.finishMs[0]).toBe(MS_PER_HOUR);
    expect(times.startMs[1]).toBeNaN();
  });
});

describe('another thread', () => {
  it('plays the same', () => {
    const { scenario, plan, laid } = snapshotOf(oneTask({ lognormal: { median: '1h', sigma: 0.5 } }), HOUR, AT);
    const { workload } = scenario;
    const experiment = { scenario, workload, history: null, landing: 'published', hashed: true, laid } as const;
    const made = Replicator.of(experiment, plan);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const other = Replicator.ofPrepared(structuredClone(made.value.prepared()));
    const hashes = [made.value, other].map((replicator) => {
      const tally = replicator.newTally();
      for (let replication = 0; replication < 5; replication++) replicator.play(replication, tally);
      return tally.resultHash;
    });
    expect(hashes[1]).toBe(hashes[0]);
  });
});

describe('refusals', () => {
  const why = (document: object, atMs = AT): string[] => {
    const made = snapshotOrWhy(document, HOUR, atMs);
    return 'laid' in made ? [] : made.map(({ path, reason }) => `${path.join('.')}: ${reason}`);
  };

  it('an instant outside of the log, or runs that are others each time', () => {
    expect(why(oneTask('1h'), START + 2 * MS_PER_HOUR)).toEqual([
      'snapshot: 2025-12-25T02:00:00.000Z is not within l, which goes from 2025-12-25T00:00:00.000Z to 2025-12-25T01:00:00.000Z',
    ]);
    expect(why(oneTask('1h', { map: { low: 1, high: 9 } }))).toEqual([expect.stringMatching(/^snapshot: Poisson/)]);
  });
});
