// Plays a reference day (REFERENCE_DAY) exactly: pools, two kinds of dependency, publish and dispatch delays, and one
// rule for what happens at once: all events of a timestamp first, then grants; grants of zero-length tasks make a
// further round at the same timestamp. Deterministic; every right answer is the same to the byte.
// Limits: every event below 2^30 ms.

import type { DayAnswer, ReferenceDay } from '../../shared/model/reference-day.ts';
import { OutOfTimeError } from '../engine/event-queue.ts';
import { DelayLane, SortedLane } from '../engine/lanes.ts';
import { RowBatch } from '../engine/row-batch.ts';
import { FOREVER_MS, ROW_INTS, ROW_SINCE, ROW_TIME } from '../engine/rows.ts';
import { SlotPools } from '../engine/slot-pools.ts';
import { TimingWheel } from '../engine/timing-wheel.ts';

import { beyondRange, checkDay, cycleRefusal, DayRefusedError } from './reference-day-check.ts';
import {
  type DayPlan,
  planDay,
  ROW_LETS,
  ROW_PENDING,
  ROW_QUEUE,
  ROW_RELEASE,
  ROW_SPAN,
} from './reference-day-plan.ts';

export { DayRefusedError } from './reference-day-check.ts';
export { type DaySummary, summarizeDay } from './reference-day-summary.ts';

export interface DayPlayer {
  /**
   * The event loop alone, from the start; any number of times. `durationMs`: by task, instead of the day's own, each
   * below 2^30. Throws DayRefusedError: a cycle, or an end past 2^30 ms.
   */
  play(durationMs?: Int32Array): void;
  /** The times of the last play, as new columns. */
  answer(): DayAnswer;
  /** The same into columns that are there already. */
  timesInto(times: DayTimes): void;
  /** Of one play: 2 x tasks (enqueue, finish) + the publishes that somebody waits for. */
  readonly events: number;
  /** The largest final time of the last play. */
  readonly makespanMs: number;
}

/** By task. */
export interface DayTimes {
  readonly readyMs: Float64Array;
  readonly startMs: Float64Array;
  readonly finishMs: Float64Array;
}

/** Builds all that a play needs. Throws DayRefusedError for a day that cannot be played. */
export function createDayPlayer(day: ReferenceDay): DayPlayer {
  checkDay(day);
  return new RowPlayer(day);
}

class RowPlayer implements DayPlayer {
  readonly events: number;
  readonly #day: ReferenceDay;
  readonly #plan: DayPlan;
  readonly #rows: Int32Array;
  readonly #lets: Int32Array;
  readonly #tasksEnd: number;
  readonly #dispatchMs: number;
  readonly #queue: TimingWheel;
  readonly #sources: SortedLane;
  readonly #dispatched = new DelayLane();
  readonly #pools: SlotPools;
  readonly #arrivals = new RowBatch();
  #started = 0;

  constructor(day: ReferenceDay) {
    const plan = planDay(day);
    this.#day = day;
    this.#plan = plan;
    this.#rows = plan.rows;
    this.#lets = plan.lets;
    this.#tasksEnd = plan.tasksEnd;
    this.#dispatchMs = day.dispatchMs;
    this.#queue = new TimingWheel(plan.rows, slotShift(day));
    this.#sources = new SortedLane(plan.sources, plan.sourceEnqueueMs);
    this.#pools = new SlotPools(plan.rows, plan.queues, day.poolSlots);
    this.events = 2 * day.taskCount + plan.publishTasks.length;
  }

