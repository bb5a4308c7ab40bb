// The sample company's plan and workload: exact sizes, unique names, no cycle, the same from the same seed, and the cast
// at every size.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../shared/scenario/read-scenario.ts';
import { SMALLEST_SAMPLE } from '../../../shared/scenario/resolve/experiment.ts';
import { scenarioWorkload } from '../../../simulations/orchestrator/run-plan/scenario-workload.ts';
import { CAST, CAST_PIPELINES } from '../../../simulations/scenarios/company/cast.ts';
import { type Company, company, SMALLEST } from '../../../simulations/scenarios/company/company.ts';
import { planCompany } from '../../../simulations/scenarios/company/plan.ts';
import { incidentDocument, nightDocument } from '../../../simulations/scenarios/nights/night-scenario.ts';
import { planNight } from '../../../simulations/scenarios/nights/play-night.ts';

const size = fc
  .record({
    seed: fc.nat(),
    pipelines: fc.integer({ min: SMALLEST.pipelines, max: 200 }),
    extra: fc.nat(1_500),
  })
  .map(({ seed, pipelines, extra }) => ({
    seed,
    pipelines,
    taskRuns: pipelines + SMALLEST.taskRuns - SMALLEST.pipelines + extra,
  }));

function problemsOf(document: object, { workload }: Company): unknown {
  const { scenario, problems } = readScenario(document);
  const laid = scenario === null ? null : scenarioWorkload(scenario, workload);
  return laid?.ok === true ? problems : [...problems, ...(laid?.error ?? [])];
}

describe('the plan', () => {
  it('has exactly the asked pipelines and task runs, each pipeline at least one', () => {
    fc.assert(
      fc.property(size, (s) => {
        const plans = planCompany(s);
        expect(plans.length).toBe(s.pipelines);
        expect(plans.reduce((sum, p) => sum + p.taskCount, 0)).toBe(s.taskRuns);
        expect(Math.min(...plans.map((p) => p.taskCount))).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  it('reads only from pipelines before it, and is the same from the same seed', () => {
    fc.assert(
      fc.property(size, (s) => {
        const plans = planCompany(s);
        for (const plan of plans) for (const input of plan.inputs) expect(input).toBeLessThan(plan.id);
        expect(planCompany(s)).toEqual(plans);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the workload', () => {
  it('passes every check of a scenario, and is planned to exactly the asked task runs a night', () => {
    fc.assert(
      fc.property(size, (s) => {
        const made = company(s);
        const { plan } = planNight(nightDocument(made, '2025-12-25'), made.workload);
        expect(problemsOf(nightDocument(made, '2025-12-25'), made)).toEqual([]);
        expect(problemsOf(incidentDocument(made, { lateSource: true, backfill: true }), made)).toEqual([]);
        expect(plan.taskRuns.count).toBe(s.taskRuns);
        const names = made.workload.pipelines.map(({ name }) => name);
        expect(names).toHaveLength(s.pipelines);
        expect(new Set(names).size).toBe(s.pipelines);
        expect(new Set(made.workload.datasets.map(({ name }) => name)).size).toBe(made.workload.datasets.length);
        expect(plan.open.taskRun).toHaveLength(0);
      }),
      { numRuns: 15 },
    );
  });

  it('leaves the cast as it is, whatever stands around it', () => {
    fc.assert(
      fc.property(size, (s) => {
        const { workload } = company(s);
        expect(workload.pipelines.slice(0, CAST_PIPELINES.length)).toEqual(CAST_PIPELINES);
        const readers = workload.pipelines.filter(({ tasks }) => tasks.some(({ reads }) => reads.some(isOfEvents)));
        expect(readers.map(({ name }) => name)).toEqual([CAST.sessions, CAST.trainDaily]);
      }),
      { numRuns: 15 },
    );
  });

  it('is refused below its cast, by the generator and by a scenario alike', () => {
    expect(SMALLEST_SAMPLE).toEqual(SMALLEST);
    expect(() => company({ seed: 1, ...SMALLEST, pipelines: SMALLEST.pipelines - 1 })).toThrow(RangeError);
    expect(() => company({ seed: 1, ...SMALLEST, taskRuns: SMALLEST.taskRuns - 1 })).toThrow(RangeError);
    expect(company({ seed: 1, ...SMALLEST }).plans).toHaveLength(1);
  });
});

const isOfEvents = ({ dataset }: { readonly dataset: string }): boolean => dataset === CAST.events;
