// Checks between write and finalize, and reads of what is being written: worked out by hand, and told by the log.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import { logged, played, story } from './support/play.ts';

const checked = (passes: string, retries = 0) => ({
  orchestrator: { finalize: { service: '3s', publishDelay: '2s' } },
  datasets: { d: { partitioned: 'daily', rows: 1_000, check: { duration: '30s', passes } } },
  pipelines: {
    w: {
      schedule: { at: '0s' },
      tasks: {
        write: { duration: '60s', writes: 'd', retries: { times: retries, delay: '10s' } },
        next: { duration: '1s', after: 'write' },
      },
    },
    r: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: 'd' } } },
  },
});

const STEPS = [
  EventKind.versionOpened,
  EventKind.versionChecked,
  EventKind.versionFinalized,
  EventKind.versionPublished,
  EventKind.versionFailed,
];

describe('a check', () => {
  it('takes its time between the end of the work and the finalize', () => {
    const { player } = played(checked('100%'));
    const { finishMs, finalMs, startMs } = player.times;
    expect([finishMs[0], finalMs[0], startMs[1], startMs[2]]).toEqual([60_000, 93_000, 60_000, 95_000]);
  });

  it('that fails leaves a FAILED version with its reason, and no event', () => {
    const all = logged(checked('0%'));
    expect(Array.from(all.player.times.outcome)).toEqual([Outcome.failed, Outcome.success, Outcome.unknown]);
    expect(all.player.landedMs(0)).toBeNaN();
    expect(story(all, STEPS)).toEqual([
      '0s w.write open d[date=2026-01-01] v1',
      '90s w.write checked d[date=2026-01-01] v1: its check failed',
      '90s w.write failed d[date=2026-01-01] v1: its check failed',
    ]);
  });

  it('that fails is followed by the retries; whoever waited for the end has gone on', () => {
    const all = logged(checked('0%', 1));
    const { startMs, finishMs, attempts } = all.player.times;
    expect([attempts[0], finishMs[0], startMs[1]]).toEqual([2, 190_000, 60_000]);
    expect(story(all, STEPS).filter((line) => line.includes('open'))).toEqual([
      '0s w.write open d[date=2026-01-01] v1',
      '100s w.write open d[date=2026-01-01] v2',
    ]);
  });

  it('fails in the share that is asked for', () => {
    const { player } = played({
      horizon: '100h',
      datasets: { d: { partitioned: 'hourly', check: { duration: '1s', passes: '90%' } } },
      pipelines: { w: { schedule: { every: '1m' }, tasks: { t: { duration: '1s', writes: 'd' } } } },
    });
    const { outcome } = player.times;
    const failed = outcome.reduce((sum, value) => sum + (value === Outcome.failed ? 1 : 0), 0) / outcome.length;
    expect(Math.abs(failed - 0.1)).toBeLessThan(3.29 * Math.sqrt(0.09 / outcome.length));
  });
});

describe('a reader that does not wait', () => {
  const hasty = (at: string) =>
    logged({
      ...checked('100%'),
      pipelines: {
        ...checked('100%').pipelines,
        hasty: { schedule: { at }, tasks: { read: { duration: '5s', reads: { dataset: 'd', wait: 'none' } } } },
      },
    });
  const readsOf = ({ log }: ReturnType<typeof hasty>) =>
    log.chunks.flatMap((chunk) =>
      Array.from(chunk.kind, (kind, i) => [kind, chunk.value[i], chunk.timeUs[i]] as const)
        .filter(([kind]) => kind === EventKind.read)
        .sort((a, b) => a[2] - b[2])
        .map(([, value]) => value),
    );

  it('reads the version being written, as many rows as there are; the checker proves it', () => {
    const all = hasty('15s');
    expect(readsOf(all)).toEqual([250, 1_000]);
    const report = checkOrdering(all.log, { toleranceMs: 0, limit: 5 });
    expect(report.proved).toBe(1);
    expect(report.findings[0]?.reason).toContain('d[date=2026-01-01] v1');
  });

  it('finds all rows of what is only not yet whole: proved too', () => {
    const all = hasty('70s');
    expect(readsOf(all)).toEqual([1_000, 1_000]);
    expect(checkOrdering(all.log, { toleranceMs: 0, limit: 5 }).proved).toBe(1);
  });

  it('proves nothing before anything was there, nor after it was whole', () => {
    for (const at of ['93s', '200s']) {
      const report = checkOrdering(hasty(at).log, { toleranceMs: 0, limit: 5 });
      expect([report.reads, report.proved]).toEqual([2, 0]);
    }
  });
});
