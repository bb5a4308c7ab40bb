// What a document means, and what is refused, with paths. Places in files are the importer's test.

import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../../shared/scenario/presets.ts';
import { overlay, readScenario } from '../../../shared/scenario/read-scenario.ts';
import { PRESET_NAMES, type Scenario } from '../../../shared/scenario/scenario.ts';

const ONE = { p: { schedule: '@daily', tasks: { t: '1m' } } };

function read(document: object): Scenario {
  const { scenario, problems } = readScenario({ version: 1, pipelines: ONE, ...document });
  if (scenario === null) throw new Error(JSON.stringify(problems));
  return scenario;
}

const refusals = (document: object): string[] =>
  readScenario({ version: 1, pipelines: ONE, ...document }).problems.map(
    ({ path, reason }) => `${path.join('.')}: ${reason}`,
  );

describe('defaults', () => {
  it('are one calm day of 2026 with the ideal orchestrator', () => {
    const scenario = read({});
    expect(scenario).toMatchObject({
      seed: 1,
      replications: 1,
      startMs: Date.UTC(2026, 0, 1),
      horizonMs: 86_400_000,
      zone: 'UTC',
    });
    expect(scenario.orchestrator).toBe(PRESETS.ideal);
    expect(scenario.workload.pools).toEqual([{ name: 'default', slots: null, slowdown: [] }]);
  });

  it('a local start is in the zone', () => {
    expect(read({ start: '2025-12-25', zone: 'Europe/Berlin' }).startMs).toBe(Date.parse('2025-12-24T23:00Z'));
  });
});

describe('a snapshot', () => {
  const asked = { pipelines: undefined, base: { log: 'night' }, snapshot: '2025-12-25T01:00', zone: 'Europe/Berlin' };

  it('is planned from a day before to the rest of the night; its horizon counts from it', () => {
    const atMs = Date.parse('2025-12-25T00:00Z');
    const frame = { snapshotMs: atMs, startMs: atMs - 86_400_000, warmUpMs: 86_400_000 };
    expect(read(asked)).toMatchObject({ ...frame, horizonMs: 36 * 3_600_000 });
    expect(read({ ...asked, horizon: '2h' })).toMatchObject({ ...frame, horizonMs: 26 * 3_600_000 });
  });

  it('goes with a start, from which it may be a span', () => {
    const startMs = Date.parse('2025-12-24T22:00Z');
    const from = { ...asked, start: '2025-12-24T23:00', horizon: '9h' };
    const frame = { startMs, horizonMs: 9 * 3_600_000, warmUpMs: 2 * 3_600_000, snapshotMs: startMs + 2 * 3_600_000 };
    expect(read(from)).toMatchObject(frame);
    expect(read({ ...from, snapshot: '2h' })).toMatchObject(frame);
  });
});

describe('presets', () => {
  it.each(PRESET_NAMES)('%s can be named, with and without its version', (name) => {
    expect(read({ orchestrator: name }).orchestrator).toEqual(PRESETS[name]);
    expect(read({ orchestrator: { preset: `${name}@1` } }).orchestrator).toEqual(PRESETS[name]);
  });

  it('are overridden key by key', () => {
    const { orchestrator } = read({
      orchestrator: { preset: 'airflow-2', loop: { batch: 512 }, limits: { activeRuns: 'none' } },
    });
    expect(orchestrator.loop).toEqual({ ...PRESETS['airflow-2'].loop, batchTasks: 512 });
    expect(orchestrator.limits).toEqual({ parallelism: 32, activeRuns: null, activeTasks: 16, perTask: null });
  });

  it('a loop over the ideal one costs nothing but what is written', () => {
    expect(read({ orchestrator: { loop: { batch: 16 } } }).orchestrator.loop).toEqual({
      idleMs: 1_000,
      batchTasks: 16,
      createdRuns: 2_147_483_647,
      examinedRuns: 2_147_483_647,
      fixedMs: 0,
      perTaskMs: 0,
      growthMs: 0,
      schedulers: 1,
    });
  });

  it('defaults of pools and retries reach the tasks', () => {
    const { workload } = read({ orchestrator: { preset: 'airflow-2', retries: 3 } });
    expect(workload.pools).toEqual([{ name: 'default', slots: 128, slowdown: [] }]);
    expect(workload.pipelines[0].activeRuns).toBe(16);
    expect(workload.pipelines[0].tasks[0].retries).toEqual({
      times: 3,
      delayMs: 300_000,
      backoff: 'fixed',
      capMs: 86_400_000,
    });
  });
});

