// Observed nights become a workload that plans and fits: the bundled company, small, and what its logs say of it.

import { describe, expect, it } from 'vitest';
import { taskLabel } from '../../../../shared/model/catalog.ts';
import { checkScenario, overlay, readScenario } from '../../../../shared/scenario/read-scenario.ts';
import type { Scenario } from '../../../../shared/scenario/scenario.ts';
import { fitFromLog } from '../../../../simulations/orchestrator/durations/fit/fit-from-log.ts';
import { historyOf, valuesOfLabel } from '../../../../simulations/orchestrator/durations/history.ts';
import { buildRunPlan } from '../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { catalogOfDefinitions } from '../../../../simulations/orchestrator/run-plan/catalog-of.ts';
import { workloadOfLog } from '../../../../simulations/orchestrator/run-plan/workload-of-log.ts';
import { SampleNights } from '../../../../simulations/scenarios/sample.ts';

const { catalog, logs: played } = new SampleNights({ seed: 3, pipelines: 60, taskRuns: 700 }).detailed();
/** The calm night and the incident, in which a backfill ran and one task run ran twice. */
const logs = played.filter(({ name }) => name.startsWith('night-'));
const [rerun, backfill] = ['recs.train_daily', 'growth.attribution_backfill'];
const scenario = readScenario({ version: 1, start: '2025-12-25', horizon: '2d', base: { log: 'night' } })
  .scenario as Scenario;
const observed = workloadOfLog(catalog, logs, scenario.startMs);
const workload = overlay(observed.workload, scenario);

describe('a workload of observed nights', () => {
  it('passes the checks of written ones', () => expect(checkScenario(scenario, workload)).toEqual([]));

  it('has the catalog’s definitions again', () => {
    const plan = buildRunPlan(scenario, workload);
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    const again = catalogOfDefinitions(plan.value.definitions, 'halyard');
    expect(again.pipelines).toEqual(catalog.pipelines);
    expect(again.tasks).toEqual(catalog.tasks);
    expect(again.datasets).toEqual(catalog.datasets);
    expect(again.writes).toEqual(catalog.writes);
    expect(again.reads).toEqual(catalog.reads);
    expect(again.dependencies).toEqual(catalog.dependencies);
    expect(again.pools.name.slice(0, catalog.pools.name.length)).toEqual(catalog.pools.name);
  });

  it('runs every task once a night, and what was a backfill not at all', () => {
    const plan = buildRunPlan(scenario, workload);
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    const runs = new Int32Array(catalog.tasks.name.length);
    for (const task of plan.value.taskRuns.task) runs[task]++;
    const isBackfill = (task: number): boolean => taskLabel(catalog, task) === backfill;
    expect(runs).toEqual(runs.map((_, task) => (isBackfill(task) ? 0 : 2)));
    expect(plan.value.dynamic).toEqual([]);
    expect(plan.value.open.taskRun).toHaveLength(0);
  });

  it('draws observed values where it is asked to', () => {
    const drawn = workloadOfLog(catalog, logs, scenario.startMs, 'tasks');
    expect(
      new Set(drawn.workload.pipelines.flatMap(({ tasks }) => tasks.map(({ duration }) => duration.kind))),
    ).toEqual(new Set(['empirical']));
    expect(drawn.history).toEqual(historyOf(logs));
  });

  it('takes durations from what was seen', () => {
    expect(observed.unseen).toEqual([]);
    const history = historyOf(logs);
    expect(history.nights).toEqual(['2025-11-30', '2025-12-23', '2025-12-24']);
    const fits = fitFromLog(logs);
    expect(fits).toHaveLength(catalog.tasks.name.length);
    for (const [id, { label, chosen, valueCount }] of fits.entries()) {
      expect(valueCount).toBe(label === rerun ? 3 : label === backfill ? 1 : 2);
      expect(chosen.kind === 'empirical' ? [...chosen.valuesMs] : [chosen]).toEqual(
        chosen.kind === 'empirical' ? [...valuesOfLabel(history, id)].sort((a, b) => a - b) : [chosen],
      );
      expect(label).toBe(history.labels[id]);
    }
    const task = catalog.tasks.name.findIndex((_, i) => taskLabel(catalog, i) === fits[0].label);
    expect(workload.pipelines[catalog.tasks.pipeline[task]].tasks[0].duration.kind).toMatch(/empirical|constant/);
  });
});
