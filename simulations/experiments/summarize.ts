// What replications of a scenario say, in numbers under fixed names: the JSON of `landfall simulate`.

import { Outcome } from '../../shared/model/event.ts';
import type { Scenario } from '../../shared/scenario/scenario.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import { meanHalfWidth } from './intervals.ts';
import type { PlayTally } from './play-tally.ts';
import { type TargetVerdict, targetRows, targetVerdicts } from './targets.ts';

export interface PoolSummary {
  readonly pool: string;
  /** Null without a limit. */
  readonly slots: number | null;
  /** Share of slot time in use; null without a limit. */
  readonly utilisation: number | null;
  readonly meanSlotsInUse: number;
  /** Little's law, each side measured apart: waiting on average = grants per second x mean wait. */
  readonly meanWaiting: number;
  readonly grantsPerSecond: number;
  readonly meanWaitMs: number;
}

export interface ExperimentSummary {
  readonly name: string;
  readonly seed: number;
  readonly replications: number;
  /** Sums over all replications. */
  readonly taskRuns: number;
  readonly events: number;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly upstreamFailed: number;
  /** Never ended: they wait for something that never comes. */
  readonly unfinished: number;
  /** succeeded / taskRuns. */
  readonly successShare: number;
  /** First start - ready, of task runs that were ready after the warm-up. Null when there are none. */
  readonly startLatencyMeanMs: number | null;
  /** Half of a 95 % interval over replications; null for one. */
  readonly startLatencyMeanHalfWidthMs: number | null;
  readonly startLatencyP50Ms: number | null;
  readonly startLatencyP90Ms: number | null;
  readonly startLatencyP99Ms: number | null;
  readonly startLatencyMaxMs: number | null;
  /** From the queue's entry to the slots, of first attempts. */
  readonly poolWaitMeanMs: number | null;
  readonly poolWaitMeanHalfWidthMs: number | null;
  readonly poolWaitP50Ms: number | null;
  readonly poolWaitP90Ms: number | null;
  readonly poolWaitP99Ms: number | null;
  readonly poolWaitMaxMs: number | null;
  /** From the first start to the last attempt's end, retry delays included. */
  readonly elapsedMeanMs: number | null;
  readonly elapsedP50Ms: number | null;
  readonly elapsedP99Ms: number | null;
  readonly elapsedMaxMs: number | null;
  /** From the scenario's start to the last landing of a replication. */
  readonly makespanMeanMs: number | null;
  readonly makespanMeanHalfWidthMs: number | null;
  readonly makespanP50Ms: number | null;
  readonly makespanP99Ms: number | null;
  readonly makespanMaxMs: number | null;
  readonly deadlinesMet: number;
  readonly deadlinesTotal: number;
  readonly targets: readonly TargetVerdict[];
  readonly pools: readonly PoolSummary[];
}

export function summarize(scenario: Scenario, plan: RunPlan, tally: PlayTally): ExperimentSummary {
  const { outcomes, replications, latency, poolWait, elapsed, makespan } = tally;
  const halfWidth = (of: (row: (typeof replications)[number]) => number): number | null =>
    known(meanHalfWidth(replications.map(of).filter((value) => !Number.isNaN(value))));
  return {
    name: scenario.name,
    seed: scenario.seed,
    replications: replications.length,
    taskRuns: tally.taskRuns,
    events: tally.events,
    attempts: tally.attempts,
    succeeded: outcomes[Outcome.success],
    failed: outcomes[Outcome.failed],
    skipped: outcomes[Outcome.skipped],
    upstreamFailed: outcomes[Outcome.upstreamFailed],
    unfinished: outcomes[Outcome.unknown],
    successShare: outcomes[Outcome.success] / tally.taskRuns,
    startLatencyMeanMs: known(latency.mean),
    startLatencyMeanHalfWidthMs: halfWidth((row) => row.meanLatencyMs),
    startLatencyP50Ms: known(latency.quantile(0.5)),
    startLatencyP90Ms: known(latency.quantile(0.9)),
    startLatencyP99Ms: known(latency.quantile(0.99)),
    startLatencyMaxMs: known(latency.max),
    poolWaitMeanMs: known(poolWait.mean),
    poolWaitMeanHalfWidthMs: halfWidth((row) => row.meanPoolWaitMs),
    poolWaitP50Ms: known(poolWait.quantile(0.5)),
    poolWaitP90Ms: known(poolWait.quantile(0.9)),
    poolWaitP99Ms: known(poolWait.quantile(0.99)),
    poolWaitMaxMs: known(poolWait.max),
    elapsedMeanMs: known(elapsed.mean),
    elapsedP50Ms: known(elapsed.quantile(0.5)),
    elapsedP99Ms: known(elapsed.quantile(0.99)),
    elapsedMaxMs: known(elapsed.max),
    makespanMeanMs: known(makespan.mean),
    makespanMeanHalfWidthMs: halfWidth((row) => row.makespanMs),
    makespanP50Ms: known(makespan.quantile(0.5)),
    makespanP99Ms: known(makespan.quantile(0.99)),
    makespanMaxMs: known(makespan.max),
    deadlinesMet: tally.deadlinesMet,
    deadlinesTotal: tally.deadlines,
    targets: targetVerdicts(targetRows(scenario.targets), tally.trials, tally.met),
    pools: plan.definitions.workload.pools.map(({ name, slots }, pool) => poolSummary(name, slots, tally.pool(pool))),
  };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

function poolSummary(pool: string, slots: number | null, sums: ReturnType<PlayTally['pool']>): PoolSummary {
  const { usedMs, waitingMs, waitSumMs, granted, spanMs } = sums;
  const span = spanMs > 0 ? spanMs : Number.POSITIVE_INFINITY;
  return {
    pool,
    slots,
    utilisation: slots === null ? null : usedMs / span / Math.max(1, slots),
    meanSlotsInUse: usedMs / span,
    meanWaiting: waitingMs / span,
    grantsPerSecond: (granted * 1_000) / span,
    meanWaitMs: granted === 0 ? 0 : waitSumMs / granted,
  };
}
