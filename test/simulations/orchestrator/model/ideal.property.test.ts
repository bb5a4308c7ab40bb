// With everything at its ideal the model is the reference day, to the byte: the same times and as many events as the
// exact player, on days full of ties, zero lengths and single slots; and again when it is played a second time.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReferenceDay } from '../../../../shared/model/reference-day.ts';
import { PRESETS } from '../../../../shared/scenario/presets.ts';
import { ModelPlayer } from '../../../../simulations/orchestrator/model/play-model.ts';
import { createDayPlayer } from '../../../../simulations/orchestrator/reference-day.ts';
import { buildRunPlan } from '../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { referenceDayOf } from '../../../../simulations/orchestrator/run-plan/reference-day-of.ts';
import { workloadOfDay } from '../../../../simulations/orchestrator/run-plan/workload-of-day.ts';
import { dayCatalog } from '../../../../src-main/importers/reference-day/day-catalog.ts';
import { busyDay } from '../support/random-day.ts';

const mixedDay = fc.tuple(busyDay, fc.infiniteStream(fc.nat(3))).map(
  ([day, pipelines]): ReferenceDay => ({
    ...day,
    pipeline: Int32Array.from(day.pipeline, () => pipelines.next().value as number),
  }),
);

function modelOf(day: ReferenceDay, startMs: number) {
  const orchestrator = {
    ...PRESETS.ideal,
    dispatchMs: day.dispatchMs,
    finalize: { ...PRESETS.ideal.finalize, publishDelay: { kind: 'constant' as const, valueMs: day.publishMs } },
  };
  const scenario = { seed: 1, startMs, horizonMs: 86_400_000, orchestrator, backfills: [], targets: [] };
  const plan = buildRunPlan(scenario, workloadOfDay(dayCatalog(day), day));
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const again = referenceDayOf(plan.value, orchestrator);
  if (!again.ok) throw new Error(again.error);
  const player = new ModelPlayer({
    plan: plan.value,
    orchestrator,
    faults: [],
    warmUpMs: 0,
    backfillRuns: [],
    history: null,
    landing: 'published',
  });
  return { player, day: again.value };
}

describe('the model at its ideal', () => {
  it('is the reference day', () => {
    fc.assert(
      fc.property(mixedDay, (given) => {
        const { player, day } = modelOf(given, 1_767_225_600_000);
        const exact = createDayPlayer(day);
        exact.play();
        const { readyMs, startMs, finishMs, finalMs } = exact.answer();
        for (let play = 0; play < 2; play++) {
          player.play(play);
          const { times } = player;
          expect({
            readyMs: Int32Array.from(times.readyMs),
            startMs: Int32Array.from(times.startMs),
            finishMs: Int32Array.from(times.finishMs),
            finalMs: Int32Array.from(times.finalMs),
          }).toEqual({ readyMs, startMs, finishMs, finalMs });
          expect(player.events).toBe(exact.events);
        }
      }),
      { numRuns: 200 },
    );
  });
});
