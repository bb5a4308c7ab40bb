// Times past 12.4 days: a season of nights, each as the first.

import { describe, expect, it } from 'vitest';
import { EventKind } from '../../../../shared/model/event.ts';
import { Replicator } from '../../../../simulations/experiments/replicate.ts';
import { logged, played, scenarioOf, story } from './support/play.ts';

describe('a horizon of 90 days', () => {
  it.each([
    ['at once', {}],
    ['with a loop', { loop: { idle: '5s', perTask: '10ms' } }],
  ])('%s: the last night is as the first', (_, orchestrator) => {
    const { player, plan } = played({
      horizon: '90d',
      orchestrator,
      pools: { p: 2 },
      datasets: { d: 'daily' },
      pipelines: {
        a: {
          schedule: '0 2 * * *',
          tasks: { t: { duration: '40m', pool: 'p', map: 3 }, w: { duration: '5m', after: 't', writes: 'd' } },
        },
        b: { schedule: '0 1 * * *', tasks: { r: { duration: '1m', reads: 'd' } } },
      },
    });
    const { finalMs, startMs } = player.times;
    const ofTask = (name: string): number[] =>
      Array.from(plan.taskRuns.task).flatMap((task, i) => (plan.definitions.tasks[task].name === name ? [i] : []));
    const writes = ofTask('w');
    expect(writes).toHaveLength(90);
    const day = 86_400_000;
    const nights = writes.map((i) => Math.round((finalMs[i] % day) / 60_000));
    expect(new Set(nights)).toEqual(new Set([205]));
    // Each reader waits for the writer that runs an hour after it was due.
    const reads = ofTask('r');
    expect(
      reads.every((i, night) => startMs[i] >= finalMs[writes[night]] && startMs[i] - finalMs[writes[night]] < 60_000),
    ).toBe(true);
  });
});

const DAY_MS = 86_400_000;

describe('durations past 12.4 days', () => {
  it('are played whole, first attempts and later ones, finalizes and publishes', () => {
    const all = logged({
      horizon: '90d',
      orchestrator: { finalize: { service: '30d', publishDelay: '10d' } },
      datasets: { d: 'none' },
      faults: [{ kind: 'task-failure', of: 'w', once: {} }],
      pipelines: {
        w: {
          schedule: { at: '1d' },
          tasks: { w: { duration: '20d', writes: 'd', retries: { times: 1, delay: '1d' } } },
        },
        r: { schedule: { at: '1d' }, tasks: { r: { duration: '25d', reads: 'd' } } },
      },
    });
    const days = (ms: Float64Array): number[] => Array.from(ms, (value) => value / DAY_MS);
    const { startMs, finishMs, finalMs } = all.player.times;
    expect(days(startMs)).toEqual([1, 82]);
    expect(days(finishMs)).toEqual([42, 107]);
    expect(days(finalMs)[0]).toBe(72);
    expect(story(all, [EventKind.versionPublished])[0]).toContain(`${82 * 86_400}s`);
  });

  it('and drawn ones: by whichever player, cut nowhere', () => {
    const scenario = scenarioOf({
      horizon: '90d',
      seed: 3,
      pipelines: { p: { schedule: { every: '30d' }, tasks: { t: { uniform: { low: '1d', high: '60d' } } } } },
    });
    const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const tally = made.value.newTally();
    for (let i = 0; i < 200; i++) made.value.play(i, tally);
    const { elapsed } = tally;
    expect(elapsed.count).toBe(600);
    expect(elapsed.max).toBeGreaterThan(58 * DAY_MS);
    // Mean 30.5 d, standard error 0.7 d.
    expect(Math.abs(elapsed.mean / DAY_MS - 30.5)).toBeLessThan(2.5);
  });

  it('a timeout past 12.4 days ends its task then', () => {
    const { player } = played({
      horizon: '90d',
      pipelines: { p: { schedule: { at: '0s' }, tasks: { t: { duration: '80d', timeout: '40d' } } } },
    });
    expect(player.times.finishMs[0]).toBe(40 * DAY_MS);
  });
});
