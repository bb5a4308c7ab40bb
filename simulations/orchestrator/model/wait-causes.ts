// What holds back those who wait for slots, told to a trace: whenever the set of causes that bind a task run changes, and
// only then. Who is looked at and passed over again and again for the same causes costs no row.
// Nobody calls this when no trace is wanted.

import { ROW_INTS, ROW_TIME } from '../../engine/rows.ts';
import { Cause } from './causes.ts';
import { ROW_ATTEMPT } from './model-rows.ts';
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
/** Of a row that waits for slots, which stands in no event queue then and is linked by ROW_NEXT alone: the causes told last, as bits. */
const ROW_TOLD = ROW_TIME;

/** As the player knows them. */
interface WaitFacts {
  nowMs(): number;
  /** Since when the row's present attempt has been in its queue. */
  enqueuedMs(row: number): number;
}

export class WaitCauses implements WaitListener {
  readonly #rows: Int32Array;
  readonly #pools: WaitingLists;
  readonly #limits: TokenLimits;
  readonly #facts: WaitFacts;
  #trace: Trace | null = null;

  constructor(rows: Int32Array, pools: WaitingLists, limits: TokenLimits, facts: WaitFacts) {
    this.#rows = rows;
    this.#pools = pools;
    this.#limits = limits;
    this.#facts = facts;
  }

  /** Of a play that begins. */
  tellTo(trace: Trace): this {
    this.#trace = trace;
    return this;
  }

  comes(row: number): void {
    this.#rows[row + ROW_TOLD] = 0;
  }

  /** What binds it now, and since when; whoever was overtaken would have had its slots by now. */
  held(row: number, byPool: boolean): void {
    const told = this.#rows[row + ROW_TOLD];
    const isOvertaken = (told & PRIORITY) !== 0;
    const held = this.#limits.isBinding ? this.#limits.heldBits(row / ROW_INTS) : 0;
    const byPools = byPool ? (isOvertaken ? PRIORITY : POOL) : 0;
    const causes = held === 0 ? byPools : byPools | causesOf(held);
    if (causes !== told) this.#tellHeld(row, causes, byPool, isOvertaken, held);
  }

  #tellHeld(row: number, causes: number, byPool: boolean, isOvertaken: boolean, held: number): void {
    const taskRun = row / ROW_INTS;
    const attempt = this.#rows[row + ROW_ATTEMPT];
    this.#rows[row + ROW_TOLD] = causes;
    if (byPool) this.#tellPool(row, attempt, isOvertaken);
    for (const [bit, cause] of HELD_CAUSES)
      if ((held & bit) !== 0) this.#tell(row, attempt, cause, this.#limits.fullSinceMs(taskRun, bit));
    this.#trace?.add(TraceStep.settled, taskRun, attempt);
  }

  overtaken(row: number): void {
    if (this.#rows[row + ROW_TOLD] === PRIORITY) return;
    this.#rows[row + ROW_TOLD] = PRIORITY;
    this.#trace?.add(TraceStep.overtaken, row / ROW_INTS, this.#rows[row + ROW_ATTEMPT]);
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