describe('a queue in ten lines', () => {
  it('is Poisson arrivals, exponential service and servers', () => {
    const { workload } = read({
      horizon: '20d',
      pools: { servers: 2 },
      pipelines: {
        job: {
          schedule: { poisson: '1.5 per second' },
          tasks: { serve: { duration: { exponential: { mean: '1s' } }, pool: 'servers' } },
        },
      },
    });
    expect(workload.pipelines[0].schedule).toEqual({ kind: 'poisson', meanGapMs: 1000 / 1.5 });
    expect(workload.pipelines[0].tasks[0].duration).toEqual({ kind: 'exponential', meanMs: 1_000 });
  });
});

describe('refused before anything is run', () => {
  const task = (settings: object) => ({
    pipelines: { p: { schedule: '@daily', tasks: { a: '1m', b: { duration: '1m', ...settings } } } },
  });

  it.each([
    ['a bare number', { horizon: 2 }, 'horizon: 2 has no unit: write 2s, 2m, 2h or 2ms'],
    ['an unknown key', { hoirzon: '2d' }, 'hoirzon: a scenario has no "hoirzon" (did you mean "horizon"?)'],
    ['another version', { version: 2 }, 'version: the format’s version is wanted: version: 1'],
    ['an unknown pool', task({ pool: 'spark' }), 'pipelines.p.tasks.b.pool: there is no pool "spark"'],
    [
      'a mistyped task',
      { pipelines: { p: { tasks: { extract: '1m', b: { duration: '1m', after: 'extrct' } } } } },
      'pipelines.p.tasks.b.after: there is no task in this pipeline "extrct" (did you mean "extract"?)',
    ],
    ['an unknown dataset', task({ reads: 'events' }), 'pipelines.p.tasks.b.reads: there is no dataset "events"'],
    [
      'a cycle',
      { pipelines: { p: { tasks: { a: { duration: '1m', after: 'b' }, b: { duration: '1m', after: 'a' } } } } },
      'pipelines.p.tasks.a: tasks wait for each other in a cycle: p.a -> p.b -> p.a',
    ],
    [
      'a pool without slots',
      { pools: { none: 0 }, ...task({ pool: 'none' }) },
      'pipelines.p.tasks.b.pool: pool none has no slots, so this task can never start',
    ],
    [
      'more slots than there are',
      { pools: { spark: 4 }, ...task({ pool: 'spark', slots: 5 }) },
      'pipelines.p.tasks.b.slots: takes 5 slots of pool spark, which has 4: it can never start',
    ],
    [
      'an impossible cron',
      { pipelines: { p: { schedule: '0 0 30 2 *', tasks: { a: '1m' } } } },
      'pipelines.p.schedule: "0 0 30 2 *" names a day that never comes',
    ],
    [
      'an impossible distribution',
      task({ duration: { pert: { low: '3m', mode: '2m', high: '9m' } } }),
      'pipelines.p.tasks.b.duration: pert: needs low <= mode <= high',
    ],
    [
      'a strange key within a distribution, told where it stands',
      task({ duration: { uniform: { from: '1m', to: '5m' } } }),
      'pipelines.p.tasks.b.duration.uniform.from: uniform has no "from": it has low, high',
    ],
    ['a long horizon', { horizon: '91d' }, 'horizon: 2184 h 00 min is beyond the longest horizon, 90 days'],
    [
      'a warm-up over all',
      { horizon: '1d', warmUp: '1d' },
      'warmUp: the warm-up leaves nothing of the horizon to measure',
    ],
    ['no zone', { zone: 'Europe/Berln' }, 'zone: "Europe/Berln" is no IANA time zone, as Europe/Berlin or UTC are'],
    [
      'zoned hours',
      { datasets: { raw: { partitioned: 'hourly', zone: 'Asia/Kolkata' } } },
      'datasets.raw.zone: hourly partitions are hours of UTC, where each hour exists once: leave the zone out',
    ],
    [
      'awaiting what never runs',
      {
        pipelines: {
          ...ONE,
          m: { tasks: { t: '1m' } },
          q: { schedule: '@daily', tasks: { t: { duration: '1m', awaits: 'm.t' } } },
        },
      },
      'pipelines.q.tasks.t.awaits: m.t never runs (its pipeline is manual), so this task can never be ready',
    ],
    [
      'a trigger that never comes',
      { datasets: { d: 'daily' }, pipelines: { p: { schedule: { all: 'd' }, tasks: { t: '1m' } } } },
      'pipelines.p.schedule.all: nothing that runs writes d: this pipeline would never run',
    ],
    [
      'a second schedule',
      { pipelines: { p: { schedule: { cron: '@daily', every: '1h' }, tasks: { t: '1m' } } } },
      'pipelines.p.schedule: a schedule wants exactly one of cron, every, all, any, poisson, at: it has cron and every',
    ],
    [
      'an outage without an end',
      { faults: [{ kind: 'store-outage', at: '1h' }] },
      'faults.0: a store-outage wants lasts: how long',
    ],
    [
      'a fault of nobody',
      { faults: [{ kind: 'crash', of: 'q.*', share: '1%' }] },
      'faults.0.of: no task is called "q.*"',
    ],
    [
      'a landing of nothing',
      { datasets: { d: 'daily' }, targets: [{ landing: { dataset: 'd', by: '02:00' } }] },
      'targets.0.landing.dataset: no task writes d: it never lands',
    ],
    [
      'an unknown backfill',
      { backfills: [{ pipeline: 'pp', from: '2025-12-01', to: '2025-12-02' }] },
      'backfills.0.pipeline: there is no pipeline "pp" (did you mean "p"?)',
    ],
    [
      'a backfill backwards',
      { backfills: [{ pipeline: 'p', from: '2025-12-02', to: '2025-12-01' }] },
      'backfills.0.to: is before from',
    ],
    [
      'catching up on the future',
      { pipelines: { p: { schedule: '@daily', catchUp: { since: '2h' }, tasks: { t: '1m' } } } },
      'pipelines.p.catchUp.since: catches up from a time that is not before the start',
    ],
    ['nothing to run', { pipelines: {} }, ': there is nothing to run: write pipelines or a base'],
    [
      'one name twice',
      { pipelines: { a: { tasks: { 'b.c': '1m' } }, 'a.b': { tasks: { c: '1m' } } } },
      'pipelines.a.tasks.b.c: another task is called a.b.c too',
    ],
    [
      'growing like nobody',
      { grow: { pipelines: '+40%', like: 'payments' } },
      'grow.like: there is no domain or pipeline "payments"',
    ],
    [
      'resampling what was not observed',
      { resample: 'nights' },
      'resample: only the durations of a base log can be drawn again: write base: {log: …}',
    ],
    ['a start long ago', { start: '1900-01-01' }, 'start: the start is between 1970 and 2200'],
  ])('%s', (_, document, refusal) => expect(refusals(document)).toContain(refusal));

  it.each([
    ['none', { window: 'day' }, 'd is not partitioned: window means nothing'],
    ['none', { last: 3 }, 'd is not partitioned: last means nothing'],
    ['monthly', { window: 'day' }, 'a window of a day is shorter than a partition of d, which is a month'],
  ])('of %s partitions %j', (partitioned, mapping, reason) => {
    const document = { datasets: { d: partitioned }, ...task({ reads: { dataset: 'd', ...mapping } }) };
    expect(refusals(document)).toEqual([`pipelines.p.tasks.b.reads: ${reason}`]);
  });

  it('a cycle through partitions of the same time, and not one through yesterday’s', () => {
    const pipelines = (offset: object) => ({
      datasets: { a: 'daily', b: 'daily' },
      pipelines: {
        p: { schedule: '@daily', tasks: { t: { duration: '1m', reads: 'b', writes: 'a' } } },
        q: { schedule: '@daily', tasks: { t: { duration: '1m', reads: { dataset: 'a', ...offset }, writes: 'b' } } },
      },
    });
    expect(refusals(pipelines({}))[0]).toMatch(/in a cycle: p\.t -> q\.t -> p\.t/);
    expect(refusals(pipelines({ offset: '-1d' }))).toEqual([]);
  });

  it('all of one stage are told at once', () => {
    expect(refusals({ horizon: 1, warmUp: 2, seed: -1, zone: 3 })).toHaveLength(4);
  });
});

describe('a base', () => {
  it('is not loaded here: names that it may hold are not judged', () => {
    expect(
      read({
        base: { log: 'night' },
        pipelines: { p: { schedule: '@daily', tasks: { t: { duration: '1m', pool: 'spark' } } } },
      }).base,
    ).toEqual({ kind: 'log', logs: ['night'] });
  });

  it('is replaced by name, and gets the default pool', () => {
    const own = read({ base: { day: 'x' }, pools: { spark: 200 } });
    const base = read({
      pools: { spark: 128, gpu: 8 },
      pipelines: { p: { tasks: { old: '1m' } }, q: { tasks: { t: '1m' } } },
    }).workload;
    const both = overlay({ ...base, pools: base.pools.filter(({ name }) => name !== 'default') }, own);
    expect(both.pools.map(({ name, slots }) => [name, slots])).toEqual([
      ['spark', 200],
      ['gpu', 8],
      ['default', null],
    ]);
    expect(both.pipelines.map(({ name, tasks }) => [name, tasks[0].name])).toEqual([
      ['p', 't'],
      ['q', 't'],
    ]);
  });
});
