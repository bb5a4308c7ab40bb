// The scheduler's loop: it examines a batch from the front of what is scheduled (in order of arrival), by priority among
// the batch alone, and starts what pools and limits allow. The rest stays at the front: a batch full of what cannot start
// hides all behind it. What a loop starts, it starts at its beginning; its cost delays the next one.
// A loop that found nothing to do sleeps; one that costs nothing comes every idle time. Loops that would find nothing
// again are not played one by one: the next comes on their grid when something has happened.

import type { SchedulerLoop } from '../../../shared/scenario/scenario.ts';
import { NO_ROW, ROW_INTS, ROW_NEXT, ROW_SINCE } from '../../engine/rows.ts';
import type { WaitingLists, WaitListener } from './waiting-lists.ts';

const NEVER = Number.POSITIVE_INFINITY;
/** Up to here, putting each into its place is faster than a sort. */
const SHORT_BATCH = 64;

/** What else a loop does. */
export interface LoopWork {
  /** Runs to create and to examine; true when it did something. */
  beforeBatch(): boolean;
  /** The row has its slots. */
  start(row: number): void;
  /** Pods to make; true when it did something. */
  afterBatch(): boolean;
}

export class SchedulerLoops {
  /** When the next loop comes, or Infinity while nothing has happened that one could act on. */
  nextMs = 0;
  readonly #loop: SchedulerLoop;
  readonly #rows: Int32Array;
  readonly #pools: WaitingLists;
  readonly #priority: Int32Array;
  readonly #batch: Int32Array;
  readonly #started: Int32Array;
  readonly #isStarted: Uint8Array;
  /** By scheduler: its last loop, what follows it, and whether only news can wake it. */
  readonly #lastMs: Float64Array;
  readonly #periodMs: Float64Array;
  readonly #asleep: Uint8Array;
  #first = NO_ROW;
  #last = NO_ROW;
  #arrived = 0;

  /** `priority`: by task run. */
  constructor(loop: SchedulerLoop, rows: Int32Array, pools: WaitingLists, priority: Int32Array) {
    this.#loop = loop;
    this.#rows = rows;
    this.#pools = pools;
    this.#priority = priority;
    const batch = Math.min(loop.batchTasks, priority.length);
    this.#batch = new Int32Array(batch);
    this.#started = new Int32Array(batch);
    this.#isStarted = new Uint8Array(priority.length);
    this.#lastMs = new Float64Array(loop.schedulers);
    this.#periodMs = new Float64Array(loop.schedulers);
    this.#asleep = new Uint8Array(loop.schedulers);
    this.clear();
  }

  clear(): void {
    this.#first = NO_ROW;
    this.#last = NO_ROW;
    this.#arrived = 0;
    this.#isStarted.fill(0);
    this.#lastMs.fill(0);
    this.#periodMs.fill(0);
    this.#asleep.fill(0);
    this.nextMs = 0;
  }

