// Plays the replications of a scenario and measures them: what `landfall simulate SCENARIO` reports.
// Only the event loops are timed, apart from planning and building.

import type { DurationFitsView, GrownView, ScenarioSummary } from '../../../shared/api/views-scenario.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import type { Workload } from '../../../shared/scenario/workload.ts';
import { type Experiment, Replicator } from '../../../simulations/experiments/replicate.ts';
import { summarize } from '../../../simulations/experiments/summarize.ts';
import type { DurationHistory } from '../../../simulations/orchestrator/durations/history.ts';
import { growHistory } from '../../../simulations/orchestrator/growth/grow-history.ts';
import type { GrownWorkload } from '../../../simulations/orchestrator/growth/grow-workload.ts';
import { scenarioWorkload } from '../../../simulations/orchestrator/run-plan/scenario-workload.ts';
import { playExperiment } from './play-experiment.ts';

/** A base's definitions, or null where the scenario writes all of its own. */
export interface ScenarioInput {
  readonly scenario: Scenario;
  readonly base: Workload | null;
  /** Of a log base; else null. */
  readonly observed: { readonly history: DurationHistory; readonly fits: DurationFitsView } | null;
}

/** Every reason when the scenario cannot be played. `workersDir`: as playExperiment. */
export async function timedExperiment(
  { scenario, base, observed }: ScenarioInput,
  workersDir: string | null,
): Promise<Result<ScenarioSummary, readonly ScenarioProblem[]>> {
  const startedMs = performance.now();
  const grown = scenarioWorkload(scenario, base);
  if (!grown.ok) return grown;
  const { workload } = grown.value;
  const landing = scenario.base?.kind === 'day' ? 'finalized' : 'published';
  const history =
    observed !== null && scenario.resample === 'nights' ? growHistory(observed.history, grown.value) : null;
  const experiment: Experiment = { scenario, workload, history, landing };
  const replicator = Replicator.of(experiment);
  if (!replicator.ok) return replicator;
  const buildMs = performance.now() - startedMs;
  const cpu = process.cpuUsage();
  const simStartedMs = performance.now();
  const tally = await playExperiment(experiment, replicator.value, workersDir);
  const simMs = performance.now() - simStartedMs;
  const used = process.cpuUsage(cpu);
  const simCpuMs = (used.user + used.system) / 1_000;
  const summary = summarize(scenario, replicator.value.plan, tally);
  return ok({
    ...summary,
    grown: scenario.growth === null ? null : grownView(grown.value),
    durations: observed?.fits ?? null,
    buildMs: toMicroseconds(buildMs),
    simMs: toMicroseconds(simMs),
    simCpuMs: toMicroseconds(simCpuMs),
    eventsPerSecond: Math.round((summary.events / simCpuMs) * 1_000),
  });
}

const grownView = ({ added, addedUpstreams, dataFactor }: GrownWorkload): GrownView => ({
  pipelines: added,
  upstreams: addedUpstreams,
  dataFactor,
});

const toMicroseconds = (ms: number): number => Math.round(ms * 1_000) / 1_000;
