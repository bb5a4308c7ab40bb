// The columnar sampler: each draw is the one that its names say, whatever else the plan holds; shared factors, stragglers
// and nights do what their numbers say.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MS_PER_DAY } from '../../../../shared/base/time.ts';
import { readScenario } from '../../../../shared/scenario/read-scenario.ts';
import type { Scenario } from '../../../../shared/scenario/scenario.ts';
import { compileDurations } from '../../../../simulations/orchestrator/durations/compile.ts';
import type { DurationHistory } from '../../../../simulations/orchestrator/durations/history.ts';
import { buildRunPlan } from '../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { taskRunName } from '../../../../simulations/orchestrator/run-plan/check-plan.ts';
import type { RunPlan } from '../../../../simulations/orchestrator/run-plan/plan.ts';

function scenarioOf(document: object): Scenario {
  const { scenario, problems } = readScenario({ version: 1, ...document });
  if (scenario === null) throw new Error(JSON.stringify(problems));
  return scenario;
}

function planOf(document: object): RunPlan {
  const scenario = scenarioOf(document);
  const plan = buildRunPlan(scenario, scenario.workload);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

function draw(plan: RunPlan, replication: number, history: DurationHistory | null = null): Int32Array {
  const into = new Int32Array(plan.taskRuns.count);
  compileDurations(plan, history).fill(replication, into);
  return into;
}

const byName = (plan: RunPlan, values: Int32Array): Map<string, number> =>
  new Map(Array.from(values, (value, i) => [`${taskRunName(plan, i)}/${plan.taskRuns.mapIndex[i]}`, value]));

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const cross = mean(a.map((x, i) => (x - ma) * (b[i] - mb)));
  const spread = (values: readonly number[], m: number): number => mean(values.map((x) => (x - m) * (x - m)));
  return cross / Math.sqrt(spread(a, ma) * spread(b, mb));
}

const DURATIONS = [
  '5m',
  { lognormal: { median: '5m', sigma: 0.4 } },
  { exponential: { mean: '5m' } },
  { gamma: { shape: 2, scale: '1m' } },
  { pert: { low: '1m', mode: '2m', high: '9m' } },
  { values: ['1m', '2m', '7m'] },
];
const pipeline = (every: string, more: object = {}) => ({
  schedule: { every },
  tasks: Object.fromEntries(DURATIONS.map((duration, i) => [`t${i}`, { duration, map: i === 2 ? 3 : 1 }])),
  ...more,
});

describe('draws of a plan', () => {
  const document = {
    horizon: '1d',
    pipelines: { p: pipeline('1h'), q: pipeline('2h', { variation: { run: 0.2, night: 0.1 } }) },
  };

  it('are the same from the same names: other pipelines, a longer horizon and another order change nothing', () => {
    const plan = planOf(document);
    const other = planOf({
      horizon: '2d',
      pipelines: { new: pipeline('3h'), q: document.pipelines.q, p: document.pipelines.p },
    });
    const there = byName(other, draw(other, 3));
    for (const [name, value] of byName(plan, draw(plan, 3))) expect(there.get(name)).toBe(value);
  });

  it('are one attempt’s, and other attempts, replications and seeds draw anew', () => {
    const plan = planOf(document);
    const sampler = compileDurations(plan);
    const first = draw(plan, 5);
    const again = Int32Array.from(first, (_, i) => sampler.attemptMs(5, i, 1));
    expect(again).toEqual(first);
    const varying = [...first.keys()].filter(
      (i) => plan.definitions.tasks[plan.taskRuns.task[i]].duration.kind === 'lognormal',
    );
    const different = (values: Int32Array): number =>
      varying.filter((i) => values[i] !== first[i]).length / varying.length;
    expect(different(Int32Array.from(first, (_, i) => sampler.attemptMs(5, i, 2)))).toBe(1);
    expect(different(draw(plan, 6))).toBe(1);
    expect(different(draw(planOf({ ...document, seed: 2 }), 5))).toBe(1);
  });

  it('do not depend on what was drawn before', () => {
    const plan = planOf(document);
    const sampler = compileDurations(plan);
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }), (replications) => {
        const into = new Int32Array(plan.taskRuns.count);
        for (const replication of replications) sampler.fill(replication, into);
        expect(into).toEqual(draw(plan, replications[replications.length - 1]));
      }),
      { numRuns: 30 },
    );
  });

  it('are the given ones where nothing varies, as beside a task that does', () => {
    const given = {
      schedule: { every: '1h' },
      tasks: { a: { duration: '5m' }, b: { duration: '20d' }, c: { duration: '0s' } },
    };
    const alone = planOf({ horizon: '1d', pipelines: { given } });
    const beside = planOf({ horizon: '1d', pipelines: { given, drawn: pipeline('1h') } });
    const samplers = [compileDurations(alone), compileDurations(beside)];
    const there = byName(beside, draw(beside, 2));
    for (const [name, value] of byName(alone, draw(alone, 2))) expect(value).toBe(there.get(name));
    const longest = (plan: RunPlan, i: number): number =>
      Math.max(
        ...plan.taskRuns.task.map((_, taskRun) =>
          plan.definitions.tasks[plan.taskRuns.task[taskRun]].name === 'b' ? samplers[i].attemptMs(2, taskRun, 3) : 0,
        ),
      );
    expect(longest(alone, 0)).toBe(20 * MS_PER_DAY);
    expect(longest(beside, 1)).toBe(20 * MS_PER_DAY);
  });

  it('copies of a mapped task draw each their own', () => {
    const plan = planOf(document);
    const values = byName(plan, draw(plan, 1));
    const copies = [0, 1, 2].map((copy) => values.get(`p.t2 (2026-01-01T00:00Z)/${copy}`));
    expect(new Set(copies).size).toBe(3);
  });
});

