// The plan of small random scenarios, on days with and without clock changes, equals the naive expansion; and where it
// is a reference day, so does that.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../../shared/scenario/read-scenario.ts';
import type { Scenario } from '../../../../shared/scenario/scenario.ts';
import { buildRunPlan } from '../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { type RunPlan, WaitKind } from '../../../../simulations/orchestrator/run-plan/plan.ts';
import { referenceDayOf } from '../../../../simulations/orchestrator/run-plan/reference-day-of.ts';
import { runs } from '../../../support/runs.ts';
import { naiveWaits, taskRunId } from './support/naive-plan.ts';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
const zone = fc.constantFrom(...ZONES);
const start = fc.constantFrom(
  '2026-01-15',
  '2026-03-28',
  '2026-10-24',
  '2026-04-04',
  '2026-10-03T06:00',
  '2026-03-07T12:30',
  '2026-11-01',
);
const cron = fc.constantFrom('0 2 * * *', '30 2 * * *', '15 */6 * * *', '45 1 * * *', '0 0 * * *', '7 * * * *');
const schedule = fc.oneof(
  { weight: 4, arbitrary: cron },
  fc.constantFrom({ every: '6h', offset: '10m' }, { every: '1d' }),
  fc.constantFrom({ at: ['1h', '25h'] }),
);
const partitioned = fc.constantFrom('hourly', 'daily', 'daily', 'weekly', 'monthly', 'none');
const select = fc.constantFrom(
  {},
  {},
  { offset: '-1d' },
  { offset: '-51h' },
  { offset: '+2h' },
  { last: 3 },
  { window: 'day' },
  { window: 'day', offset: '-1d' },
);

/** Pipelines in a row, each of two tasks; a later one reads and awaits earlier ones, so that nothing goes in a circle. */
const document = fc
  .record({
    zone,
    start,
    datasets: fc.array(fc.record({ partitioned, zone }), { minLength: 3, maxLength: 3 }),
    pipelines: fc.array(
      fc.record({
        schedule,
        zone,
        partition: fc.constantFrom('interval', 'tick'),
        reads: fc.array(fc.tuple(fc.nat(2), select), { maxLength: 2 }),
        awaits: fc.option(fc.tuple(fc.nat(2), fc.constantFrom({}, { offset: '-1d' }, { offset: '-30m' })), {
          nil: undefined,
        }),
      }),
      { minLength: 3, maxLength: 3 },
    ),
    trigger: fc.boolean(),
  })
  .map((parts) => scenarioOf(parts));

interface Parts {
  readonly zone: string;
  readonly start: string;
  readonly datasets: readonly { readonly partitioned: string; readonly zone: string }[];
  readonly pipelines: readonly {
    readonly schedule: string | object;
    readonly zone: string;
    readonly partition: string;
    readonly reads: readonly (readonly [number, object])[];
    readonly awaits: readonly [number, object] | undefined;
  }[];
  readonly trigger: boolean;
}

const isPossible = (read: object, partitioned: string): boolean =>
  !('window' in read && ['none', 'weekly', 'monthly'].includes(partitioned)) &&
  !('last' in read && partitioned === 'none');

function scenarioOf({ datasets, pipelines, trigger, ...frame }: Parts): object {
  const definition = (p: Parts['pipelines'][number], i: number): object => ({
    schedule: p.schedule,
    zone: p.zone,
    partition: p.partition,
    tasks: {
      a: {
        duration: '1m',
        reads: p.reads
          .map(([dataset, read]) => [dataset % Math.max(1, i), read] as const)
          .filter(([dataset, read]) => i > 0 && isPossible(read, datasets[dataset].partitioned))
          .map(([dataset, read]) => ({ dataset: `d${dataset}`, ...read })),
        ...(p.awaits && i > 0 ? { awaits: { task: `p${p.awaits[0] % i}.b`, ...p.awaits[1] } } : {}),
      },
      b: { duration: '2m', after: 'a', writes: `d${i}` },
    },
  });
  const isTriggered =
    trigger &&
    datasets[0].partitioned === 'daily' &&
    datasets[1].partitioned === 'daily' &&
    datasets[0].zone === datasets[1].zone;
  return {
    version: 1,
    horizon: '3d',
    ...frame,
    datasets: Object.fromEntries(
      datasets.map((d, i) => [
        `d${i}`,
        { partitioned: d.partitioned, ...(d.partitioned === 'hourly' ? {} : { zone: d.zone }) },
      ]),
    ),
    pipelines: {
      ...Object.fromEntries(pipelines.map((p, i) => [`p${i}`, definition(p, i)])),
      ...(isTriggered ? { t: { schedule: { all: ['d0', 'd1'] }, tasks: { c: '1m' } } } : {}),
    },
  };
}

function scenarioFrom(written: object): Scenario {
  const { scenario, problems } = readScenario(written);
  if (scenario === null) throw new Error(JSON.stringify(problems));
  return scenario;
}