  get makespanMs(): number {
    const { finalizeMs } = this.#day;
    let makespanMs = 0;
    for (let task = 0; task < finalizeMs.length; task++) {
      makespanMs = Math.max(makespanMs, this.#rows[task * ROW_INTS + ROW_TIME] + finalizeMs[task]);
    }
    return makespanMs;
  }

  answer(): DayAnswer {
    const { taskCount, finalizeMs } = this.#day;
    const readyMs = new Int32Array(taskCount);
    const startMs = new Int32Array(taskCount);
    const finishMs = new Int32Array(taskCount);
    const finalMs = new Int32Array(taskCount);
    for (let task = 0; task < taskCount; task++) {
      const row = task * ROW_INTS;
      const finish = this.#rows[row + ROW_TIME];
      readyMs[task] = this.#rows[row + ROW_SINCE];
      startMs[task] = finish - this.#rows[row + ROW_SPAN];
      finishMs[task] = finish;
      finalMs[task] = finish + finalizeMs[task];
    }
    return { readyMs, startMs, finishMs, finalMs };
  }

  timesInto({ readyMs, startMs, finishMs }: DayTimes): void {
    const rows = this.#rows;
    for (let task = 0, row = 0; row < this.#tasksEnd; task++, row += ROW_INTS) {
      const finish = rows[row + ROW_TIME];
      readyMs[task] = rows[row + ROW_SINCE];
      startMs[task] = finish - rows[row + ROW_SPAN];
      finishMs[task] = finish;
    }
  }

  play(durationMs: Int32Array = this.#day.durationMs): void {
    this.#reset(durationMs);
    try {
      this.#run();
    } catch (error) {
      throw error instanceof OutOfTimeError ? this.#tooLate(error) : error;
    }
    if (this.#started < this.#day.taskCount) throw cycleRefusal(this.#day);
  }

  #reset(durationMs: Int32Array): void {
    const { upstreamCount } = this.#plan;
    for (let task = 0; task < upstreamCount.length; task++) {
      this.#rows[task * ROW_INTS + ROW_PENDING] = upstreamCount[task];
      this.#rows[task * ROW_INTS + ROW_SPAN] = durationMs[task];
    }
    this.#started = 0;
    this.#queue.clear();
    this.#sources.rewind();
    this.#dispatched.clear();
    this.#pools.clear();
    this.#arrivals.clear();
  }

  #run(): void {
    for (;;) {
      const laneMs = Math.min(this.#sources.nextMs, this.#dispatched.nextMs);
      const nowMs = Math.min(this.#queue.next(laneMs), laneMs);
      if (nowMs >= FOREVER_MS) return;
      while (this.#queue.next(nowMs) === nowMs) this.#happen(this.#queue.pop(), nowMs);
      this.#gatherArrivals(nowMs);
      if (this.#arrivals.size > 0) this.#admitArrivals(nowMs);
      while (this.#pools.mayGrant) {
        const row = this.#pools.grant();
        if (row >= 0) this.#start(row, nowMs);
      }
    }
  }

  /** A task that waited for its release alone is enqueued; or a task finishes, or its publish happens. */
  #happen(row: number, nowMs: number): void {
    const rows = this.#rows;
    if (row < this.#tasksEnd) {
      if (rows[row + ROW_PENDING] !== 0) {
        rows[row + ROW_PENDING] = 0;
        this.#arrivals.add(row);
        return;
      }
      this.#pools.giveBack(rows[row + ROW_QUEUE]);
    }
    const end = rows[row + ROW_INTS + ROW_LETS];
    for (let i = rows[row + ROW_LETS]; i < end; i++) this.#letGo(this.#lets[i], nowMs);
  }

  #letGo(row: number, nowMs: number): void {
    const rows = this.#rows;
    if (row >= this.#tasksEnd) {
      this.#queue.push(row, nowMs + rows[row + ROW_SPAN]);
      return;
    }
    const pending = rows[row + ROW_PENDING] - 1;
    if (pending > 0) {
      rows[row + ROW_PENDING] = pending;
      return;
    }
    const releaseMs = rows[row + ROW_RELEASE];
    if (releaseMs > nowMs) {
      rows[row + ROW_SINCE] = releaseMs;
      this.#queue.push(row, releaseMs + this.#dispatchMs);
    } else {
      rows[row + ROW_SINCE] = nowMs;
      this.#dispatched.push(row, nowMs + this.#dispatchMs);
      rows[row + ROW_PENDING] = 0;
    }
  }

  #gatherArrivals(nowMs: number): void {
    while (this.#sources.nextMs === nowMs) {
      const row = this.#sources.pop();
      this.#rows[row + ROW_SINCE] = nowMs - this.#dispatchMs;
      this.#arrivals.add(row);
    }
    while (this.#dispatched.nextMs === nowMs) this.#arrivals.add(this.#dispatched.pop());
  }

  /** Arrivals wait in order of their handles: queues take them in any order, but in that one they stay plain lists. */
  #admitArrivals(nowMs: number): void {
    const arrivals = this.#arrivals;
    const rows = this.#rows;
    if (arrivals.size === 1) {
      const row = arrivals.at(0);
      if (this.#pools.takeFree(rows[row + ROW_QUEUE])) this.#start(row, nowMs);
      else this.#pools.wait(row, rows[row + ROW_QUEUE]);
    } else {
      arrivals.sort();
      for (let i = 0; i < arrivals.size; i++) this.#pools.wait(arrivals.at(i), rows[arrivals.at(i) + ROW_QUEUE]);
    }
    arrivals.clear();
  }

  #start(row: number, nowMs: number): void {
    this.#started++;
    this.#queue.push(row, nowMs + this.#rows[row + ROW_SPAN]);
  }

  #tooLate({ row, timeMs }: OutOfTimeError): DayRefusedError {
    return new DayRefusedError(beyondRange(this.#nameEvent(row), timeMs));
  }

  #nameEvent(row: number): string {
    const id = row / ROW_INTS;
    const { taskCount } = this.#day;
    if (id >= taskCount) return `the publish of task ${this.#plan.publishTasks[id - taskCount]} would happen`;
    return this.#rows[row + ROW_PENDING] === 0 ? `task ${id} would finish` : `task ${id} would be enqueued`;
  }
}

/** How wide the queue's slots are: a quarter of the mean time between two of its rows, guessed beforehand, is best. */
function slotShift(day: ReferenceDay): number {
  const workMs = new Float64Array(day.poolSlots.length);
  let endMs = 0;
  for (let task = 0; task < day.taskCount; task++) {
    workMs[day.pool[task]] += day.durationMs[task];
    endMs = Math.max(endMs, day.releaseMs[task] + day.durationMs[task]);
  }
  for (let pool = 0; pool < workMs.length; pool++) {
    if (workMs[pool] > 0) endMs = Math.max(endMs, workMs[pool] / day.poolSlots[pool]);
  }
  const widthMs = Math.min(endMs, FOREVER_MS) / (4 * day.taskCount);
  return widthMs >= 1 ? Math.min(15, 31 - Math.clz32(widthMs)) : 0;
}