describe('what runs and nights share', () => {
  const lognormal = { lognormal: { median: '10m', sigma: 0.2 } };
  const one = (variation: object, name = 'p') => ({
    [name]: { schedule: { every: '1d' }, domain: 'd', variation, tasks: { a: lognormal, b: lognormal } },
  });
  const logs = (plan: RunPlan, label: string, replications = 1): number[] =>
    Array.from({ length: replications }, (_, r) => draw(plan, r)).flatMap((values) =>
      [...values.keys()].filter((i) => taskRunName(plan, i).startsWith(label)).map((i) => Math.log(values[i])),
    );

  it('moves the tasks of a run together as much as it says', () => {
    const plan = planOf({ horizon: '90d', pipelines: one({ run: 0.2 }) });
    // Half of the variance is shared: correlation 1/2, standard error about 0.75 / sqrt(3600).
    expect(correlation(logs(plan, 'p.a', 40), logs(plan, 'p.b', 40))).toBeCloseTo(0.5, 1);
    const apart = planOf({ horizon: '90d', pipelines: one({}) });
    expect(Math.abs(correlation(logs(apart, 'p.a', 40), logs(apart, 'p.b', 40)))).toBeLessThan(0.07);
  });

  it('moves the pipelines of a domain together on a night', () => {
    const plan = planOf({ horizon: '90d', pipelines: { ...one({ night: 0.2 }, 'p'), ...one({ night: 0.2 }, 'q') } });
    expect(correlation(logs(plan, 'p.a', 40), logs(plan, 'q.b', 40))).toBeCloseTo(0.5, 1);
  });

  it('leaves the median where it is', () => {
    const plan = planOf({ horizon: '90d', pipelines: one({ run: 0.2, night: 0.2 }) });
    const values = logs(plan, 'p.a', 40).sort((a, b) => a - b);
    expect(Math.exp(values[values.length / 2]) / 600_000).toBeCloseTo(1, 1);
  });
});

describe('stragglers', () => {
  it('are the share that they say, by the factor that they say', () => {
    const tasks = { t: { duration: '1m', stragglers: { share: '10%', factor: 4 } } };
    const plan = planOf({ horizon: '90d', pipelines: { p: { schedule: { every: '10m' }, tasks } } });
    const values = [...draw(plan, 0)];
    expect(new Set(values)).toEqual(new Set([60_000, 240_000]));
    // 12,960 draws: standard error 0.0026.
    expect(values.filter((ms) => ms === 240_000).length / values.length).toBeCloseTo(0.1, 1.5);
  });
});

describe('whole nights of history', () => {
  const history: DurationHistory = {
    labels: ['p.a', 'p.b'],
    nights: ['2025-12-01', '2025-12-02', '2025-12-03'],
    offsets: Int32Array.of(0, 1, 2, 3, 4, 6, 6),
    valuesMs: Float64Array.of(10, 100, 20, 200, 30, 31),
  };
  const plan = planOf({
    horizon: '90d',
    pipelines: { p: { schedule: { every: '1d' }, tasks: { a: '1s', b: '2s', c: '3s' } } },
  });
  const pairs = Array.from({ length: 20 }, (_, replication) => draw(plan, replication, history)).flatMap((values) =>
    Array.from(
      { length: plan.runs.count },
      (_, run) => `${values[3 * run]} ${values[3 * run + 1]} ${values[3 * run + 2]}`,
    ),
  );

  it('are drawn together; what a night does not know comes from the task’s own distribution', () => {
    expect(new Set(pairs)).toEqual(new Set(['10 100 3000', '20 200 3000', '30 2000 3000', '31 2000 3000']));
  });

  it('are each as likely', () => {
    const share = (pair: RegExp): number => pairs.filter((p) => pair.test(p)).length / pairs.length;
    for (const night of [/^10 /, /^20 /, /^3[01] /]) expect(share(night)).toBeCloseTo(1 / 3, 1.3);
  });

  it('without any night are no history', () => {
    const none: DurationHistory = { labels: [], nights: [], offsets: Int32Array.of(0), valuesMs: new Float64Array(0) };
    expect(draw(plan, 0, none)).toEqual(draw(plan, 0));
  });
});
