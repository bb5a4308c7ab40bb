// Every kind of fault, at every step and in every timing that means something: worked out by hand, told by the log.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import { logged, played, story } from './support/play.ts';

const BEATS = { every: '10s', timeout: '30s', scan: '20s' };
const PATH = '[date=2026-01-01]';

/** A writer of 60 s, a check of 20 s, a finalize of 5 s, a publish 1 s later; one retry after 10 s; and its reader. */
const night = (faults: object[], orchestrator: object = { heartbeat: BEATS }, retries = 1) => ({
  orchestrator: { finalize: { service: '5s', publishDelay: '1s' }, ...orchestrator },
  faults,
  datasets: { d: { partitioned: 'daily', rows: 100, check: { duration: '20s' } } },
  pipelines: {
    w: {
      schedule: { at: '0s' },
      tasks: { write: { duration: '60s', writes: 'd', retries: { times: retries, delay: '10s' } } },
    },
    r: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: 'd' } } },
  },
});

const STEPS = [12, 13, 14, 15, 16, 17, 18, 19, 20, EventKind.note];
const steps = (document: object): string[] =>
  story(logged(document), STEPS).map((line) =>
    line
      .replace(`w.write `, '')
      .replaceAll(`d${PATH} `, '')
      .replace(/(refused \w+ \([a-z-]+\)): .*/, '$1'),
  );
const strike = (kind: string, step: string, more: object = {}) => ({ kind, step, of: 'w.write', once: {}, ...more });

describe('an attempt that fails', () => {
  it.each([
    ['start', 0, 70],
    ['open', 0, 70],
    ['heartbeat', 10, 80],
    ['end', 60, 130],
    ['check', 60, 130],
    ['finalize', 80, 150],
  ])('at %s is tried again', (step, failedAt, workedTo) => {
    const { player, log } = logged(night([strike('task-failure', step)]));
    const { times } = player;
    expect([times.attempts[0], times.finishMs[0], times.outcome[0]]).toEqual([2, workedTo * 1_000, Outcome.success]);
    expect(times.finalMs[0]).toBe((workedTo + 25) * 1_000);
    expect(times.startMs[1]).toBe((workedTo + 26) * 1_000);
    const ended = story({ log, scenario: played(night([])).scenario }, [EventKind.taskRetry]);
    expect(ended).toEqual([`${failedAt}s w.write task retry`]);
  });

  it('at publish publishes again after the retry delay, or never', () => {
    expect(played(night([strike('task-failure', 'publish')])).player.times.startMs[1]).toBe(96_000);
    expect(played(night([strike('task-failure', 'publish')], {}, 0)).player.times.startMs[1]).toBeNaN();
  });
});

describe('a crash', () => {
  it('is noticed by the first scan after the lease, which the lifecycle calls over', () => {
    expect(steps(night([strike('crash', 'finalize')]))).toEqual([
      '0s open v1',
      '70s heartbeat v1',
      '80s checked v1',
      // Its last beat at 70 s holds until 100 s; the scan at 100 s is too early.
      '120s expired v1',
      '130s open v2',
      '210s checked v2',
      '215s finalized v2',
      '216s published v2',
    ]);
  });

  it('is noticed at once without heartbeats', () => {
    expect(steps(night([strike('crash', 'finalize')], {})).slice(0, 4)).toEqual([
      '0s open v1',
      '80s checked v1',
      '80s failed v1: its writer crashed',
      '90s open v2',
    ]);
  });

  it.each([
    ['start', 40, 120],
    ['open', 40, 120],
    ['heartbeat', 40, 120],
    ['end', 100, 180],
    ['check', 100, 180],
    ['finalize', 120, 200],
  ])('at %s is noticed and tried again', (step, noticedAt, checkedAt) => {
    const all = logged(night([strike('crash', step)]));
    expect(story(all, [EventKind.taskRetry])).toEqual([`${noticedAt}s w.write task retry`]);
    expect(all.player.times.finalMs[0]).toBe((checkedAt + 15) * 1_000);
    expect(checkOrdering(all.log, { toleranceMs: 0, limit: 3 }).findings).toEqual([]);
  });

  it('at publish leaves the event in the outbox, delivered once the publisher is missed', () => {
    // Dead at 86 s, last heard of at 80 s, missed by the scan at 120 s.
    expect(played(night([strike('crash', 'publish')])).player.times.startMs[1]).toBe(120_000);
    expect(played(night([strike('crash', 'publish')], {})).player.times.startMs[1]).toBe(86_000);
  });
});

