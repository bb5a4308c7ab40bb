// Pools whose task runs may take several slots, and the task runs that wait for them: a list for each (pool, priority) in
// order of (enqueued, task run). A free slot goes to the first that fits: whoever needs more slots than are free, or whom
// a limit holds back, is passed over (as Airflow's scheduler does), so wide tasks can wait long beside narrow ones.
// Limits: passing over is a walk along the list.

import { BitTree } from '../../engine/bit-tree.ts';
import type { QueueIds } from '../../engine/queue-ids.ts';
import { NO_ROW, ROW_INTS, ROW_NEXT, ROW_SINCE } from '../../engine/rows.ts';
import { ROW_QUEUE, ROW_SLOTS } from './model-rows.ts';
import type { PoolMeter } from './pool-meter.ts';
import type { TokenLimits } from './token-limits.ts';

/** Of an instant. */
const NEVER = 2_147_483_647;

/** More than any pool has. */
const CLOSED = 1_073_741_824;

/** Who is told that a row was passed over, because its pool or a limit holds it back; and that one of a higher priority that came later took slots that it could have had. */
export interface WaitListener {
  /** It is about to wait. */
  comes(row: number): void;
  held(row: number, byPool: boolean): void;
  overtaken(row: number): void;
}

export class WaitingLists {
  /** Set while a play is traced. */
  listener: WaitListener | null = null;
  readonly #rows: Int32Array;
  readonly #ids: QueueIds;
  readonly #slots: Int32Array;
  readonly #limits: TokenLimits;
  readonly #meter: PoolMeter;
  readonly #free: Int32Array;
  readonly #fullMs: Float64Array;
  readonly #freedMs: Float64Array;
  readonly #waiting: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** By list: the first row that was not told yet that it was overtaken. */
  readonly #untold: Int32Array;
  /** Its ROW_SINCE; and by pool, no later than the earliest. All are kept only while somebody listens. */
  readonly #untoldSince: Int32Array;
  readonly #earliestUntold: Int32Array;
  readonly #filled: BitTree;
  /** Pools that `grant` looks at. */
  readonly #stack: Int32Array;
  readonly #isStacked: Uint8Array;
  #stackSize = 0;

  constructor(rows: Int32Array, ids: QueueIds, slots: Int32Array, limits: TokenLimits, meter: PoolMeter) {
    this.#rows = rows;
    this.#ids = ids;
    this.#slots = slots;
    this.#limits = limits;
    this.#meter = meter;
    this.#free = slots.slice();
    this.#fullMs = new Float64Array(slots.length);
    this.#freedMs = new Float64Array(slots.length).fill(Number.NaN);
    this.#waiting = new Int32Array(slots.length);
    this.#first = new Int32Array(ids.queueCount).fill(NO_ROW);
    this.#last = new Int32Array(ids.queueCount).fill(NO_ROW);
    this.#untold = new Int32Array(ids.queueCount).fill(NO_ROW);
    this.#untoldSince = new Int32Array(ids.queueCount);
    this.#earliestUntold = new Int32Array(slots.length);
    this.#filled = new BitTree(ids.queueCount + 1);
    this.#stack = new Int32Array(slots.length);
    this.#isStacked = new Uint8Array(slots.length);
  }

  clear(): void {
    this.#free.set(this.#slots);
    this.#fullMs.fill(0);
    this.#freedMs.fill(Number.NaN);
    this.#waiting.fill(0);
    this.#first.fill(NO_ROW);
    this.#last.fill(NO_ROW);
    this.#untold.fill(NO_ROW);
    this.#untoldSince.fill(NEVER);
    this.#earliestUntold.fill(NEVER);
    this.#filled.clear();
    this.#isStacked.fill(0);
    this.#stackSize = 0;
  }

  get mayGrant(): boolean {
    return this.#stackSize > 0;
  }

  poolOf(row: number): number {
    return this.#ids.poolOf[this.#rows[row + ROW_QUEUE]];
  }

