// Two writers of one partition: the second is HELD until the first one's version has ended; the refusal is in the log.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { BLOCK_CAUSES, EventKind } from '../../../../shared/model/event.ts';
import { logged, story } from './support/play.ts';

const two = (second: object = {}, faults: object[] = []) => ({
  orchestrator: { finalize: { service: '5s', publishDelay: '1s' } },
  faults,
  datasets: { d: 'daily' },
  pipelines: {
    a: { schedule: { at: '0s' }, tasks: { write: { duration: '60s', writes: 'd' } } },
    b: { schedule: { at: '10s' }, tasks: { write: { duration: '20s', writes: 'd', ...second } } },
  },
});
const STEPS = [EventKind.versionOpened, EventKind.versionFinalized, EventKind.versionFailed, EventKind.note];

describe('a second writer', () => {
  it('is held until the first one has finalized', () => {
    const all = logged(two());
    expect(all.player.times.startMs[1]).toBe(65_000);
    expect(story(all, STEPS)).toEqual([
      '0s a.write open d[date=2026-01-01] v1',
      '10s b.write note d[date=2026-01-01] v1: refused open (one-owner): a.write of run 0 (2026-01-01T00:00:00.000Z) (attempt 1) holds v1 (RUNNING)',
      '65s a.write finalized d[date=2026-01-01] v1',
      '65s b.write open d[date=2026-01-01] v2',
      '90s b.write finalized d[date=2026-01-01] v2',
    ]);
    expect(checkOrdering(all.log, { toleranceMs: 0, limit: 5 }).proved).toBe(0);
    const blocked = all.log.chunks.flatMap((chunk) =>
      Array.from(chunk.kind, (kind, i) =>
        kind === EventKind.taskBlocked && chunk.taskRun[i] === 1 ? BLOCK_CAUSES[chunk.code[i]] : '',
      ).filter((cause) => cause !== ''),
    );
    expect(blocked).toContain('upstream');
  });

  it('goes on when the first one has failed', () => {
    const all = logged(two({}, [{ kind: 'task-failure', of: 'a.write', once: {} }]));
    expect(all.player.times.startMs[1]).toBe(60_000);
    expect(story(all, STEPS)).toContain('60s a.write failed d[date=2026-01-01] v1: its task failed');
  });

  it('the copies of a mapped task write one version together', () => {
    const all = logged({
      pools: { one: 1 },
      datasets: { d: 'daily' },
      pipelines: {
        w: { schedule: { at: '0s' }, tasks: { write: { duration: '10s', writes: 'd', map: 3, pool: 'one' } } },
        r: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: 'd' } } },
      },
    });
    expect(story(all, STEPS)).toEqual([
      '0s w.write open d[date=2026-01-01] v1',
      '30s w.write finalized d[date=2026-01-01] v1',
    ]);
    expect(all.player.times.startMs[3]).toBe(30_000);
    expect(checkOrdering(all.log, { toleranceMs: 0, limit: 5 }).proved).toBe(0);
  });
});
