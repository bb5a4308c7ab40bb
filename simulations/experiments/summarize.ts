// What replications of a scenario say, in numbers under fixed names: the JSON of `landfall simulate`.

import type { ExperimentSummary, PoolFigures, SpreadFigures, TaskFigures } from '../../shared/api/views-scenario.ts';
import { Outcome } from '../../shared/model/event.ts';
import type { Scenario } from '../../shared/scenario/scenario.ts';
import { labelOf } from '../../shared/scenario/workload.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import { meanHalfWidth, pairMeans } from './intervals.ts';
import type { PlayTally } from './play-tally.ts';
import type { Measure } from './replication-table.ts';
import { targetRows, targetVerdicts } from './targets.ts';
import type { ValueHistogram } from './value-histogram.ts';

/** `antithetic`: replications are pairs, so intervals are over the means of pairs. */
export function summarize(scenario: Scenario, plan: RunPlan, tally: PlayTally, antithetic = false): ExperimentSummary {
  const { outcomes, replications, latency, poolWait, elapsed, turnaround, makespan } = tally;
  const halfWidth = (measure: Measure): number | null => {
    const values = replications.column(measure);
    return known(meanHalfWidth((antithetic ? pairMeans(values) : values).filter((value) => !Number.isNaN(value))));
  };
  return {
    name: scenario.name,
    seed: scenario.seed,
    replications: replications.count,
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
    startLatencyMeanHalfWidthMs: halfWidth('meanLatencyMs'),
    startLatencyP50Ms: known(latency.quantile(0.5)),
    startLatencyP90Ms: known(latency.quantile(0.9)),
    startLatencyP99Ms: known(latency.quantile(0.99)),
    startLatencyMaxMs: known(latency.max),
    poolWaitMeanMs: known(poolWait.mean),
    poolWaitMeanHalfWidthMs: halfWidth('meanPoolWaitMs'),
    poolWaitP50Ms: known(poolWait.quantile(0.5)),
    poolWaitP90Ms: known(poolWait.quantile(0.9)),
    poolWaitP99Ms: known(poolWait.quantile(0.99)),
    poolWaitMaxMs: known(poolWait.max),
    elapsedMeanMs: known(elapsed.mean),
    elapsedP50Ms: known(elapsed.quantile(0.5)),
    elapsedP90Ms: known(elapsed.quantile(0.9)),
    elapsedP99Ms: known(elapsed.quantile(0.99)),
    elapsedMaxMs: known(elapsed.max),
    turnaroundMeanMs: known(turnaround.mean),
    turnaroundP50Ms: known(turnaround.quantile(0.5)),
    turnaroundP90Ms: known(turnaround.quantile(0.9)),
    turnaroundP99Ms: known(turnaround.quantile(0.99)),
    turnaroundMaxMs: known(turnaround.max),
    makespanMeanMs: known(makespan.mean),
    makespanMeanHalfWidthMs: halfWidth('makespanMs'),
    makespanP50Ms: known(makespan.quantile(0.5)),
    makespanP90Ms: known(makespan.quantile(0.9)),
    makespanP99Ms: known(makespan.quantile(0.99)),
    makespanMaxMs: known(makespan.max),
    horizonMs: scenario.horizonMs,
    pastHorizon: replications.column('makespanMs').filter((ms) => ms > scenario.horizonMs).length,
    deadlinesMet: tally.deadlinesMet,
    deadlinesTotal: tally.deadlines,
    earlyReads: tally.earlyReads,
    earlyReadReplications: tally.playsWithEarlyReads,
    targets: targetVerdicts(targetRows(scenario.targets), tally.trials, tally.met),
    pools: plan.definitions.workload.pools.map(({ name, slots }, pool) => ({
      ...poolSummary(name, slots, tally.pool(pool)),
      wait: spread(tally.groups.poolWaits[pool]),
    })),
    tasks: tally.groups.tasks.map((_, task) => taskFigures(plan, tally, task)),
    pipelines: tally.groups.runTimes.map((runTime, p) => ({
      pipeline: plan.definitions.pipelines[p].name,
      runTime: spread(runTime),
    })),
  };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

const spread = (values: ValueHistogram): SpreadFigures => ({
  count: values.count,
  meanMs: known(values.mean),
  p50Ms: known(values.quantile(0.5)),
  p90Ms: known(values.quantile(0.9)),
  p99Ms: known(values.quantile(0.99)),
  maxMs: known(values.max),
});

function taskFigures({ definitions: defs }: RunPlan, { groups }: PlayTally, task: number): TaskFigures {
  const [attempts, ...outcomes] = groups.countsOf(task);
  const { latency, poolWait, elapsed, turnaround } = groups.tasks[task];
  return {
    task: labelOf(defs.pipelines[defs.pipelineOf[task]].name, defs.tasks[task].name),
    pool: defs.workload.pools[defs.pool[task]].name,
    taskRuns: outcomes.reduce((sum, count) => sum + count, 0),
    attempts,
    succeeded: outcomes[Outcome.success],
    failed: outcomes[Outcome.failed],
    skipped: outcomes[Outcome.skipped],
    upstreamFailed: outcomes[Outcome.upstreamFailed],
    unfinished: outcomes[Outcome.unknown],
    startLatency: spread(latency),
    poolWait: spread(poolWait),
    elapsed: spread(elapsed),
    turnaround: spread(turnaround),
  };
}

type PoolSums = Omit<PoolFigures, 'wait'>;

function poolSummary(pool: string, slots: number | null, sums: ReturnType<PlayTally['pool']>): PoolSums {
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
