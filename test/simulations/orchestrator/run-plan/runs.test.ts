// What makes runs, case by case: triggers, catch-up, backfills, arrivals, jitter; and what waits on the past, on any of
// several partitions, or on what never comes.

import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../../shared/scenario/read-scenario.ts';
import type { Scenario } from '../../../../shared/scenario/scenario.ts';
import { buildRunPlan } from '../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import type { RunPlan } from '../../../../simulations/orchestrator/run-plan/plan.ts';
import { referenceDayOf } from '../../../../simulations/orchestrator/run-plan/reference-day-of.ts';
import { label } from './support/describe-plan.ts';

function scenarioOf(document: object): Scenario {
  const { scenario, problems } = readScenario({ version: 1, start: '2026-01-10', ...document });
  if (scenario === null) throw new Error(JSON.stringify(problems));
  return scenario;
}

function planOf(document: object, replication = 0): RunPlan {
  const scenario = scenarioOf(document);
  const plan = buildRunPlan(scenario, scenario.workload, replication);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

function refusal(document: object): string {
  const scenario = scenarioOf(document);
  const plan = buildRunPlan(scenario, scenario.workload);
  return plan.ok ? 'planned' : plan.error.map(({ path, reason }) => `${path.join('.')}: ${reason}`).join('\n');
}

/** `pipeline tick <- what triggers it`. */
const runsOf = (plan: RunPlan): string[] =>
  Array.from({ length: plan.runs.count }, (_, run) => {
    const { pipeline, nominalMs, triggers } = plan.runs;
    const by = [...triggers.values.subarray(triggers.offsets[run], triggers.offsets[run + 1])].map((id) =>
      label(plan, id),
    );
    const tick = new Date(plan.frame.startMs + nominalMs[run]).toISOString().slice(5, 16);
    return `${plan.definitions.pipelines[pipeline[run]].name} ${tick}${by.length > 0 ? ` <- ${by.join(' ')}` : ''}`;
  });

const waitsOf = (plan: RunPlan, name: string): string[] => {
  const { offsets, upstream, group } = plan.dependencies;
  const taskRun = Array.from(plan.taskRuns.run, (_, id) => label(plan, id)).indexOf(name);
  if (taskRun < 0) throw new Error(`no task run ${name}`);
  return [...upstream.subarray(offsets[taskRun], offsets[taskRun + 1])].map(
    (id, i) => `${label(plan, id)}${group[offsets[taskRun] + i] < 0 ? '' : ' or'}`,
  );
};

const writer = (dataset: string, schedule: string | object) => ({
  schedule,
  tasks: { w: { duration: '1m', writes: dataset } },
});

describe('triggers', () => {
  const datasets = { h: 'hourly', a: 'daily', b: 'daily', u: 'none' };

  it('by all of two daily datasets make one run a date that both get', () => {
    const plan = planOf({
      horizon: '2d',
      datasets,
      pipelines: {
        a: writer('a', '0 1 * * *'),
        b: writer('b', '0 2 * * *'),
        t: { schedule: { all: ['a', 'b'] }, tasks: { t: '1m' } },
      },
    });
    expect(runsOf(plan).filter((run) => run.startsWith('t'))).toEqual([
      't 01-10T02:00 <- a.w (2026-01-10T01:00Z) b.w (2026-01-10T02:00Z)',
      't 01-11T02:00 <- a.w (2026-01-11T01:00Z) b.w (2026-01-11T02:00Z)',
    ]);
  });

  it('by a finer dataset wait for the last of its partitions in the coarser one', () => {
    const plan = planOf({
      horizon: '3d',
      datasets,
      pipelines: {
        h: writer('h', '0 * * * *'),
        a: writer('a', '0 1 * * *'),
        t: { schedule: { all: ['a', 'h'] }, tasks: { t: '1m' } },
      },
    });
    // Hour 23 of the 9th is written by the run of midnight; days 9 to 11 are complete, of the 9th only the last hour is planned.
    const runs = runsOf(plan).filter((run) => run.startsWith('t'));
    expect(runs.map((run) => run.split(' h.w').length - 1)).toEqual([1, 24, 24]);
  });

  it('by one unpartitioned dataset follow each publish', () => {
    const plan = planOf({
      datasets,
      horizon: '1d',
      pipelines: { u: writer('u', { every: '12h' }), t: { schedule: { all: 'u' }, tasks: { t: '1m' } } },
    });
    expect(runsOf(plan)).toEqual([
      'u 01-10T00:00',
      'u 01-10T12:00',
      't 01-10T00:00 <- u.w (2026-01-10T00:00Z)',
      't 01-10T12:00 <- u.w (2026-01-10T12:00Z)',
    ]);
  });

  it('in a chain follow each other', () => {
    const plan = planOf({
      datasets,
      pipelines: {
        third: { schedule: { all: 'b' }, tasks: { t: '1m' } },
        second: writer('b', { all: 'a' }),
        first: writer('a', '0 3 * * *'),
      },
    });
    expect(runsOf(plan)).toEqual([
      'third 01-10T03:00 <- second.w (2026-01-10T03:00Z)',
      'second 01-10T03:00 <- first.w (2026-01-10T03:00Z)',
      'first 01-10T03:00',
    ]);
  });

  it('by any of several follow each publish, and others follow them', () => {
    const plan = planOf({
      datasets,
      pipelines: {
        a: writer('a', '0 1 * * *'),
        u: writer('u', '0 2 * * *'),
        t: { schedule: { any: ['a', 'u'] }, tasks: { t: { duration: '1m', writes: 'b' } } },
        next: { schedule: { all: 'b' }, tasks: { t: '1m' } },
        reader: { schedule: '0 5 * * *', tasks: { r: { duration: '1m', reads: 'b' } } },
      },
    });
    expect(plan.dynamic).toEqual([]);
    // The run of a is for the 9th, so is the second of t, which comes by u.
    expect(runsOf(plan)).toEqual([
      'a 01-10T01:00',
      'u 01-10T02:00',
      't 01-10T01:00 <- a.w (2026-01-10T01:00Z)',
      't 01-10T02:00 <- u.w (2026-01-10T02:00Z)',
      'next 01-10T02:00 <- t (2026-01-10T01:00Z) t (2026-01-10T02:00Z)',
      'reader 01-10T05:00',
    ]);
    expect(plan.open.taskRun).toHaveLength(0);
  });

  it('by all of several unpartitioned ones are as many as can come; which publishes make them, the play decides', () => {
    const plan = planOf({
      datasets: { u: 'none', v: 'none' },
      pipelines: {
        u: writer('u', { every: '6h' }),
        v: writer('v', { every: '9h' }),
        t: { schedule: { all: ['u', 'v'] }, tasks: { t: { duration: '1m' }, after: { duration: '1m', after: 't' } } },
      },
    });
    expect(plan.dynamic).toMatchObject([{ pipeline: 2, datasets: [0, 1], firstRun: 7, runCount: 3 }]);
    expect([...plan.dynamic[0].publishOf]).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect([...plan.dynamic[0].publishers.values]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(runsOf(plan).slice(7)).toEqual(['t 01-10T00:00', 't 01-10T09:00', 't 01-10T18:00']);
  });
});

describe('catch-up', () => {
  it('runs what was missed at the start, in order', () => {
    const plan = planOf({
      pipelines: { p: { schedule: '0 1 * * *', catchUp: { since: '2026-01-08' }, tasks: { t: '1m' } } },
    });
    expect(runsOf(plan)).toEqual(['p 01-08T01:00', 'p 01-09T01:00', 'p 01-10T01:00']);
    expect([...plan.taskRuns.releaseMs]).toEqual([0, 0, 3_600_000]);
    expect([...plan.runs.kind]).toEqual([1, 1, 0]);
  });
});

describe('a backfill', () => {
  const document = (order: string) => ({
    datasets: { a: 'daily', b: 'daily' },
    pipelines: {
      a: { schedule: '0 1 * * *', tasks: { w: { duration: '1m', writes: 'a' } } },
      b: { schedule: '0 2 * * *', tasks: { w: { duration: '1m', reads: 'a', writes: 'b' } } },
    },
    backfills: [
      { pipeline: 'a', from: '2026-01-01', to: '2026-01-02', at: '30m', order },
      { pipeline: 'b', from: '2026-01-01', to: '2026-01-03', at: '40m' },
    ],
  });

  it('has the runs for its dates, asked for at its time', () => {
    const plan = planOf(document('descending'));
    // A run for a date ticks on the day after.
    expect(runsOf(plan)).toEqual([
      'a 01-10T01:00',
      'a 01-03T01:00',
      'a 01-02T01:00',
      'b 01-10T02:00',
      'b 01-02T02:00',
      'b 01-03T02:00',
      'b 01-04T02:00',
    ]);
    expect([...plan.runs.dueMs]).toEqual([3_600_000, 1_800_000, 1_800_000, 7_200_000, 2_400_000, 2_400_000, 2_400_000]);
    expect([...plan.runs.previous]).toEqual([-1, -1, 1, -1, -1, 4, 5]);
  });

  it('waits for what another backfill rewrites, and for nothing that was there', () => {
    const plan = planOf(document('ascending'));
    expect(waitsOf(plan, 'b.w (2026-01-02T02:00Z) backfill')).toEqual(['a.w (2026-01-02T01:00Z) backfill']);
    expect(waitsOf(plan, 'b.w (2026-01-04T02:00Z) backfill')).toEqual([]);
    expect(waitsOf(plan, 'b.w (2026-01-10T02:00Z)')).toEqual(['a.w (2026-01-10T01:00Z)']);
  });
});

describe('arrivals and jitter', () => {
  const queue = { horizon: '1d', pipelines: { job: { schedule: { poisson: '60 per hour' }, tasks: { t: '1m' } } } };

  it('are Poisson in number and gaps, differ by replication, and keep their names when the rate changes', () => {
    const counts = Array.from({ length: 40 }, (_, replication) => planOf(queue, replication).runs.count);
    const mean = counts.reduce((a, b) => a + b) / counts.length;
    // Standard error sqrt(1440 / 40) = 6.
    expect(Math.abs(mean - 1440)).toBeLessThan(24);
    expect(new Set(counts).size).toBeGreaterThan(10);
    const faster = planOf({
      ...queue,
      pipelines: { job: { ...queue.pipelines.job, schedule: { poisson: '120 per hour' } } },
    });
    const slower = planOf(queue);
    expect([...faster.runs.nameHash.subarray(0, slower.runs.count)]).toEqual([...slower.runs.nameHash]);
    expect(faster.runs.dueMs[99]).toBeCloseTo(slower.runs.dueMs[99] / 2, -1);
    expect(slower.variesByReplication).toBe(true);
  });

  it('beyond 12.4 days are no less exact', () => {
    const plan = planOf({ horizon: '90d', pipelines: { p: { schedule: '0 1 * * *', tasks: { t: '1m' } } } });
    expect(plan.runs.count).toBe(90);
    expect(plan.taskRuns.releaseMs[89]).toBe(89 * 86_400_000 + 3_600_000);
  });

  it('delays runs by what it draws', () => {
    const pipelines = {
      p: { schedule: '0 * * * *', jitter: { uniform: { low: '1s', high: '9s' } }, tasks: { t: '1m' } },
    };
    const late = [0, 1].map((replication) => {
      const { runs } = planOf({ pipelines }, replication);
      return Array.from(runs.dueMs, (ms, i) => ms - runs.nominalMs[i]);
    });
    expect(late.flat().every((ms) => ms >= 1_000 && ms <= 9_000)).toBe(true);
    expect(late[0]).not.toEqual(late[1]);
  });
});

describe('waits', () => {
  it('on the past go to the run before, and with it to its downstream tasks', () => {
    const plan = planOf({
      horizon: '2d',
      pipelines: {
        p: {
          schedule: '0 1 * * *',
          tasks: {
            a: { duration: '1m', waitForDownstream: true },
            b: { duration: '1m', after: 'a', dependsOnPast: true },
          },
        },
      },
    });
    expect(waitsOf(plan, 'p.a (2026-01-10T01:00Z)')).toEqual([]);
    expect(waitsOf(plan, 'p.a (2026-01-11T01:00Z)')).toEqual(['p.a (2026-01-10T01:00Z)', 'p.b (2026-01-10T01:00Z)']);
    expect(waitsOf(plan, 'p.b (2026-01-11T01:00Z)')).toEqual(['p.a (2026-01-11T01:00Z)', 'p.b (2026-01-10T01:00Z)']);
  });

  const days = (read: object) => ({
    horizon: '3d',
    datasets: { d: 'daily' },
    pipelines: {
      w: writer('d', '0 1 * * *'),
      late: { schedule: '0 2 * * *', tasks: { r: { duration: '1m', reads: { dataset: 'd', ...read } } } },
    },
  });

  it('on any of several are one group, unless one of them was there before', () => {
    const plan = planOf(days({ last: 2, any: true }));
    expect(waitsOf(plan, 'late.r (2026-01-10T02:00Z)')).toEqual([]);
    expect(waitsOf(plan, 'late.r (2026-01-11T02:00Z)')).toEqual([
      'w (2026-01-10T01:00Z) or',
      'w (2026-01-11T01:00Z) or',
    ]);
  });

  it('that do not wait still read', () => {
    const plan = planOf(days({ wait: 'none' }));
    expect(plan.dependencies.upstream).toHaveLength(0);
    expect(plan.reads.partition).toHaveLength(3);
  });

  it('on the future are open at the end of the horizon', () => {
    const plan = planOf(days({ offset: '+1d' }));
    expect(waitsOf(plan, 'late.r (2026-01-10T02:00Z)')).toEqual(['w (2026-01-11T01:00Z)']);
    expect([...plan.open.taskRun].map((id) => label(plan, id))).toEqual(['late.r (2026-01-12T02:00Z)']);
    expect(plan.open.taskRun).toHaveLength(1);
  });

  it('on a version that the same run writes later are on the run before', () => {
    const plan = planOf({
      horizon: '2d',
      datasets: { state: 'none' },
      pipelines: {
        p: {
          schedule: '0 1 * * *',
          tasks: { load: { duration: '1m', reads: 'state' }, save: { duration: '1m', after: 'load', writes: 'state' } },
        },
      },
    });
    expect(waitsOf(plan, 'p.load (2026-01-11T01:00Z)')).toEqual(['p.save (2026-01-10T01:00Z)']);
  });
});

describe('deadlines', () => {
  it('are the first clock time after the partition’s own day, or the task’s own', () => {
    const plan = planOf({
      horizon: '2d',
      zone: 'Europe/Berlin',
      datasets: { d: 'daily' },
      pipelines: {
        p: {
          schedule: '30 0 * * *',
          tasks: { w: { duration: '1m', writes: 'd' }, x: { duration: '1m', deadline: '10m' } },
        },
      },
      targets: [{ landing: { dataset: 'd', by: '02:00' } }],
    });
    const HOUR = 3_600_000;
    expect([...plan.taskRuns.deadlineMs]).toEqual([2 * HOUR, 40 * 60_000, 26 * HOUR, 24 * HOUR + 40 * 60_000]);
  });
});

describe('refused with the place', () => {
  it('a task that no run of is ever ready', () => {
    expect(
      refusal({
        datasets: { d: 'daily' },
        pipelines: {
          w: writer('d', '0 1 * * *'),
          late: { schedule: '0 2 * * *', tasks: { r: { duration: '1m', reads: { dataset: 'd', offset: '+9d' } } } },
        },
      }),
    ).toBe(
      'pipelines.late.tasks.r.reads: can never be ready: late.r (2026-01-10T02:00Z) waits for d[date=2026-01-18], which no run up to the horizon writes',
    );
  });

  it('task runs in a cycle through versions', () => {
    expect(
      refusal({
        datasets: { a: 'none', b: 'none' },
        pipelines: {
          p: { schedule: '0 1 * * *', tasks: { t: { duration: '1m', reads: 'b', writes: 'a' } } },
          q: { schedule: '0 1 * * *', tasks: { t: { duration: '1m', reads: 'a', writes: 'b' } } },
        },
      }),
    ).toMatch(/^pipelines\.p\.tasks\.t: task runs wait for each other in a cycle: p\.t \(2026-01-10T01:00Z\) -> q\.t/);
  });

  it('more task runs than can be planned, before any is made', () => {
    expect(
      refusal({ horizon: '90d', pipelines: { p: { schedule: { poisson: '100 per second' }, tasks: { t: '1ms' } } } }),
    ).toMatch(/^pipelines\.p\.schedule: there are 777600000 task runs or more: at most 20000000 can be planned/);
  });
});

describe('a plan that is no reference day says why', () => {
  const why = (document: object): string => {
    const scenario = scenarioOf(document);
    const day = referenceDayOf(planOf(document), scenario.orchestrator);
    return day.ok ? 'is one' : day.error;
  };
  const one = (settings: object, schedule: string | object = '0 1 * * *') => ({
    pipelines: { p: { schedule, tasks: { t: { duration: '1m', ...settings } } } },
  });

  it.each([
    [one({}), 'is one'],
    [one({ slots: 2 }), 'task t takes 2 slots'],
    [one({ rule: 'all_done' }), 'the trigger rule of task t'],
    [one({ duration: { exponential: { mean: '1m' } } }), 'the duration of task t, which varies: draw it first'],
    [{ ...one({}), horizon: '13d' }, 'a horizon beyond 2^30 ms (12.4 days)'],
    [{ ...one({}), orchestrator: 'airflow-2' }, 'a scheduler loop'],
    [{ ...one({}), orchestrator: { executor: { kubernetes: {} } } }, 'an executor with limits of its own'],
    [{ ...one({}), backfills: [{ pipeline: 'p', from: '2026-01-01', to: '2026-01-01' }] }, 'a backfill'],
  ])('%j', (document, reason) => expect(why(document)).toBe(reason));
});
