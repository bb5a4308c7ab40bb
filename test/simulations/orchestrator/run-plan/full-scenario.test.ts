// One scenario with everything in it, from the file to the plan, held in golden files (`vitest -u` writes them anew).

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Scenario } from '../../../../shared/scenario/scenario.ts';
import { buildRunPlan } from '../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { readScenarioText } from '../../../../src-main/importers/scenario/read-scenario-file.ts';
import { describePlan } from './support/describe-plan.ts';

const FIXTURE = new URL('../../../shared/scenario/fixtures/full.yaml', import.meta.url);

async function full(): Promise<Scenario> {
  const { scenario, problems } = readScenarioText(await readFile(FIXTURE, 'utf8'), 'full.yaml');
  if (scenario === null) throw new Error(JSON.stringify(problems));
  return scenario;
}

/** Typed arrays as lists. */
const plain = (_: string, value: unknown): unknown =>
  value instanceof Float64Array ? [...value] : Number.isNaN(value) ? 'NaN' : value;

describe('the full scenario', () => {
  it('means what it meant', async () => {
    await expect(`${JSON.stringify(await full(), plain, 1)}\n`).toMatchFileSnapshot(
      '../../../golden/scenario/full.json',
    );
  });

  it('makes the runs that it made', async () => {
    const scenario = await full();
    const plan = buildRunPlan(scenario, scenario.workload);
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    await expect(describePlan(plan.value)).toMatchFileSnapshot('../../../golden/scenario/full-plan.txt');
  });
});
