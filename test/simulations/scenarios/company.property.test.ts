// The sample company's plan and catalog: exact sizes, unique names, no cycle, the same from the same seed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DepKind } from '../../../shared/model/catalog.ts';
import { findCycle } from '../../../shared/model/cycle.ts';
import { defineCompany } from '../../../simulations/scenarios/company/definitions.ts';
import { nightOf } from '../../../simulations/scenarios/company/night.ts';
import { planCompany } from '../../../simulations/scenarios/company/plan.ts';

const size = fc
  .record({ seed: fc.integer(), pipelines: fc.integer({ min: 1, max: 300 }), extra: fc.nat(2_000) })
  .map(({ seed, pipelines, extra }) => ({ seed, pipelines, taskRuns: pipelines + extra }));

describe('the plan', () => {
  it('has exactly the asked pipelines and task runs, each pipeline at least one', () => {
    fc.assert(
      fc.property(size, (s) => {
        const plans = planCompany(s);
        expect(plans.length).toBe(s.pipelines);
        expect(plans.reduce((sum, p) => sum + p.taskCount, 0)).toBe(s.taskRuns);
        expect(Math.min(...plans.map((p) => p.taskCount))).toBeGreaterThan(0);
        expect(new Set(plans.map((p) => p.name)).size).toBe(s.pipelines);
      }),
    );
  });

  it('reads only from pipelines before it, and is the same from the same seed', () => {
    fc.assert(
      fc.property(size, (s) => {
        const plans = planCompany(s);
        for (const plan of plans) for (const input of plan.inputs) expect(input).toBeLessThan(plan.id);
        expect(planCompany(s)).toEqual(plans);
      }),
    );
  });
});

describe('the definitions', () => {
  it('have no cycle, one writer a dataset, and no dependency twice', () => {
    fc.assert(
      fc.property(size, (s) => {
        const plans = planCompany(s);
        const { tables, lastTask } = defineCompany(
          s.seed,
          plans,
          plans.map(() => ''),
        );
        const { dependencies, writes } = tables;
        expect(findCycle(s.taskRuns, dependencies.upstream, dependencies.task)).toBeNull();
        expect([...writes.dataset].sort((a, b) => a - b)).toEqual(plans.map((p) => p.id));
        const pairs = new Set(Array.from(dependencies.task, (task, i) => `${task}<${dependencies.upstream[i]}`));
        expect(pairs.size).toBe(dependencies.task.length);
        dependencies.kind.forEach((kind, i) => {
          if (kind !== DepKind.publish) return;
          expect(dependencies.upstream[i]).toBe(lastTask[dependencies.dataset[i]]);
        });
      }),
    );
  });

  it('a night changes durations only, and every duration is positive', () => {
    fc.assert(
      fc.property(size, fc.constantFrom('2025-12-24', '2025-12-25', null), (s, date) => {
        const plans = planCompany(s);
        const defs = defineCompany(
          s.seed,
          plans,
          plans.map(() => ''),
        );
        const fixed = { releaseMs: new Int32Array(s.pipelines), deadlineMs: new Int32Array(s.taskRuns).fill(-1) };
        const day = nightOf(s.seed, plans, defs, { date, ...fixed });
        const calm = nightOf(s.seed, plans, defs, { date: null, ...fixed });
        expect(day.durationMs.every((ms) => ms > 0)).toBe(true);
        expect({ ...day, durationMs: null }).toEqual({ ...calm, durationMs: null });
        if (date === null) expect(day.durationMs).toEqual(calm.durationMs);
      }),
    );
  });
});
