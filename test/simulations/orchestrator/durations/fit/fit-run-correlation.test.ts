// Correlation inside a run: found in a log that was made with a known one, not found where there is none, and drawn again
// as strong as it was found, whatever distributions the tasks have.

import { describe, expect, it } from 'vitest';
import { distributionMeanMs } from '../../../../../shared/model/distribution.ts';
import type { Scenario } from '../../../../../shared/scenario/scenario.ts';
import { compileDurations } from '../../../../../simulations/orchestrator/durations/compile.ts';
import { fitRunCorrelations } from '../../../../../simulations/orchestrator/durations/fit/fit-run-correlation.ts';
import { historyOf } from '../../../../../simulations/orchestrator/durations/history.ts';
import { catalogOfPlan } from '../../../../../simulations/orchestrator/model/plan-catalog.ts';
import { buildRunPlan } from '../../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { workloadOfLog } from '../../../../../simulations/orchestrator/run-plan/workload-of-log.ts';
import { logged, scenarioOf } from '../../model/support/play.ts';

const RUNS = 90 * 8;
const lognormal = (median: string) => ({ lognormal: { median, sigma: 0.3 } });

/** Runs with three tasks; each duration's logarithm has sigma .3 of its own, and `run` shared by its run. */
const night = (run: number) => ({
  horizon: '90d',
  seed: 5,
  pipelines: {
    p: {
      schedule: { every: '3h' },
      variation: { run },
      tasks: { a: lognormal('5m'), b: { duration: lognormal('20m') }, c: { duration: lognormal('1m'), after: 'b' } },
    },
  },
});

/** Of shared .3 beside own .3: half of the variance. */
const together = logged(night(0.3));
const apart = logged(night(0));

describe('a fit of correlation inside a run', () => {
  it('finds half of the variance shared where it was made so, and says how well that fits', () => {
    const [fit, ...others] = fitRunCorrelations([together.log]);
    expect(others).toEqual([]);
    expect(fit).toMatchObject({ pipeline: 'p', runs: RUNS, pairs: 3 * RUNS, isDrawn: true });
    // As Gaussian copula's normal scores correlate as the logarithms do.
    expect(Math.abs(fit.correlation - 0.5)).toBeLessThan(3.3 * fit.standardError);
    expect(fit.standardError).toBeGreaterThan(0.01);
    expect(fit.standardError).toBeLessThan(0.04);
    expect(fit.ksP).toBeGreaterThan(0.01);
  });

  it('finds none where there is none, and none to believe in few runs', () => {
    const [fit] = fitRunCorrelations([apart.log]);
    expect(Math.abs(fit.correlation)).toBeLessThan(3.3 * fit.standardError);
    expect(fit.isDrawn).toBe(false);
    const few = logged({ ...night(0.3), horizon: '57h' }).log;
    expect(fitRunCorrelations([few])).toEqual([]);
  });
});

const overLog = (all: typeof together, resample: 'fitted' | 'tasks' = 'fitted') => {
  const scenario: Scenario = scenarioOf({ ...night(0), pipelines: {}, base: { log: 'l' } });
  const catalog = catalogOfPlan(all.plan.definitions);
  const observed = workloadOfLog(catalog, [all.log], scenario.startMs, resample);
  const plan = buildRunPlan(scenario, observed.workload, 0);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return { observed, plan: plan.value };
};

describe('what is drawn from it', () => {
  const { observed, plan } = overLog(together);
  const drawn = new Int32Array(plan.taskRuns.count);
  compileDurations(plan).fill(0, drawn);
  const ofTask = (name: string): number[] =>
    Array.from(drawn).filter((_, i) => plan.definitions.tasks[plan.taskRuns.task[i]].name === name);

  it('varies together as what was seen did', () => {
    expect(observed.workload.pipelines[0].correlation).toBeCloseTo(observed.correlations[0].correlation, 12);
    const logs = ['a', 'b', 'c'].map((name) => ofTask(name).map(Math.log));
    // Standard error of each: .75 / sqrt(720).
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      expect(Math.abs(correlation(logs[i], logs[j]) - 0.5)).toBeLessThan(0.11);
  });

  it('keeps what was fitted to each task', () => {
    for (const { duration, name } of plan.definitions.tasks) {
      const values = ofTask(name);
      const mean = values.reduce((sum, ms) => sum + ms, 0) / values.length;
      // Runs of a shared .42: the mean of 720 varies by 1.7 %.
      expect(Math.abs(mean / distributionMeanMs(duration) - 1)).toBeLessThan(0.07);
    }
  });

  it('is apart where nothing was seen together, and in a draw task by task', () => {
    expect(overLog(apart).observed.workload.pipelines[0].correlation).toBeUndefined();
    expect(overLog(together, 'tasks').observed.workload.pipelines[0].correlation).toBeUndefined();
  });

  it('is the same for the same names whatever else is drawn, and other attempts share their run', () => {
    const sampler = compileDurations(plan);
    const again = Int32Array.from(drawn, (_, i) => sampler.attemptMs(0, i, 1));
    expect(again).toEqual(drawn);
    const second = Array.from(drawn, (_, i) => sampler.attemptMs(0, i, 2));
    const firsts = Array.from(drawn, Math.log);
    expect(correlation(firsts, second.map(Math.log))).toBeGreaterThan(0.4);
    expect(historyOf([together.log]).valuesMs).toHaveLength(3 * RUNS);
  });
});

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (of: (i: number) => number): number => x.reduce((total, _, i) => total + of(i), 0);
  const cross = sum((i) => (x[i] - mx) * (y[i] - my));
  return cross / Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2));
}
