// Start latency = started(first attempt) - ready, over the task runs of a log (MODEL). Sensors' waits are not starts;
// skipped and upstream_failed runs have none. Unknown times are counted, never taken for zero.

import { GrowableInt32 } from '../base/growable.ts';
import { nearestRank } from '../base/quantile.ts';
import { msBetween } from '../base/time.ts';
import { type Csr, csrBy } from '../model/catalog.ts';
import { Evidence, Outcome, subjectEvidence, timeEvidence } from '../model/event.ts';
import type { Log } from '../model/log.ts';
import { distributionOf, growingEdgesMs, histogramOf } from './distribution.ts';
import type { TaskRunTimes } from './task-run-times.ts';

/** The targets of the field: p50 < 30 s and p99 < 2 min after the dependencies were satisfied. */
export const START_LATENCY_TARGETS = [
  { name: 'start latency p50', quantile: 0.5, limitMs: 30_000 },
  { name: 'start latency p99', quantile: 0.99, limitMs: 120_000 },
] as const;

export interface LatencySummary {
  readonly measuredCount: number;
  /** Runs that started, with no known ready time (or that are not known to have started). */
  readonly unknownCount: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly meanMs: number;
}

export interface LatencyTarget {
  readonly name: string;
  readonly limitMs: number;
  readonly actualMs: number;
  /** `unknown` when nothing could be measured. */
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

export interface LatencyGroup extends LatencySummary {
  readonly name: string;
  /** The pipeline's row in the log's names, or the pool's. */
  readonly id: number;
  /** The task run with the largest latency. */
  readonly worstTaskRun: number;
}

export interface StartLatencyReport extends LatencySummary {
  /** Of the unknown ones: started before the time it was said to be ready, so that time was not what it waited for. */
  readonly startedBeforeReadyCount: number;
  /** Of the measured ones: with a ready time or a start that is inferred, not recorded. */
  readonly inferredCount: number;
  readonly targets: readonly LatencyTarget[];
  /** Bin i counts latencies in [edgesMs[i], edgesMs[i+1]); widths grow, the first edge is 0. */
  readonly histogram: { readonly edgesMs: Float64Array; readonly counts: Float64Array };
  /** Points of the distribution function: `share[i]` of the measured runs started within `valueMs[i]`. */
  readonly cdf: { readonly valueMs: Float64Array; readonly share: Float64Array };
  /** Worst first by p99, then max; at most 50. */
  readonly worstPipelines: readonly LatencyGroup[];
  /** By pool row; pools without task runs are left out. */
  readonly pools: readonly LatencyGroup[];
}

const WORST_PIPELINES_MAX = 50;

type LatencyLog = Pick<Log, 'names' | 'taskRuns'>;

/** `times` must be of this log (taskRunTimes). Quantiles are nearest-rank; NaN where nothing was measured. */
export function startLatency(log: LatencyLog, times: TaskRunTimes): StartLatencyReport {
  const { latencyMs, startedBeforeReadyCount, inferredCount } = latencies(times);
  const { task, pool } = log.taskRuns;
  const pipelineOf = task.map((t) => log.names.tasks.pipeline[t]);
  const all = summaryOf(latencyMs);
  const histogram = histogramOf(all.sorted, growingEdgesMs(all.summary.maxMs));
  const points = distributionOf(all.sorted);
  const pipelines = groups(latencyMs, pipelineOf, log.names.pipelines.name).sort(worstFirst);
  return {
    ...all.summary,
    startedBeforeReadyCount,
    inferredCount,
    targets: START_LATENCY_TARGETS.map((target) => judge(target, nearestRank(all.sorted, target.quantile))),
    histogram: { edgesMs: histogram.edges, counts: histogram.counts },
    cdf: { valueMs: points.value, share: points.share },
    worstPipelines: pipelines.filter((group) => group.measuredCount > 0).slice(0, WORST_PIPELINES_MAX),
    pools: groups(latencyMs, pool, log.names.pools.name),
  };
}

/** Has no start by rule, so none is missing. */
const NEVER_STARTS = Number.POSITIVE_INFINITY;

interface Latencies {
  readonly latencyMs: Float64Array;
  readonly startedBeforeReadyCount: number;
  readonly inferredCount: number;
}

/** Start latency a task run in ms: NaN is unknown, Infinity marks runs that have none. */
function latencies(times: TaskRunTimes): Latencies {
  const latencyMs = new Float64Array(times.outcome.length);
  let startedBeforeReadyCount = 0;
  let inferredCount = 0;
  for (let i = 0; i < latencyMs.length; i++) {
    const outcome = times.outcome[i];
    if (outcome === Outcome.skipped || outcome === Outcome.upstreamFailed) {
      latencyMs[i] = NEVER_STARTS;
      continue;
    }
    const ms = msBetween(times.readyUs[i], times.startedUs[i]);
    latencyMs[i] = ms < 0 ? Number.NaN : ms;
    if (ms < 0) startedBeforeReadyCount++;
    if (ms >= 0 && isInferred(times.evidence[i])) inferredCount++;
  }
  return { latencyMs, startedBeforeReadyCount, inferredCount };
}

/** Of a row of `TaskRunTimes.evidence`: its ready time and its start stand where an event has its time and subject. */
const isInferred = (packed: number): boolean =>
  timeEvidence(packed) !== Evidence.recorded || subjectEvidence(packed) !== Evidence.recorded;

function summaryOf(latencyMs: Float64Array): { summary: LatencySummary; sorted: Float64Array } {
  const measured = new Float64Array(latencyMs.length);
  let count = 0;
  let unknownCount = 0;
  let sum = 0;
  for (const ms of latencyMs) {
    if (Number.isNaN(ms)) unknownCount++;
    else if (ms !== NEVER_STARTS) {
      measured[count++] = ms;
      sum += ms;
    }
  }
  const sorted = measured.subarray(0, count).sort();
  const summary = {
    measuredCount: count,
    unknownCount,
    p50Ms: nearestRank(sorted, 0.5),
    p90Ms: nearestRank(sorted, 0.9),
    p99Ms: nearestRank(sorted, 0.99),
    maxMs: nearestRank(sorted, 1),
    meanMs: count === 0 ? Number.NaN : sum / count,
  };
  return { summary, sorted };
}

/** One group a name that has task runs, in row order. `keys` gives each task run's group, -1 for none. */
function groups(latencyMs: Float64Array, keys: Int32Array, names: readonly string[]): LatencyGroup[] {
  const { offsets, values } = taskRunsBy(keys, names.length);
  const out: LatencyGroup[] = [];
  for (let id = 0; id < names.length; id++) {
    const members = values.subarray(offsets[id], offsets[id + 1]);
    if (members.length === 0) continue;
    const own = new Float64Array(members.length);
    for (let i = 0; i < own.length; i++) own[i] = latencyMs[members[i]];
    out.push({ ...summaryOf(own).summary, name: names[id], id, worstTaskRun: worstOf(members, latencyMs) });
  }
  return out;
}

function taskRunsBy(keys: Int32Array, groupCount: number): Csr {
  const taskRuns = new GrowableInt32();
  const known = new GrowableInt32();
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] < 0) continue;
    taskRuns.push(i);
    known.push(keys[i]);
  }
  return csrBy(known.finish(), taskRuns.finish(), groupCount);
}

function worstOf(members: Int32Array, latencyMs: Float64Array): number {
  let worst = -1;
  for (const taskRun of members) {
    const ms = latencyMs[taskRun];
    if (ms !== NEVER_STARTS && (ms > latencyMs[worst] || (worst < 0 && !Number.isNaN(ms)))) worst = taskRun;
  }
  return worst;
}

/** A group that measured nothing comes last. */
function worstFirst(a: LatencyGroup, b: LatencyGroup): number {
  return known(b.p99Ms) - known(a.p99Ms) || known(b.maxMs) - known(a.maxMs) || a.id - b.id;
}

const known = (ms: number): number => (Number.isNaN(ms) ? -1 : ms);

function judge(target: (typeof START_LATENCY_TARGETS)[number], actualMs: number): LatencyTarget {
  const { name, limitMs } = target;
  if (Number.isNaN(actualMs)) return { name, limitMs, actualMs, verdict: 'unknown' };
  return { name, limitMs, actualMs, verdict: actualMs < limitMs ? 'pass' : 'fail' };
}