  add(row: number, nowMs: number): void {
    this.#rows[row + ROW_NEXT] = NO_ROW;
    if (this.#last < 0) this.#first = row;
    else this.#rows[this.#last + ROW_NEXT] = row;
    this.#last = row;
    this.#arrived++;
    this.#isStarted[row / ROW_INTS] = 0;
    this.#pools.listener?.comes(row);
    this.#pools.countWaiting(row, nowMs, 1);
  }

  /** Something has happened: sleeping schedulers look at the next time of their grid. */
  wake(nowMs: number): void {
    for (let s = 0; s < this.#asleep.length; s++) {
      if (this.#asleep[s] === 0) continue;
      const period = this.#periodMs[s];
      const loops = period > 0 ? Math.max(1, Math.ceil((nowMs - this.#lastMs[s]) / period)) : 0;
      this.#asleep[s] = 0;
      this.#periodMs[s] = period > 0 ? loops * period : nowMs - this.#lastMs[s];
    }
    this.#setNext();
  }

  /** The loop of every scheduler whose time has come. */
  run(nowMs: number, work: LoopWork): void {
    for (let s = 0; s < this.#asleep.length; s++) {
      if (this.#asleep[s] !== 0 || this.#lastMs[s] + this.#periodMs[s] > nowMs) continue;
      let did = work.beforeBatch();
      const considered = this.#fillBatch();
      const started = this.#startBatch(considered, nowMs);
      for (let i = 0; i < started; i++) work.start(this.#started[i]);
      did = work.afterBatch() || did || started > 0;
      this.#goOn(s, nowMs, considered, did);
    }
    this.#setNext();
  }

  #goOn(scheduler: number, nowMs: number, considered: number, did: boolean): void {
    const { fixedMs, perTaskMs, growthMs, idleMs } = this.#loop;
    const costMs = fixedMs + perTaskMs * considered + growthMs * Math.floor(this.#arrived / 1_000);
    const periodMs = costMs === 0 ? idleMs : did ? costMs : costMs + idleMs;
    this.#lastMs[scheduler] = nowMs;
    this.#periodMs[scheduler] = periodMs === 0 ? 0 : Math.max(1, Math.round(periodMs));
    this.#asleep[scheduler] = did ? 0 : 1;
  }

  #setNext(): void {
    let next = NEVER;
    for (let s = 0; s < this.#asleep.length; s++)
      if (this.#asleep[s] === 0) next = Math.min(next, this.#lastMs[s] + this.#periodMs[s]);
    this.nextMs = next;
  }

  /** How many it considers. */
  #fillBatch(): number {
    let size = 0;
    for (let row = this.#first; row >= 0 && size < this.#batch.length; row = this.#rows[row + ROW_NEXT])
      this.#batch[size++] = row;
    this.#sortByPriority(size);
    return size;
  }

  /** How many got their slots; they stand in `#started` and no longer in the list. */
  #startBatch(size: number, nowMs: number): number {
    let started = 0;
    for (let i = 0; i < size; i++) {
      const row = this.#batch[i];
      if (!this.#pools.takeFree(row, nowMs)) {
        if (started > 0 && this.#pools.listener !== null) this.#tellOvertaken(this.#pools.listener, row, started);
        continue;
      }
      this.#pools.countWaiting(row, nowMs, -1);
      this.#isStarted[row / ROW_INTS] = 1;
      this.#started[started++] = row;
    }
    if (started > 0) this.#unlinkStarted(size);
    return started;
  }

  /** Whoever was started before it in this loop has a higher priority, or came earlier. */
  #tellOvertaken(listener: WaitListener, row: number, started: number): void {
    const pool = this.#pools.poolOf(row);
    for (let i = 0; i < started; i++) {
      const by = this.#started[i];
      if (this.#priority[by / ROW_INTS] <= this.#priority[row / ROW_INTS]) return;
      if (this.#pools.poolOf(by) !== pool || this.#rows[by + ROW_SINCE] <= this.#rows[row + ROW_SINCE]) continue;
      listener.overtaken(row);
      return;
    }
  }

  /** Stable, as sort is; batches are short, or whole backlogs. */
  #sortByPriority(size: number): void {
    const batch = this.#batch;
    const priority = (row: number): number => this.#priority[row / ROW_INTS];
    let sorted = true;
    for (let i = 1; i < size && sorted; i++) sorted = priority(batch[i - 1]) >= priority(batch[i]);
    if (sorted) return;
    if (size > SHORT_BATCH) batch.subarray(0, size).sort((a, b) => priority(b) - priority(a));
    else this.#insertByPriority(size);
  }

  /** Stable, too, and makes nothing. */
  #insertByPriority(size: number): void {
    const batch = this.#batch;
    for (let i = 1; i < size; i++) {
      const row = batch[i];
      const priority = this.#priority[row / ROW_INTS];
      let at = i;
      for (; at > 0 && this.#priority[batch[at - 1] / ROW_INTS] < priority; at--) batch[at] = batch[at - 1];
      batch[at] = row;
    }
  }

  #unlinkStarted(considered: number): void {
    let before = NO_ROW;
    let row = this.#first;
    for (let i = 0; i < considered; i++) {
      const after = this.#rows[row + ROW_NEXT];
      if (this.#isStarted[row / ROW_INTS] === 0) before = row;
      else if (before < 0) this.#first = after;
      else this.#rows[before + ROW_NEXT] = after;
      row = after;
    }
    if (row < 0) this.#last = before;
  }
}
