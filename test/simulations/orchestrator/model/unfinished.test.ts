// A play that leaves task runs without an end says what each waits for; one that would not end is stopped at its limit.

import { describe, expect, it } from 'vitest';
import { unfinishedWaits } from '../../../../simulations/orchestrator/model/unfinished.ts';
import { played, playerOfPlan } from './support/play.ts';

const waits = (document: object): string[] => {
  const { plan, player } = played(document);
  return unfinishedWaits(plan, player, 20).map(({ taskRun, waitsFor }) => `${taskRun.split(' ')[0]}: ${waitsFor}`);
};
const T = 'of 2026-01-01T00:00:00.000Z';
const D = 'd[date=2026-01-01]';
const chain = {
  datasets: { d: 'daily' },
  pipelines: {
    w: { schedule: { at: '0s' }, tasks: { write: { duration: '1m', writes: 'd' } } },
    r: {
      schedule: { at: '0s' },
      tasks: { read: { duration: '1s', reads: 'd' }, after: { duration: '1s', after: 'read' } },
    },
  },
};

describe('task runs that never end', () => {
  it('name a publish that was lost, and who is behind', () => {
    expect(waits({ ...chain, faults: [{ kind: 'publish-lost', of: 'w.write', once: {} }] })).toEqual([
      `r.read: the publish of ${D} by w.write ${T}, which was lost`,
      `r.after: the end of r.read ${T}, which has not ended`,
    ]);
  });

  it('name a writer that failed', () => {
    const [first] = waits({ ...chain, faults: [{ kind: 'task-failure', of: 'w.write', once: {} }] });
    expect(first).toBe(`r.read: the publish of ${D} by w.write ${T}, which has failed`);
  });

  it('are none where all ended', () => {
    expect(waits(chain)).toEqual([]);
  });
});

it('a play is stopped at a limit of simulated time or of events', () => {
  const { scenario, plan } = played(chain);
  const stoppedBy = (limits: { simulatedMs: number; eventsPerTaskRun: number }) => {
    const player = playerOfPlan(scenario, plan, new Set(), limits);
    player.play(0);
    return [player.stopped, unfinishedWaits(plan, player, 20).length];
  };
  expect(stoppedBy({ simulatedMs: 30_000, eventsPerTaskRun: 100 })).toEqual(['time', 3]);
  expect(stoppedBy({ simulatedMs: 1e9, eventsPerTaskRun: 0 })).toEqual(['events', 3]);
  expect(stoppedBy({ simulatedMs: 1e9, eventsPerTaskRun: 100 })).toEqual([null, 0]);
});