function idOf(plan: RunPlan, taskRun: number): string {
  const { taskRuns, runs, definitions, frame } = plan;
  const run = taskRuns.run[taskRun];
  const pipeline = definitions.pipelines[runs.pipeline[run]].name;
  return taskRunId(
    pipeline,
    definitions.tasks[taskRuns.task[taskRun]].name,
    frame.startMs + runs.nominalMs[run],
    runs.anchorMs[run],
  );
}

function waitsOf(plan: RunPlan): Map<string, string[]> {
  const waits = new Map<string, string[]>();
  const kindName = ['finish', 'publish', 'past'];
  const { offsets, upstream, kind } = plan.dependencies;
  const { triggers } = plan.runs;
  for (let taskRun = 0; taskRun < plan.taskRuns.count; taskRun++) {
    const found: string[] = [];
    for (let row = offsets[taskRun]; row < offsets[taskRun + 1]; row++)
      found.push(`${kindName[kind[row]]} ${idOf(plan, upstream[row])}`);
    const run = plan.taskRuns.run[taskRun];
    for (let row = triggers.offsets[run]; row < triggers.offsets[run + 1]; row++)
      found.push(`trigger ${idOf(plan, triggers.values[row])}`);
    waits.set(idOf(plan, taskRun), found.sort());
  }
  return waits;
}

/** Scenarios may ask for what never comes: then there is no plan to compare. */
function planOf(scenario: Scenario): RunPlan | null {
  const plan = buildRunPlan(scenario, scenario.workload);
  if (plan.ok) return plan.value;
  expect(plan.error[0].reason).toMatch(/can never be ready/);
  return null;
}

describe('the run plan', () => {
  it('is the naive expansion', () => {
    fc.assert(
      fc.property(document, (written) => {
        const scenario = scenarioFrom(written);
        const plan = planOf(scenario);
        fc.pre(plan !== null);
        expect(waitsOf(plan as RunPlan)).toEqual(naiveWaits(scenario));
      }),
      { numRuns: runs(25) },
    );
  });

  it('as a reference day has the naive expansion’s releases and dependencies', () => {
    fc.assert(
      fc.property(document, (written) => {
        const scenario = scenarioFrom(written);
        const plan = planOf(scenario) as RunPlan;
        fc.pre(plan !== null && plan.open.taskRun.length === 0);
        const day = referenceDayOf(plan, scenario.orchestrator);
        if (!day.ok) throw new Error(day.error);
        const waits = naiveWaits(scenario);
        for (let task = 0; task < day.value.taskCount; task++) {
          const id = idOf(plan, task);
          const tick = Date.parse(/@ (\S+)/.exec(id)?.[1] ?? '') - scenario.startMs;
          const isTriggered = waits.get(id)?.some((wait) => wait.startsWith('trigger'));
          expect(day.value.releaseMs[task]).toBe(isTriggered ? 0 : tick);
          const rows = [...day.value.depTask.keys()].filter((row) => day.value.depTask[row] === task);
          const found = rows.map(
            (row) => `${day.value.depKind[row] === 1 ? 'publish' : 'finish'} ${idOf(plan, day.value.depUpstream[row])}`,
          );
          expect(new Set(found)).toEqual(new Set(waits.get(id)?.map((wait) => wait.replace('trigger', 'publish'))));
        }
        expect(new Set(waits.keys()).size).toBe(day.value.taskCount);
      }),
      { numRuns: runs(20) },
    );
  });

  it('is the same plan again, and adding a pipeline leaves the rest as it was', () => {
    fc.assert(
      fc.property(document, (written) => {
        const scenario = scenarioFrom(written);
        const plan = planOf(scenario) as RunPlan;
        fc.pre(plan !== null);
        expect(buildRunPlan(scenario, scenario.workload)).toEqual({ ok: true, value: plan });
        const [first, ...rest] = scenario.workload.pipelines;
        const added = {
          ...first,
          name: 'added',
          tasks: first.tasks.map((task) => ({ ...task, writes: [], reads: [], awaits: [] })),
        };
        const larger = buildRunPlan(scenario, { ...scenario.workload, pipelines: [added, first, ...rest] });
        if (!larger.ok) throw new Error(JSON.stringify(larger.error));
        const names = (p: RunPlan): string[] =>
          Array.from(p.runs.nameHash, (hash, run) => `${p.definitions.pipelines[p.runs.pipeline[run]].name} ${hash}`);
        expect(names(larger.value)).toEqual(expect.arrayContaining(names(plan)));
        for (const [id, waits] of waitsOf(plan)) expect(waitsOf(larger.value).get(id)).toEqual(waits);
      }),
      { numRuns: runs(5) },
    );
  });

  it('waits for nothing past, where nothing depends on the past', () => {
    fc.assert(
      fc.property(document, (written) => {
        const plan = planOf(scenarioFrom(written));
        fc.pre(plan !== null);
        expect([...(plan as RunPlan).dependencies.kind].includes(WaitKind.past)).toBe(false);
      }),
      { numRuns: runs(20) },
    );
  });
});
