// Scenarios written as documents, planned and played: what the tests of the model share.

import type { RuleName } from '../../../../../shared/lifecycle/rules.ts';
import { EVENT_KIND_NAMES } from '../../../../../shared/model/event.ts';
import { type Log, taskRunLabel, versionLabel } from '../../../../../shared/model/log.ts';
import { readScenario } from '../../../../../shared/scenario/read-scenario.ts';
import type { Scenario } from '../../../../../shared/scenario/scenario.ts';
import { logOfPlay } from '../../../../../simulations/orchestrator/model/model-log.ts';
import { PLAY_LIMITS, type PlayLimits } from '../../../../../simulations/orchestrator/model/model-parts.ts';
import { catalogOfPlan } from '../../../../../simulations/orchestrator/model/plan-catalog.ts';
import { ModelPlayer } from '../../../../../simulations/orchestrator/model/play-model.ts';
import { Trace } from '../../../../../simulations/orchestrator/model/trace.ts';
import { buildRunPlan } from '../../../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import type { RunPlan } from '../../../../../simulations/orchestrator/run-plan/plan.ts';

export function scenarioOf(document: object): Scenario {
  const { scenario, problems } = readScenario({ version: 1, ...document });
  if (scenario === null) throw new Error(JSON.stringify(problems));
  return scenario;
}

export function planOf(scenario: Scenario, replication = 0): RunPlan {
  const plan = buildRunPlan(scenario, scenario.workload, replication);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

export interface Played {
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly player: ModelPlayer;
}

/** Not played yet. */
export function playerOf(document: object, replication = 0, rulesOff: ReadonlySet<RuleName> = new Set()): Played {
  const scenario = scenarioOf(document);
  const plan = planOf(scenario, replication);
  return { scenario, plan, player: playerOfPlan(scenario, plan, rulesOff) };
}

/** Not played yet. */
export function playerOfPlan(
  { orchestrator, faults, warmUpMs }: Scenario,
  plan: RunPlan,
  rulesOff: ReadonlySet<RuleName> = new Set(),
  limits: PlayLimits = PLAY_LIMITS,
): ModelPlayer {
  return new ModelPlayer({
    plan,
    orchestrator,
    faults,
    warmUpMs,
    rulesOff,
    limits,
    backfillRuns: [],
    history: null,
    landing: 'published',
  });
}

export function played(document: object, replication = 0): Played {
  const all = playerOf(document, replication);
  all.player.play(replication);
  return all;
}

/** The log of replication 0. */
export function logged(
  document: object,
  replication = 0,
  rulesOff: ReadonlySet<RuleName> = new Set(),
): Played & { readonly log: Log } {
  const all = playerOf(document, replication, rulesOff);
  const trace = new Trace();
  all.player.play(replication, trace);
  const catalog = catalogOfPlan(all.plan.definitions);
  const header = { name: 'l', source: 'simulated', title: '', zone: 'UTC', landing: 'published' } as const;
  return { ...all, log: logOfPlay({ header, catalog, plan: all.plan, player: all.player, trace }) };
}

/** Events as lines: `12s open d[] v1 by w.write`, in order. */
export function story(
  { log, scenario }: Pick<ReturnType<typeof logged>, 'log' | 'scenario'>,
  kinds: readonly number[],
) {
  return log.chunks.flatMap((chunk) =>
    Array.from({ length: chunk.rows }, (_, i) => i)
      .filter((i) => kinds.includes(chunk.kind[i]))
      .map((i) => {
        const seconds = (chunk.timeUs[i] / 1_000 - scenario.startMs) / 1_000;
        const version = chunk.version[i] < 0 ? '' : ` ${versionLabel(log, chunk.version[i])}`;
        const by = chunk.taskRun[i] < 0 ? '' : ` ${taskRunLabel(log, chunk.taskRun[i])}`;
        const text = chunk.text[i] < 0 ? '' : `: ${log.names.texts[chunk.text[i]]}`;
        return `${seconds}s${by} ${EVENT_KIND_NAMES[chunk.kind[i]]}${version}${text}`;
      }),
  );
}

export const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Half of a 99.9 % interval of a mean from independent values: 3.29 standard errors. */
export function halfWidth(values: readonly number[]): number {
  const m = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - m) * (value - m), 0) / (values.length - 1);
  return 3.29 * Math.sqrt(variance / values.length);
}
