// On random workflows: never before the critical path and never before work / cores; exactly the critical path with a
// core for each task and no overheads.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OverheadDay } from '../../../../simulations/experiments/overhead-fit/overhead-day.ts';
import { shapeOf } from '../../../../simulations/experiments/overhead-fit/workflow-shape.ts';
import { workflow } from './small-workflows.ts';

const runtimes = fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 25 });
const anyWorkflow = runtimes.chain((runtimeS) =>
  fc
    .array(fc.tuple(fc.nat({ max: runtimeS.length - 1 }), fc.nat({ max: runtimeS.length - 1 })), { maxLength: 60 })
    .map((pairs) => ({ runtimeS, edges: pairs.filter(([a, b]) => a < b) })),
);

it('no schedule is shorter than the critical path or than the work on its cores', () => {
  fc.assert(
    fc.property(
      anyWorkflow,
      fc.integer({ min: 1, max: 6 }),
      fc.nat({ max: 9 }),
      fc.nat({ max: 9 }),
      (given, cores, gap, startUp) => {
        const measured = workflow({ ...given, cores });
        const { criticalPathMs, workMs, taskCount } = shapeOf(measured);
        const makespanMs = new OverheadDay(measured).makespanMs({
          dispatchGapMs: gap * 1_000,
          startUpMs: startUp * 1_000,
        });
        expect(makespanMs).toBeGreaterThanOrEqual(criticalPathMs + (gap + startUp) * 1_000);
        expect(makespanMs * cores).toBeGreaterThanOrEqual(workMs + taskCount * startUp * 1_000);
        expect(makespanMs).toBeGreaterThanOrEqual(taskCount * gap * 1_000);
      },
    ),
  );
});

it('with a core for each task it is the critical path', () => {
  fc.assert(
    fc.property(anyWorkflow, (given) => {
      const measured = workflow(given);
      expect(new OverheadDay(measured).makespanMs({ dispatchGapMs: 0, startUpMs: 0 })).toBe(
        shapeOf(measured).criticalPathMs,
      );
    }),
  );
});
