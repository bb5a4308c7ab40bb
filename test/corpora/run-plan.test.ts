// The reference days of the data folder, made workloads, planned and made days again, are those days.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../shared/scenario/presets.ts';
import { buildRunPlan } from '../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { referenceDayOf } from '../../simulations/orchestrator/run-plan/reference-day-of.ts';
import { workloadOfDay } from '../../simulations/orchestrator/run-plan/workload-of-day.ts';
import { dayCatalog } from '../../src-main/importers/reference-day/day-catalog.ts';
import { readDayFolder } from '../../src-main/importers/reference-day/read-day-folder.ts';

const DATA = process.env.LANDFALL_DATA;

describe.skipIf(!DATA)('reference days through the run plan', () => {
  it.each(['tiny', 'small', 'ties-3', 'ties-8', 'day50k'])('%s', async (name) => {
    const { day } = await readDayFolder(join(DATA as string, 'reference-days', name));
    if (day === null) throw new Error(`${name} could not be read`);
    const publishDelay = { kind: 'constant' as const, valueMs: day.publishMs };
    const orchestrator = {
      ...PRESETS.ideal,
      dispatchMs: day.dispatchMs,
      finalize: { ...PRESETS.ideal.finalize, publishDelay },
    };
    const scenario = { seed: 1, startMs: 0, horizonMs: 86_400_000, orchestrator, backfills: [], targets: [] };
    const plan = buildRunPlan(scenario, workloadOfDay(dayCatalog(day), day));
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    const again = referenceDayOf(plan.value, orchestrator);
    if (!again.ok) throw new Error(again.error);
    const sorted = (d: typeof day): string[] =>
      Array.from(d.depTask, (t, i) => `${t} ${d.depUpstream[i]} ${d.depKind[i]}`).sort();
    expect(sorted(again.value)).toEqual(sorted(day));
    const none = { depTask: null, depUpstream: null, depKind: null };
    expect({ ...again.value, ...none }).toEqual({ ...day, ...none });
  });
});
