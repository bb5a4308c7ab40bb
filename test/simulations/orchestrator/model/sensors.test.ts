// Waiting by looking: worked out by hand. The data is there at 10 min 30 s; looks come every minute.

import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../../shared/model/event.ts';
import { played } from './support/play.ts';

const scenario = (wait: object, more: object = {}) => ({
  datasets: { d: 'daily' },
  pools: { p: 1 },
  pipelines: {
    writer: { schedule: { at: '0s' }, tasks: { write: { duration: '10m30s', writes: 'd' } } },
    reader: {
      schedule: { at: '20s' },
      tasks: { read: { duration: '1m', pool: 'p', reads: { dataset: 'd', ...wait } } },
    },
    other: { schedule: { at: '1m' }, tasks: { quick: { duration: '1s', pool: 'p' } } },
  },
  ...more,
});

const seconds = (document: object): Record<string, (number | null)[]> => {
  const { plan, player } = played(document);
  return Object.fromEntries(
    Array.from(plan.taskRuns.task, (task, i) => [
      plan.definitions.tasks[task].name,
      [player.times.readyMs[i] / 1_000, player.times.startMs[i] / 1_000],
    ]),
  );
};

describe('waiting for data', () => {
  it('told by an event: at once', () => {
    expect(seconds(scenario({ wait: 'event' }))).toMatchObject({ read: [630, 630], quick: [60, 60] });
  });

  it('by poking: at the next look, and the slot is held all the while', () => {
    expect(seconds(scenario({ wait: 'poke', every: '1m' }))).toMatchObject({ read: [630, 680], quick: [60, 740] });
  });

  it('by rescheduled looks: at the next look, and the slot is free between', () => {
    expect(seconds(scenario({ wait: 'reschedule', every: '1m' }))).toMatchObject({ read: [630, 680], quick: [60, 60] });
  });

  it('by deferring: at once', () => {
    expect(seconds(scenario({ wait: 'deferrable' }))).toMatchObject({ read: [630, 630], quick: [60, 60] });
  });

  it('not at all: whatever is there', () => {
    expect(seconds(scenario({ wait: 'none' }))).toMatchObject({ read: [20, 20], quick: [60, 80] });
  });

  it('data that is there before a sensor has its slot is found by its first look', () => {
    const late = scenario({ wait: 'poke', every: '1m' });
    const pipelines = {
      ...late.pipelines,
      block: { schedule: { at: '0s' }, tasks: { b: { duration: '11m', pool: 'p' } } },
    };
    expect(seconds({ ...late, pipelines })).toMatchObject({ read: [630, 660] });
  });

  it.each(['poke', 'reschedule'])('%s: gives up after its timeout, without another try, and frees its slot', (wait) => {
    const { player, plan } = played(scenario({ wait, every: '1m', timeout: '5m' }, { orchestrator: { retries: 3 } }));
    const { outcome, finishMs, startMs } = player.times;
    const names = Array.from(plan.taskRuns.task, (task) => plan.definitions.tasks[task].name);
    expect(outcome[names.indexOf('read')]).toBe(Outcome.failed);
    expect(finishMs[names.indexOf('read')]).toBe(320_000);
    expect(startMs[names.indexOf('quick')]).toBe(wait === 'poke' ? 320_000 : 60_000);
  });

  it('a timeout that nobody needs does not lengthen the play', () => {
    expect(played(scenario({ wait: 'poke', every: '1m', timeout: '7d' })).player.endMs).toBe(741_000);
  });
});
