// Plays the replications of a scenario and measures them: what `landfall simulate SCENARIO` reports.
// Only the event loops are timed, apart from planning and building.

import { setImmediate as turn } from 'node:timers/promises';
import type { DurationFitsView, GrownView, ScenarioSummary } from '../../../shared/api/views-scenario.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import type { Workload } from '../../../shared/scenario/workload.ts';
import type { PlayTally } from '../../../simulations/experiments/play-tally.ts';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { snapshotView } from '../../../simulations/experiments/snapshot-view.ts';
import { summarize } from '../../../simulations/experiments/summarize.ts';
import type { DurationHistory } from '../../../simulations/orchestrator/durations/history.ts';
import { growHistory } from '../../../simulations/orchestrator/growth/grow-history.ts';
import type { GrownWorkload } from '../../../simulations/orchestrator/growth/grow-workload.ts';
import type { PlanProgress } from '../../../simulations/orchestrator/run-plan/build-run-plan.ts';
import { scenarioWorkload } from '../../../simulations/orchestrator/run-plan/scenario-workload.ts';
import { planSnapshot, type SnapshotPlan } from '../../../simulations/orchestrator/snapshot/lay-snapshot.ts';
import { EVENTS_HERE, type ExperimentOptions, playExperiment } from './play-experiment.ts';

/** A base's definitions, or null where the scenario writes all of its own. */
export interface ScenarioInput {
  readonly scenario: Scenario;
  readonly base: Workload | null;
  /** Of a log base; else null. */
  readonly observed: { readonly history: DurationHistory; readonly fits: DurationFitsView } | null;
  /** What the scenario's snapshot is of; null without one. */
  readonly log?: Log | null;
}

/** As playExperiment; how many replications, the scenario says. */
export interface TimedOptions extends Omit<ExperimentOptions, 'stopping'> {
  readonly whenDecided?: boolean | undefined;
  readonly antithetic?: boolean | undefined;
  readonly hashed?: boolean | undefined;
}

export interface TimedExperiment {
  readonly summary: ScenarioSummary;
  readonly tally: PlayTally;
}

/** Every reason when the scenario cannot be played. Throws PlayTooLongError where this thread may not be busy so long. */
export async function timedExperiment(
  input: ScenarioInput,
  { whenDecided = false, antithetic = false, hashed = false, ...options }: TimedOptions,
): Promise<Result<TimedExperiment, readonly ScenarioProblem[]>> {
  const startedMs = performance.now();
  const onStep = (step: string): void => options.onProgress?.({ step, played: 0, of: 0, leftMs: Number.NaN });
  const made = replicatorOf(input, { antithetic, hashed, onStep });
  if (!made.ok) return made;
  const { replicator, grown, snapshot } = made.value;
  const buildMs = performance.now() - startedMs;
  // Others who use this thread come in between.
  await turn();
  const { scenario, observed } = input;
  const cpu = process.cpuUsage();
  const simStartedMs = performance.now();
  const stopping = { replications: scenario.replications, whenDecided, halfWidth: null };
  const { tally, ended } = await playExperiment(replicator, { ...options, stopping });
  const simMs = performance.now() - simStartedMs;
  const used = process.cpuUsage(cpu);
  const simCpuMs = (used.user + used.system) / 1_000;
  await turn();
  const summary = summarize(scenario, replicator.plan, tally, antithetic);
  const timed: ScenarioSummary = {
    ...summary,
    waiting: summary.unfinished === 0 ? null : bounded(replicator, options).unfinished(WAITS_SHOWN_MAX),
    ended,
    resultHash: hashed ? tally.resultHash : null,
    grown: scenario.growth === null ? null : grownView(grown),
    durations: observed?.fits ?? null,
    snapshot: input.log && snapshot ? snapshotView(input.log, snapshot, replicator, tally) : null,
    buildMs: toMicroseconds(buildMs),
    simMs: toMicroseconds(simMs),
    simCpuMs: toMicroseconds(simCpuMs),
    eventsPerSecond: Math.round((summary.events / simCpuMs) * 1_000),
  };
  return ok({ summary: timed, tally });
}

const WAITS_SHOWN_MAX = 20;

/** Without threads to play on there is nobody else to do it. */
const bounded = (replicator: Replicator, { players, isOwnThread }: ExperimentPlace): Replicator =>
  players === null || isOwnThread === true ? replicator : replicator.within(EVENTS_HERE);

type ExperimentPlace = Pick<TimedOptions, 'players' | 'isOwnThread'>;

export interface MadeReplicator {
  readonly replicator: Replicator;
  readonly grown: GrownWorkload;
  readonly snapshot: SnapshotPlan | null;
}

interface MadeOptions {
  readonly antithetic?: boolean;
  readonly hashed?: boolean;
  readonly onStep?: PlanProgress;
}

/** The scenario laid over its base, grown and planned; or every reason why it cannot be played. */
export function replicatorOf(
  { scenario, base, observed, log = null }: ScenarioInput,
  { antithetic = false, hashed = false, onStep = () => {} }: MadeOptions = {},
): Result<MadeReplicator, readonly ScenarioProblem[]> {
  const grown = scenarioWorkload(scenario, base);
  if (!grown.ok) return grown;
  const { workload } = grown.value;
  const landing = scenario.base?.kind === 'day' ? 'finalized' : 'published';
  const history =
    observed !== null && scenario.resample === 'nights' ? growHistory(observed.history, grown.value) : null;
  const laid = log === null ? ok(null) : planSnapshot(scenario, workload, log, onStep);
  if (!laid.ok) return laid;
  const snapshot = laid.value;
  const experiment = {
    scenario: snapshot?.scenario ?? scenario,
    workload,
    history,
    landing,
    antithetic,
    hashed,
  } as const;
  const replicator = Replicator.of({ ...experiment, laid: snapshot?.laid ?? null }, snapshot?.plan ?? null, onStep);
  return replicator.ok ? ok({ replicator: replicator.value, grown: grown.value, snapshot }) : replicator;
}

const grownView = ({ added, addedUpstreams, dataFactor }: GrownWorkload): GrownView => ({
  pipelines: added,
  upstreams: addedUpstreams,
  dataFactor,
});

const toMicroseconds = (ms: number): number => Math.round(ms * 1_000) / 1_000;
