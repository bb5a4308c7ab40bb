// Runs that datasets make, decided as publishes come: all of several unpartitioned ones, any of several; and what becomes
// of runs that never come about.

import { describe, expect, it } from 'vitest';
import { Replicator } from '../../../../simulations/experiments/replicate.ts';
import { summarize } from '../../../../simulations/experiments/summarize.ts';
import { type Played, played, scenarioOf } from './support/play.ts';

const MINUTE = 60_000;

/** Start minutes of a pipeline's task runs that started. */
function startsOf({ plan, player }: Played, pipeline: string): number[] {
  const id = plan.definitions.pipelines.findIndex(({ name }) => name === pipeline);
  const starts: number[] = [];
  for (let i = 0; i < plan.taskRuns.count; i++)
    if (plan.runs.pipeline[plan.taskRuns.run[i]] === id) starts.push(player.times.startMs[i] / MINUTE);
  return starts.filter((ms) => !Number.isNaN(ms));
}

const at = (...minutes: number[]) => ({ at: minutes.map((m) => `${m}m`) });
const writer = (schedule: object, duration: string, writes: string | string[]) => ({
  schedule,
  tasks: { w: { duration, writes } },
});
const COMPANY = (mode: 'all' | 'any', more: object = {}) => ({
  horizon: '4h',
  datasets: { u: 'none', v: 'none' },
  pipelines: {
    u: writer(at(0, 10, 20, 50), '5m', 'u'),
    v: writer(at(30, 35), '2m', 'v'),
    t: { schedule: { [mode]: ['u', 'v'] }, tasks: { t: '1m' } },
    ...more,
  },
});

describe('triggered by all of several unpartitioned datasets', () => {
  it('runs when each was published since the run before, however often', () => {
    // u at 5, 15, 25, 55; v at 32, 37: the first run at 32 (u thrice counts once), the second at 55.
    const all = played(COMPANY('all'));
    expect(startsOf(all, 't')).toEqual([32, 55]);
    expect(all.plan.dynamic[0].runCount).toBe(2);
  });

  it('follows when things really end, not their plan', () => {
    // v takes an hour now: by its first publish, at 90, all of u has come, and counts once.
    const slow = { v: writer(at(30, 35), '1h', 'v') };
    const all = played({ ...COMPANY('all'), pipelines: { ...COMPANY('all').pipelines, ...slow } });
    expect(startsOf(all, 't')).toEqual([90]);
  });

  it('is the same under a scheduler loop and limits', () => {
    const document = { ...COMPANY('all'), orchestrator: { loop: { idle: '1s', batch: 1 }, limits: { activeRuns: 1 } } };
    expect(startsOf(played(document), 't').map(Math.round)).toEqual([32, 55]);
  });

  it('runs that never come about are never made, and count nowhere', () => {
    const slow = { v: writer(at(30, 35), '1h', 'v') };
    const scenario = scenarioOf({ ...COMPANY('all'), pipelines: { ...COMPANY('all').pipelines, ...slow } });
    const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const tally = made.value.newTally();
    made.value.play(0, tally);
    expect(summarize(scenario, made.value.plan, tally)).toMatchObject({ taskRuns: 7, succeeded: 7, unfinished: 0 });
  });

  it('whoever reads what a run that was never made would have written goes on with what there is', () => {
    const slow = {
      v: writer(at(30, 35), '1h', 'v'),
      t: { schedule: { all: ['u', 'v'] }, tasks: { t: { duration: '1m', writes: 'w' } } },
      reader: { schedule: at(120), tasks: { r: { duration: '1m', reads: 'w' } } },
    };
    const base = COMPANY('all');
    const all = played({
      ...base,
      datasets: { ...base.datasets, w: 'none' },
      pipelines: { ...base.pipelines, ...slow },
    });
    // The second run of t, which by plan would have come before, is given up when nothing else happens: at 150, when the
    // second v has ended (it had to wait until the first was whole).
    expect(startsOf(all, 'reader')).toEqual([150]);
  });

  it('mapped copies publish together', () => {
    const pipelines = {
      ...COMPANY('all').pipelines,
      u: { schedule: at(0), tasks: { w: { duration: '5m', writes: 'u', map: 3, pool: 'one' } } },
    };
    const all = played({
      ...COMPANY('all'),
      pools: { one: 1 },
      pipelines: { ...pipelines, v: writer(at(0), '1m', 'v') },
    });
    expect(startsOf(all, 't')).toEqual([15]);
  });
});

describe('triggered by any of several datasets', () => {
  it('runs at each publish', () => {
    expect(startsOf(played(COMPANY('any')), 't').sort((a, b) => a - b)).toEqual([5, 15, 25, 32, 37, 55]);
  });

  it('runs once for a task run that publishes both', () => {
    const both = played({
      ...COMPANY('any'),
      pipelines: { ...COMPANY('any').pipelines, u: writer(at(3), '1m', ['u', 'v']) },
    });
    expect(startsOf(both, 't')).toEqual([4, 32, 37]);
  });
});