  wait(row: number, nowMs: number): void {
    const queue = this.#rows[row + ROW_QUEUE];
    const pool = this.#ids.poolOf[queue];
    this.#meter.change(pool, nowMs, 1, 0);
    this.#waiting[pool]++;
    if (this.#free[pool] > 0) this.#look(pool);
    this.#insert(row, queue);
  }

  /** Someone waits for this pool elsewhere, or no longer does. */
  countWaiting(row: number, nowMs: number, change: number): void {
    this.#meter.change(this.poolOf(row), nowMs, change, 0);
  }

  /** Since when a pool has had no free slot, told while somebody listens; what is given back and taken at one instant is no break. */
  fullSinceMs(pool: number, nowMs: number): number {
    return this.#free[pool] === 0 ? this.#fullMs[pool] : nowMs;
  }

  /** Takes slots at once for a row that waits in no list of this. */
  takeFree(row: number, nowMs: number): boolean {
    const pool = this.poolOf(row);
    if (!this.#fits(row, this.#free[pool])) return false;
    this.#take(row, pool, nowMs);
    return true;
  }

  /** Takes slots that may not be free: what is observed to run has them. */
  takeAnyway(row: number, nowMs: number): void {
    this.#take(row, this.poolOf(row), nowMs);
  }

  /** From the start of a play until it is opened again nobody is granted anything. */
  close(): void {
    for (let pool = 0; pool < this.#free.length; pool++) this.#free[pool] -= CLOSED;
  }

  reopen(): void {
    for (let pool = 0; pool < this.#free.length; pool++) {
      this.#free[pool] += CLOSED;
      if (this.#waiting[pool] > 0) this.#look(pool);
    }
  }

  giveBack(row: number, nowMs: number): void {
    const slots = this.#rows[row + ROW_SLOTS];
    const pool = this.poolOf(row);
    this.#meter.change(pool, nowMs, 0, -slots);
    this.#free[pool] += slots;
    if (this.listener !== null) this.#freedMs[pool] = nowMs;
    if (this.#limits.isBinding) {
      this.#limits.giveBack(row / ROW_INTS, nowMs);
      for (let other = 0; other < this.#waiting.length; other++) if (this.#waiting[other] > 0) this.#look(other);
    } else if (this.#waiting[pool] > 0) this.#look(pool);
  }

  /** The next row that gets its slots, or NO_ROW when nobody can have any. */
  grant(nowMs: number): number {
    while (this.#stackSize > 0) {
      const pool = this.#stack[this.#stackSize - 1];
      const row = this.#free[pool] > 0 && this.#waiting[pool] > 0 ? this.#takeFirst(pool) : NO_ROW;
      if (row >= 0) {
        this.#waiting[pool]--;
        this.#meter.change(pool, nowMs, -1, 0);
        if (this.listener !== null) this.#listenToGrant(this.listener, row, pool);
        this.#take(row, pool, nowMs);
        return row;
      }
      this.#isStacked[pool] = 0;
      this.#stackSize--;
    }
    return NO_ROW;
  }

  /** Whoever is left may have been overtaken, if somebody is left who came before. */
  #listenToGrant(listener: WaitListener, row: number, pool: number): void {
    if (this.#waiting[pool] === 0) this.#earliestUntold[pool] = NEVER;
    else if (this.#earliestUntold[pool] < this.#rows[row + ROW_SINCE]) this.#tellOvertaken(listener, row, pool);
  }

  /** Each row is told once: those told stand at the front of their list. */
  #tellOvertaken(listener: WaitListener, by: number, pool: number): void {
    const rows = this.#rows;
    const { poolOf, firstQueue } = this.#ids;
    const free = this.#free[pool];
    const since = rows[by + ROW_SINCE];
    let earliest = NEVER;
    let queue = this.#filled.nextFrom(firstQueue[pool]);
    for (; queue >= 0 && poolOf[queue] === pool; queue = this.#filled.nextFrom(queue + 1)) {
      if (queue > rows[by + ROW_QUEUE] && this.#untoldSince[queue] < since) {
        let row = this.#untold[queue];
        for (; row >= 0 && rows[row + ROW_SINCE] < since; row = rows[row + ROW_NEXT])
          if (rows[row + ROW_SLOTS] <= free) listener.overtaken(row);
        this.#setUntold(queue, row);
      }
      earliest = Math.min(earliest, this.#untoldSince[queue]);
    }
    this.#earliestUntold[pool] = earliest;
  }

  /** A row comes into a list. */
  #keepUntold(queue: number, row: number): void {
    if (this.#untold[queue] < 0) this.#setUntold(queue, row);
    const pool = this.#ids.poolOf[queue];
    this.#earliestUntold[pool] = Math.min(this.#earliestUntold[pool], this.#rows[row + ROW_SINCE]);
  }

  #setUntold(queue: number, row: number): void {
    this.#untold[queue] = row;
    this.#untoldSince[queue] = row < 0 ? NEVER : this.#rows[row + ROW_SINCE];
  }

  #take(row: number, pool: number, nowMs: number): void {
    const slots = this.#rows[row + ROW_SLOTS];
    this.#free[pool] -= slots;
    if (this.listener !== null && this.#free[pool] === 0 && this.#freedMs[pool] !== nowMs) this.#fullMs[pool] = nowMs;
    this.#meter.change(pool, nowMs, 0, slots);
    if (this.#limits.isBinding) this.#limits.take(row / ROW_INTS, nowMs);
  }

  #look(pool: number): void {
    if (this.#isStacked[pool] !== 0) return;
    this.#isStacked[pool] = 1;
    this.#stack[this.#stackSize++] = pool;
  }

  /** At the end, but for rows enqueued at one instant in several rounds. */
  #insert(row: number, queue: number): void {
    const rows = this.#rows;
    const last = this.#last[queue];
    if (this.listener !== null) {
      this.listener.comes(row);
      this.#keepUntold(queue, row);
    }
    if (last < 0) {
      this.#first[queue] = row;
      this.#last[queue] = row;
      rows[row + ROW_NEXT] = NO_ROW;
      this.#filled.add(queue);
    } else if (this.#isBefore(last, row)) {
      rows[last + ROW_NEXT] = row;
      rows[row + ROW_NEXT] = NO_ROW;
      this.#last[queue] = row;
    } else this.#insertInside(row, queue);
  }

  #insertInside(row: number, queue: number): void {
    const rows = this.#rows;
    let before = NO_ROW;
    let after = this.#first[queue];
    while (this.#isBefore(after, row)) {
      before = after;
      after = rows[after + ROW_NEXT];
    }
    rows[row + ROW_NEXT] = after;
    if (before < 0) this.#first[queue] = row;
    else rows[before + ROW_NEXT] = row;
  }

  #isBefore(one: number, other: number): boolean {
    const since = this.#rows[one + ROW_SINCE];
    const otherSince = this.#rows[other + ROW_SINCE];
    return since < otherSince || (since === otherSince && one < other);
  }

  #takeFirst(pool: number): number {
    const { firstQueue, poolOf } = this.#ids;
    for (
      let queue = this.#filled.nextFrom(firstQueue[pool]);
      queue >= 0 && poolOf[queue] === pool;
      queue = this.#filled.nextFrom(queue + 1)
    ) {
      const row = this.#takeFitting(queue, this.#free[pool]);
      if (row >= 0) return row;
    }
    return NO_ROW;
  }

  #takeFitting(queue: number, free: number): number {
    const rows = this.#rows;
    let before = NO_ROW;
    for (let row = this.#first[queue]; row >= 0; row = rows[row + ROW_NEXT]) {
      if (this.#fits(row, free)) {
        this.#unlink(queue, before, row);
        return row;
      }
      before = row;
    }
    return NO_ROW;
  }

  #fits(row: number, free: number): boolean {
    const hasSlots = this.#rows[row + ROW_SLOTS] <= free;
    if (hasSlots && (!this.#limits.isBinding || this.#limits.allows(row / ROW_INTS))) return true;
    if (this.listener !== null) this.listener.held(row, !hasSlots);
    return false;
  }

  #unlink(queue: number, before: number, row: number): void {
    const after = this.#rows[row + ROW_NEXT];
    if (this.listener !== null && this.#untold[queue] === row) this.#setUntold(queue, after);
    if (before < 0) this.#first[queue] = after;
    else this.#rows[before + ROW_NEXT] = after;
    if (after < 0) this.#last[queue] = before;
    if (this.#first[queue] < 0) this.#filled.remove(queue);
  }
}
