// A reference day, made a workload, planned and made a day again, is the same day: every column but the order of its
// dependency rows, and the same answer.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReferenceDay } from '../../../../shared/model/reference-day.ts';
import { PRESETS } from '../../../../shared/scenario/presets.ts';
import { buildRunPlan } from '../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { referenceDayOf } from '../../../../simulations/orchestrator/run-plan/reference-day-of.ts';
import { workloadOfDay } from '../../../../simulations/orchestrator/run-plan/workload-of-day.ts';
import { dayCatalog } from '../../../../src-main/importers/reference-day/day-catalog.ts';
import { naivePlay } from '../support/naive-day.ts';
import { busyDay } from '../support/random-day.ts';

/** Pipelines mixed without regard to ids, so that dependencies cross them. */
const mixedDay = fc.tuple(busyDay, fc.infiniteStream(fc.nat(3))).map(
  ([day, pipelines]): ReferenceDay => ({
    ...day,
    pipeline: Int32Array.from(day.pipeline, () => pipelines.next().value as number),
  }),
);

const rowsOf = (day: ReferenceDay): string[] =>
  [...new Set(Array.from(day.depTask, (task, i) => `${task} ${day.depUpstream[i]} ${day.depKind[i]}`))].sort();

function again(day: ReferenceDay): ReferenceDay {
  const orchestrator = {
    ...PRESETS.ideal,
    dispatchMs: day.dispatchMs,
    finalize: { ...PRESETS.ideal.finalize, publishDelay: { kind: 'constant' as const, valueMs: day.publishMs } },
  };
  const scenario = {
    seed: 1,
    startMs: 1_767_225_600_000,
    horizonMs: 86_400_000,
    orchestrator,
    backfills: [],
    targets: [],
  };
  const plan = buildRunPlan(scenario, workloadOfDay(dayCatalog(day), day));
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const result = referenceDayOf(plan.value, orchestrator);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('a reference day through workload and plan', () => {
  it('is the same day with the same answer', () => {
    fc.assert(
      fc.property(mixedDay, (day) => {
        const { depTask: _t, depUpstream: _u, depKind: _k, ...columns } = again(day);
        const { depTask, depUpstream, depKind, ...expected } = day;
        expect(columns).toEqual(expected);
        expect(rowsOf(again(day))).toEqual(rowsOf(day));
        expect(naivePlay(again(day))).toEqual(naivePlay({ ...expected, depTask, depUpstream, depKind }));
      }),
      { numRuns: 150 },
    );
  });
});
