// The plain player against the model with everything at its ideal: every time, count and integral, with drawn durations
// and a warm-up, on days full of ties; and what is more than plain is left to the model.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../shared/model/distribution.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import { PRESETS } from '../../../shared/scenario/presets.ts';
import type { Workload } from '../../../shared/scenario/workload.ts';
import type { ModelInput } from '../../../simulations/orchestrator/model/model-parts.ts';
import { ModelPlayer } from '../../../simulations/orchestrator/model/play-model.ts';
import { plainPlayer } from '../../../simulations/orchestrator/plain-player.ts';
import type { Player } from '../../../simulations/orchestrator/played.ts';
import { buildRunPlan } from '../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { workloadOfDay } from '../../../simulations/orchestrator/run-plan/workload-of-day.ts';
import { dayCatalog } from '../../../src-main/importers/reference-day/day-catalog.ts';
import { busyDay } from './support/random-day.ts';

const drawn = (workload: Workload, distributionOf: (ms: number) => Distribution): Workload => ({
  ...workload,
  pipelines: workload.pipelines.map((pipeline) => ({
    ...pipeline,
    tasks: pipeline.tasks.map((task) => ({
      ...task,
      duration: task.duration.kind === 'constant' ? distributionOf(task.duration.valueMs) : task.duration,
    })),
  })),
});

const DISTRIBUTIONS: readonly ((ms: number) => Distribution)[] = [
  (valueMs) => ({ kind: 'constant', valueMs }),
  (ms) => ({ kind: 'lognormal', medianMs: ms + 1, sigma: 0.7 }),
  (ms) => ({ kind: 'exponential', meanMs: ms + 1 }),
];

function inputOf(day: ReferenceDay, workload: Workload, more: Partial<ModelInput>): ModelInput {
  const orchestrator = {
    ...PRESETS.ideal,
    dispatchMs: day.dispatchMs,
    finalize: { ...PRESETS.ideal.finalize, publishDelay: { kind: 'constant' as const, valueMs: day.publishMs } },
  };
  const scenario = { seed: 5, startMs: 0, horizonMs: 86_400_000, orchestrator, backfills: [], targets: [] };
  const plan = buildRunPlan(scenario, workload);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const rest = {
    orchestrator,
    faults: [],
    backfillRuns: [],
    warmUpMs: 0,
    history: null,
    landing: 'published',
  } as const;
  return { plan: plan.value, ...rest, ...more };
}

function everything(player: Player, replication: number): unknown {
  player.play(replication);
  const { times, meter, poolWaits, events, endMs } = player;
  const landedMs = Array.from(times.finalMs, (_, i) => player.landedMs(i));
  const { usedMs, waitingMs } = meter;
  return structuredClone({ times, usedMs, waitingMs, poolWaits, events, endMs, landedMs });
}

describe('the plain player', () => {
  it('plays what the model plays', () => {
    const landing = fc.constantFrom('published' as const, 'finalized' as const);
    fc.assert(
      fc.property(
        busyDay,
        fc.constantFrom(...DISTRIBUTIONS),
        fc.nat(40),
        landing,
        fc.boolean(),
        (day, duration, warmUpMs, lands, antithetic) => {
          const workload = drawn(workloadOfDay(dayCatalog(day), day), duration);
          const input = inputOf(day, workload, { warmUpMs, landing: lands, antithetic });
          const plain = plainPlayer(input);
          if (plain === null) throw new Error('a plain plan was refused');
          const model = new ModelPlayer(input);
          for (const replication of [0, 3, 2]) {
            expect(everything(plain, replication)).toEqual(everything(model, replication));
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it('leaves to the model what is more than a reference day', () => {
    const [day] = fc.sample(busyDay, { numRuns: 1, seed: 1 });
    const workload = workloadOfDay(dayCatalog(day), day);
    expect(plainPlayer(inputOf(day, workload, {}))).not.toBeNull();
    const lasts = { kind: 'constant', valueMs: 5 } as const;
    const outage = {
      kind: 'store-outage',
      of: '*',
      timing: { kind: 'schedule', atMs: [1] },
      step: 'finalize',
      lasts,
    } as const;
    expect(plainPlayer(inputOf(day, workload, { faults: [outage] }))).toBeNull();
    const looped = { ...PRESETS.ideal, loop: PRESETS['airflow-3'].loop };
    expect(plainPlayer(inputOf(day, workload, { orchestrator: looped }))).toBeNull();
    const slowed = {
      ...workload,
      pools: workload.pools.map((pool) => ({ ...pool, slowdown: [{ share: 0, factor: 2 }] })),
    };
    expect(plainPlayer(inputOf(day, slowed, {}))).toBeNull();
  });
});