describe('a zombie writer', () => {
  it('that is missed before it wakes is fenced: its write is refused, the newer attempt owns the partition', () => {
    expect(steps(night([strike('zombie-writer', 'finalize', { lasts: '1m' })]))).toEqual([
      '0s open v1',
      '70s heartbeat v1',
      '80s checked v1',
      '120s expired v1',
      '130s open v2',
      '140s note v2: refused finalize (one-owner)',
      '210s checked v2',
      '215s finalized v2',
      '216s published v2',
    ]);
  });

  it('that wakes before its lease is over goes on as if nothing had been', () => {
    const { times } = played(night([strike('zombie-writer', 'finalize', { lasts: '15s' })])).player;
    expect([times.attempts[0], times.finalMs[0]]).toEqual([1, 100_000]);
  });

  it('that wakes between lease and scan still finalizes: nobody has written its expiry', () => {
    const { times } = played(night([strike('zombie-writer', 'finalize', { lasts: '35s' })])).player;
    expect([times.attempts[0], times.finalMs[0]]).toEqual([1, 120_000]);
  });

  it('that sleeps while it writes learns of the end of its lease at its next beat', () => {
    const asleep = (lasts: string) => steps(night([strike('zombie-writer', 'heartbeat', { lasts })]));
    // Its open at 0 s holds until 30 s; the scan at 40 s finds it.
    expect(asleep('25s').slice(0, 2)).toEqual(['0s open v1', '35s failed v1: its lease was over when it woke']);
    expect(asleep('38s').slice(0, 3)).toEqual([
      '0s open v1',
      '40s expired v1',
      '48s note v1: refused heartbeat (heartbeat-in-lease)',
    ]);
    expect(asleep('10s').slice(0, 3)).toEqual(['0s open v1', '90s checked v1', '95s finalized v1']);
  });

  it('is only slow where nobody beats', () => {
    const { times } = played(night([strike('zombie-writer', 'end', { lasts: '1h' })], {})).player;
    expect([times.attempts[0], times.finishMs[0]]).toEqual([1, 3_660_000]);
  });
});

describe('publishes', () => {
  it('twice change nothing for readers; the log has both', () => {
    const all = logged(night([strike('publish-duplicated', 'publish')]));
    expect(all.player.times.startMs[1]).toBe(86_000);
    expect(story(all, [EventKind.versionPublished])).toHaveLength(2);
    expect(checkOrdering(all.log, { toleranceMs: 0, limit: 3 }).proved).toBe(0);
  });

  it('are struck once, and by the next one after a given time', () => {
    const late = { kind: 'publish-late', lasts: '1m' };
    for (const timing of [{ once: { partition: 'date=2026-01-01' } }, { at: '30s' }])
      expect(played(night([{ ...late, of: 'w.write', ...timing }])).player.times.startMs[1]).toBe(146_000);
    expect(played(night([{ kind: 'publish-lost', at: '30s', of: 'w.write' }])).player.times.startMs[1]).toBeNaN();
    expect(played(night([{ kind: 'publish-lost', at: '86s', of: 'w.write' }])).player.times.startMs[1]).toBe(86_000);
  });
});

describe('an outage of the store', () => {
  const outage = (step: string, at: string, lasts: string) => night([{ kind: 'store-outage', step, at, lasts }]);
  it.each([
    // [step, from, lasts, work ends, whole, read]
    ['open', '0s', '30s', 90, 115, 116],
    ['check', '70s', '30s', 60, 105, 106],
    ['finalize', '70s', '30s', 60, 105, 106],
    ['publish', '70s', '30s', 60, 85, 100],
    ['heartbeat', '5s', '20s', 60, 85, 86],
  ])('at %s holds that step back', (step, at, lasts, finish, final, read) => {
    const { times } = played(outage(step, at, lasts)).player;
    expect([times.finishMs[0], times.finalMs[0], times.startMs[1]]).toEqual(
      [finish, final, read].map((s) => s * 1_000),
    );
  });

  it('of heartbeats makes a living writer seem dead: it is expired and told so at its next beat', () => {
    expect(steps(outage('heartbeat', '5s', '1m')).slice(0, 5)).toEqual([
      '0s open v1',
      '40s expired v1',
      '50s open v2',
      '70s note v2: refused heartbeat (one-owner)',
      '130s checked v2',
    ]);
  });
});

describe('rates and schedules', () => {
  it.each(['task-failure', 'crash'])('a %s at a time strikes whoever works then', (kind) => {
    const { times } = played(night([{ kind, of: 'w.write', at: ['25s', '5h'] }], {})).player;
    expect([times.attempts[0], times.finishMs[0]]).toEqual([2, 95_000]);
  });

  it.each(['task-failure', 'crash', 'worker-loss'])('a %s at a rate is a hazard of the time worked', (kind) => {
    const lasts = kind === 'worker-loss' ? { lasts: '1m' } : {};
    const { times } = played({
      horizon: '100h',
      faults: [{ kind, rate: '6 per hour', ...lasts }],
      pipelines: { p: { schedule: { every: '1m' }, tasks: { t: '5m' } } },
    }).player;
    const { outcome } = times;
    const survived = outcome.reduce((sum, value) => sum + (value === Outcome.success ? 1 : 0), 0) / outcome.length;
    // exp(-5 min / 10 min)
    expect(Math.abs(survived - 0.60653)).toBeLessThan(3.29 * Math.sqrt((0.60653 * 0.39347) / outcome.length));
  });
});

describe('a Celery worker that is lost', () => {
  const fleet = (workers: number) => ({
    orchestrator: { executor: { celery: { workers, concurrency: 4, prefetch: 0 } } },
    faults: [{ kind: 'worker-loss', at: '30s', lasts: '2m' }],
    pipelines: {
      p: { schedule: { at: '0s' }, tasks: { t: { duration: '1m', map: 8, retries: { times: 1, delay: '0s' } } } },
    },
  });

  it('takes all that runs on it; what it is handed waits until it is back', () => {
    const { times } = played(fleet(2)).player;
    expect(Array.from(times.attempts).sort()).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(Math.max(...times.finishMs)).toBe(210_000);
  });

  it('alone is the whole fleet', () => {
    const { times } = played(fleet(1)).player;
    // Four run at a time: those of the loss again at 150 s, and the other four.
    expect(Array.from(times.attempts).sort()).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(Math.max(...times.finishMs)).toBe(270_000);
  });
});
