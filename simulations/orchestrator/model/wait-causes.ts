// What holds back those who wait for slots, told to a trace: whenever the set of causes that bind a task run changes, and
// only then. Who is looked at and passed over again and again for the same causes costs no row.
// Nobody calls this when no trace is wanted.

import { ROW_INTS } from '../../engine/rows.ts';
import { Cause } from './causes.ts';
import { ROW_ATTEMPT, ROW_SLOTS } from './model-rows.ts';
import { HELD_BY_ALL, HELD_BY_PIPELINE, HELD_BY_TASK, type TokenLimits } from './token-limits.ts';
import { type Trace, TraceStep } from './trace.ts';
import type { WaitingLists, WaitListener } from './waiting-lists.ts';

/** By limit: parallelism is the executor's. */
const HELD_CAUSES = [
  [HELD_BY_ALL, Cause.executor],
  [HELD_BY_PIPELINE, Cause.pipelineLimit],
  [HELD_BY_TASK, Cause.taskLimit],
] as const;

const PRIORITY = 1 << Cause.priority;
const POOL = 1 << Cause.pool;
/** Causes take the bits below. */
const ATTEMPT_SHIFT = 13;

/** As the player knows them. */
interface WaitFacts {
  /** Whether rows are looked at again and again. */
  readonly hasLoop: boolean;
  nowMs(): number;
  /** Since when the row's present attempt has been in its queue. */
  enqueuedMs(row: number): number;
}

export class WaitCauses implements WaitListener {
  readonly #rows: Int32Array;
  readonly #pools: WaitingLists;
  readonly #limits: TokenLimits;
  readonly #facts: WaitFacts;
  /** By task run: the causes that were told last, and of which attempt. */
  readonly #told: Int32Array;
  /** Somebody may be passed over, and so be told of more than once. */
  readonly #isRepeated: boolean;
  #trace: Trace | null = null;

  constructor(rows: Int32Array, taskRuns: number, pools: WaitingLists, limits: TokenLimits, facts: WaitFacts) {
    this.#rows = rows;
    this.#pools = pools;
    this.#limits = limits;
    this.#facts = facts;
    this.#told = new Int32Array(taskRuns);
    const isWide = rows.some((slots, at) => at % ROW_INTS === ROW_SLOTS && at < taskRuns * ROW_INTS && slots > 1);
    this.#isRepeated = facts.hasLoop || limits.isBinding || isWide;
  }

  /** Of a play that begins; nothing is told before. */
  tellTo(trace: Trace): this {
    this.#trace = trace;
    this.#told.fill(0);
    return this;
  }

  /** What binds it now, and since when; whoever was overtaken would have had its slots by now. */
  held(row: number, byPool: boolean): void {
    const taskRun = row / ROW_INTS;
    const attempt = this.#rows[row + ROW_ATTEMPT];
    const isOvertaken = this.#told[taskRun] >> ATTEMPT_SHIFT === attempt && (this.#told[taskRun] & PRIORITY) !== 0;
    const held = this.#limits.isBinding ? this.#limits.heldBits(taskRun) : 0;
    const byPools = byPool ? (isOvertaken ? PRIORITY : POOL) : 0;
    if (this.#isTold(taskRun, attempt, held === 0 ? byPools : byPools | causesOf(held))) return;
    if (byPool) this.#tellPool(row, attempt, isOvertaken);
    for (const [bit, cause] of HELD_CAUSES)
      if ((held & bit) !== 0) this.#tell(row, attempt, cause, this.#limits.fullSinceMs(taskRun, bit));
    this.#trace?.add(TraceStep.settled, taskRun, attempt);
  }

  overtaken(row: number): void {
    const taskRun = row / ROW_INTS;
    const attempt = this.#rows[row + ROW_ATTEMPT];
    if (this.#isRepeated && this.#isTold(taskRun, attempt, PRIORITY)) return;
    this.#trace?.add(TraceStep.overtaken, taskRun, attempt);
  }

  /** Or is from now on. */
  #isTold(taskRun: number, attempt: number, causes: number): boolean {
    const told = causes | (attempt << ATTEMPT_SHIFT);
    if (this.#told[taskRun] === told) return true;
    this.#told[taskRun] = told;
    return false;
  }

  #tellPool(row: number, attempt: number, isOvertaken: boolean): void {
    const nowMs = this.#facts.nowMs();
    if (isOvertaken) this.#tell(row, attempt, Cause.priority, nowMs);
    else this.#tell(row, attempt, Cause.pool, this.#pools.fullSinceMs(this.#pools.poolOf(row), nowMs));
  }

  /** Bound since a time, but not before the row was in its queue. */
  #tell(row: number, attempt: number, cause: number, sinceMs: number): void {
    const nowMs = this.#facts.nowMs();
    const fromMs = Math.min(nowMs, Math.max(this.#facts.enqueuedMs(row), sinceMs));
    this.#trace?.addAt(TraceStep.bound, row / ROW_INTS, attempt, fromMs, cause);
  }
}

/** Of limits as bits: their causes as bits. */
function causesOf(held: number): number {
  let causes = 0;
  for (const [bit, cause] of HELD_CAUSES) if ((held & bit) !== 0) causes |= 1 << cause;
  return causes;
}
