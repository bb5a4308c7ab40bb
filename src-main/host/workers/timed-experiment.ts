// Plays the replications of a scenario and measures them: what `landfall simulate SCENARIO` reports.
// Only the event loops are timed, apart from planning and building.

import { ok, type Result } from '../../../shared/base/result.ts';
import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import type { Workload } from '../../../shared/scenario/workload.ts';
import { type Experiment, Replicator } from '../../../simulations/experiments/replicate.ts';
import { type ExperimentSummary, summarize } from '../../../simulations/experiments/summarize.ts';
import { scenarioWorkload } from '../../../simulations/orchestrator/run-plan/scenario-workload.ts';
import { playExperiment } from './play-experiment.ts';

export interface TimedExperiment extends ExperimentSummary {
  /** Planning and building for replication 0. */
  readonly buildMs: number;
  /** Of all replications with their summing up: by the clock, and as CPU time of the process. */
  readonly simMs: number;
  readonly simCpuMs: number;
  /** events / simCpuMs. */
  readonly eventsPerSecond: number;
}

/** A base's definitions, or null where the scenario writes all of its own. */
export interface ScenarioInput {
  readonly scenario: Scenario;
  readonly base: Workload | null;
}

/** Every reason when the scenario cannot be played. `workersDir`: as playExperiment. */
export async function timedExperiment(
  { scenario, base }: ScenarioInput,
  workersDir: string | null,
): Promise<Result<TimedExperiment, readonly ScenarioProblem[]>> {
  const startedMs = performance.now();
  const grown = scenarioWorkload(scenario, base);
  if (!grown.ok) return grown;
  const { workload } = grown.value;
  const landing = scenario.base?.kind === 'day' ? 'finalized' : 'published';
  const experiment: Experiment = { scenario, workload, history: null, landing };
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
    buildMs: toMicroseconds(buildMs),
    simMs: toMicroseconds(simMs),
    simCpuMs: toMicroseconds(simCpuMs),
    eventsPerSecond: Math.round((summary.events / simCpuMs) * 1_000),
  });
}

const toMicroseconds = (ms: number): number => Math.round(ms * 1_000) / 1_000;
