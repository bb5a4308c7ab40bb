// What plays of a scenario come to, added up: histograms and sums, never rows, so that a thousand plays fit where one
// does, and two workers' tallies merge into what one would have made. Sums of whole numbers are exact in any order.

import { ContentHash } from '../../shared/base/hash.ts';
import { OUTCOME_NAMES, Outcome } from '../../shared/model/event.ts';
import { NEVER_MADE } from '../orchestrator/model/trigger-gates.ts';
import type { Played } from '../orchestrator/played.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import { type GroupColumns, type GroupSizes, GroupTally } from './group-tally.ts';
import { ReplicationTable, TARGET_MEASURES } from './replication-table.ts';
import type { TargetCounter } from './targets.ts';
import { type HistogramColumns, ValueHistogram } from './value-histogram.ts';

/** Few enough to stay at hand. */
const BLOCK_ROWS = 1_024;
/** Of one pool, over all plays. */
const POOL_SUMS = ['usedMs', 'waitingMs', 'waitSumMs', 'granted', 'spanMs'] as const;

export class PlayTally {
  readonly latency = new ValueHistogram();
  readonly poolWait = new ValueHistogram();
  readonly elapsed = new ValueHistogram();
  /** From ready to the last attempt's end. */
  readonly turnaround = new ValueHistogram();
  readonly makespan = new ValueHistogram();
  taskRuns = 0;
  events = 0;
  attempts = 0;
  deadlines = 0;
  deadlinesMet = 0;
  /** Of inputs that were not whole, and plays with any. */
  earlyReads = 0;
  playsWithEarlyReads = 0;
  /** By Outcome; `unknown` never ended. */
  readonly outcomes = new Float64Array(OUTCOME_NAMES.length);
  readonly pools: Float64Array;
  readonly trials: Float64Array;
  readonly met: Float64Array;
  readonly replications: ReplicationTable;
  readonly groups: GroupTally;
  /** Of the plays whose results were hashed: their sum, which no order changes. */
  readonly hash = new Int32Array(HASH_LANES);
  /** Times of a block of task runs, on their way into the histograms. */
  readonly #block = {
    latency: new Float64Array(BLOCK_ROWS),
    poolWait: new Float64Array(BLOCK_ROWS),
    elapsed: new Float64Array(BLOCK_ROWS),
    turnaround: new Float64Array(BLOCK_ROWS),
  };

  constructor(sizes: GroupSizes, targetRows: number) {
    this.pools = new Float64Array(sizes.pools * POOL_SUMS.length);
    this.groups = new GroupTally(sizes);
    this.trials = new Float64Array(targetRows);
    this.met = new Float64Array(targetRows);
    this.replications = new ReplicationTable(targetRows);
  }

  /**
   * A play of which only its targets are wanted: no histograms, counts or sums over targets. What a closed target row
   * counted of a play that was cut short means nothing. `poolsFromMs`: the end of the warm-up; null to leave pools out.
   */
  addTargets(
    replication: number,
    plan: RunPlan,
    player: Played,
    targets: TargetCounter,
    poolsFromMs: number | null,
  ): void {
    const ofTargets = targets.count(player, makespanOf(plan, player));
    this.replications.add([replication, Number.NaN, Number.NaN, Number.NaN], ofTargets);
    if (poolsFromMs !== null) this.#addPools(player, poolsFromMs);
  }

  /** A play that has just ended. Task runs that became ready in the warm-up count for outcomes, not for times. */
  add(replication: number, plan: RunPlan, player: Played, targets: TargetCounter, warmUpMs: number): void {
    const before = { ...sumsOf(this.latency, 'latency'), ...sumsOf(this.poolWait, 'wait') };
    this.#addTaskRuns(plan, player, warmUpMs);
    const makespanMs = makespanOf(plan, player);
    this.makespan.add(makespanMs);
    this.events += player.events;
    this.#addPools(player, warmUpMs);
    this.groups.add(plan, player, warmUpMs);
    const ofTargets = targets.count(player, makespanMs);
    for (let row = 0; row < this.trials.length; row++) {
      this.trials[row] += ofTargets[row * TARGET_MEASURES];
      this.met[row] += ofTargets[row * TARGET_MEASURES + 1];
    }
    const meanLatencyMs = (this.latency.sum - before.latencySum) / (this.latency.count - before.latencyCount);
    const meanPoolWaitMs = (this.poolWait.sum - before.waitSum) / (this.poolWait.count - before.waitCount);
    this.replications.add([replication, meanLatencyMs, meanPoolWaitMs, makespanMs], ofTargets);
  }

  /** Of one play. */
  addEarlyReads(count: number): void {
    this.earlyReads += count;
    if (count > 0) this.playsWithEarlyReads++;
  }

  /** `hash`: of all that the replication found out, 32 hex digits. */
  addHash(replication: number, hash: string): void {
    addTo(this.hash, lanesOf(new ContentHash().word(replication).text(hash).hex()));
  }

  /** 32 hex digits. */
  get resultHash(): string {
    return Array.from(this.hash, (lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }

  pool(pool: number): Readonly<Record<(typeof POOL_SUMS)[number], number>> {
    const [usedMs, waitingMs, waitSumMs, granted, spanMs] = this.pools.subarray(pool * POOL_SUMS.length);
    return { usedMs, waitingMs, waitSumMs, granted, spanMs };
  }

  /** Structured-clonable, for a worker's answer. */
  columns(): TallyColumns {
    const { latency, poolWait, elapsed, turnaround, makespan, pools, trials, met, outcomes, replications } = this;
    const { taskRuns, events, attempts, deadlines, deadlinesMet, earlyReads, playsWithEarlyReads } = this;
    return {
      histograms: [latency, poolWait, elapsed, turnaround, makespan].map((histogram) => histogram.columns()),
      counts: Float64Array.of(taskRuns, events, attempts, deadlines, deadlinesMet, earlyReads, playsWithEarlyReads),
      pools,
      trials,
      met,
      outcomes,
      replications: replications.values(),
      groups: this.groups.columns(),
      hash: this.hash,
    };
  }

  absorb(other: TallyColumns): void {
    const { latency, poolWait, elapsed, turnaround, makespan } = this;
    for (const [i, histogram] of [latency, poolWait, elapsed, turnaround, makespan].entries())
      histogram.absorb(other.histograms[i]);
    this.groups.absorb(other.groups);
    const [taskRuns, events, attempts, deadlines, deadlinesMet, earlyReads, playsWithEarlyReads] = other.counts;
    this.taskRuns += taskRuns;
    this.events += events;
    this.attempts += attempts;
    this.deadlines += deadlines;
    this.deadlinesMet += deadlinesMet;
    this.earlyReads += earlyReads;
    this.playsWithEarlyReads += playsWithEarlyReads;
    addTo(this.pools, other.pools);
    addTo(this.trials, other.trials);
    addTo(this.met, other.met);
    addTo(this.outcomes, other.outcomes);
    this.replications.absorb(other.replications);
    addTo(this.hash, other.hash);
  }

  /** Only what the target rows counted. */
  absorbTargets({ replications }: TallyColumns): void {
    this.replications.absorb(replications);
  }

  #addTaskRuns(plan: RunPlan, player: Played, warmUpMs: number): void {
    const { count } = plan.taskRuns;
    for (let from = 0; from < count; from += BLOCK_ROWS) {
      const to = Math.min(count, from + BLOCK_ROWS);
      this.#addCounts(plan, player, from, to);
      this.#addTimes(player.times, warmUpMs, from, to);
    }
  }

  #addCounts({ taskRuns: { deadlineMs } }: RunPlan, player: Played, from: number, to: number): void {
    const { outcome, attempts } = player.times;
    for (let i = from; i < to; i++) {
      if (outcome[i] === NEVER_MADE) continue;
      this.taskRuns++;
      this.outcomes[outcome[i]]++;
      this.attempts += attempts[i];
      if (Number.isNaN(deadlineMs[i])) continue;
      this.deadlines++;
      if (player.landedMs(i) <= deadlineMs[i]) this.deadlinesMet++;
    }
  }

  /** What never became ready, started or ended has no such time. */
  #addTimes(times: Played['times'], warmUpMs: number, from: number, to: number): void {
    const { readyMs, startMs, finishMs, grantedMs, enqueuedMs, outcome } = times;
    const { latency, poolWait, elapsed, turnaround } = this.#block;
    let started = 0;
    let ended = 0;
    for (let i = from; i < to; i++) {
      if (outcome[i] === NEVER_MADE || Number.isNaN(startMs[i]) || readyMs[i] < warmUpMs) continue;
      latency[started] = startMs[i] - readyMs[i];
      poolWait[started++] = grantedMs[i] - enqueuedMs[i];
      if (Number.isNaN(finishMs[i])) continue;
      elapsed[ended] = finishMs[i] - startMs[i];
      turnaround[ended++] = finishMs[i] - readyMs[i];
    }
    this.latency.addAll(latency, started);
    this.poolWait.addAll(poolWait, started);
    this.elapsed.addAll(elapsed, ended);
    this.turnaround.addAll(turnaround, ended);
  }

  #addPools({ meter, endMs, poolWaits }: Played, warmUpMs: number): void {
    for (let pool = 0; pool < meter.usedMs.length; pool++) {
      const at = pool * POOL_SUMS.length;
      this.pools[at] += meter.usedMs[pool];
      this.pools[at + 1] += meter.waitingMs[pool];
      this.pools[at + 2] += poolWaits.sumMs[pool];
      this.pools[at + 3] += poolWaits.count[pool];
      this.pools[at + 4] += Math.max(0, endMs - warmUpMs);
    }
  }
}

export interface TallyColumns {
  readonly histograms: readonly HistogramColumns[];
  readonly counts: Float64Array;
  readonly pools: Float64Array;
  readonly trials: Float64Array;
  readonly met: Float64Array;
  readonly outcomes: Float64Array;
  readonly replications: Float64Array;
  readonly groups: GroupColumns;
  readonly hash: Int32Array;
}

/** The last end of what was made; a success ends when its data is whole. */
function makespanOf({ taskRuns }: RunPlan, { times }: Played): number {
  let makespanMs = 0;
  for (let i = 0; i < taskRuns.count; i++) {
    const outcome = times.outcome[i];
    if (outcome === NEVER_MADE) continue;
    const endMs = outcome === Outcome.success ? times.finalMs[i] : times.finishMs[i];
    if (endMs > makespanMs) makespanMs = endMs;
  }
  return makespanMs;
}

const sumsOf = <Name extends string>({ sum, count }: ValueHistogram, name: Name) =>
  ({ [`${name}Sum`]: sum, [`${name}Count`]: count }) as Record<`${Name}Sum` | `${Name}Count`, number>;

const HASH_LANES = 4;

const lanesOf = (hex: string): Int32Array =>
  Int32Array.from({ length: HASH_LANES }, (_, lane) => Number.parseInt(hex.slice(8 * lane, 8 * lane + 8), 16));

function addTo<Column extends Float64Array | Int32Array>(into: Column, from: Column): void {
  for (let i = 0; i < into.length; i++) into[i] += from[i];
}
