// The baseline of the benchmarks: a reference day played by a plain simulator in typed arrays, with one 4-ary heap for
// all events and one for the waiting tasks of each pool. It shares nothing with the engine, so that neither hides what
// the other does, and the tests hold both to the same answers. A ratio to it says on any machine how fast the engine
// is; therefore it is decent, and is left as it is.

import { type Csr, csrBy } from '../../shared/model/catalog.ts';
import type { DayAnswer, ReferenceDay } from '../../shared/model/reference-day.ts';
import { FourAryHeap } from './four-ary-heap.ts';

const ENQUEUE = 0;
const FINISH = 1;
const PUBLISH = 2;
/** An event's payload is its task times 4, plus its kind. */
const KIND_BITS = 2;
const KIND_MASK = 3;
/** A waiting task's key is its priority's rank times this, plus its enqueue time. */
const TIME_SPAN = 1_073_741_824;

export class HeapDay {
  readonly #day: ReferenceDay;
  readonly #afterFinish: Csr;
  readonly #afterPublish: Csr;
  readonly #upstreamCount: Int32Array;
  /** 0 for the highest priority. */
  readonly #priorityRank: Int32Array;
  readonly #pending: Int32Array;
  readonly #readyMs: Int32Array;
  readonly #startMs: Int32Array;
  readonly #free: Int32Array;
  readonly #events = new FourAryHeap();
  readonly #waiting: FourAryHeap[];

  constructor(day: ReferenceDay) {
    const { taskCount, depKind, depTask, depUpstream } = day;
    this.#day = day;
    const ofKind = (column: Int32Array, kind: number): Int32Array => column.filter((_, i) => depKind[i] === kind);
    this.#afterFinish = csrBy(ofKind(depUpstream, 0), ofKind(depTask, 0), taskCount);
    this.#afterPublish = csrBy(ofKind(depUpstream, 1), ofKind(depTask, 1), taskCount);
    this.#upstreamCount = new Int32Array(taskCount);
    for (const task of depTask) this.#upstreamCount[task]++;
    const ranks = new Map([...new Set(day.priority)].sort((a, b) => b - a).map((priority, rank) => [priority, rank]));
    this.#priorityRank = day.priority.map((priority) => ranks.get(priority) as number);
    this.#pending = new Int32Array(taskCount);
    this.#readyMs = new Int32Array(taskCount);
    this.#startMs = new Int32Array(taskCount);
    this.#free = new Int32Array(day.poolSlots.length);
    this.#waiting = Array.from(day.poolSlots, () => new FourAryHeap());
  }

  play(): void {
    const { dispatchMs, releaseMs, poolSlots } = this.#day;
    this.#pending.set(this.#upstreamCount);
    this.#readyMs.set(releaseMs);
    this.#free.set(poolSlots);
    for (let task = 0; task < releaseMs.length; task++) {
      if (this.#pending[task] === 0) this.#schedule(releaseMs[task] + dispatchMs, task, ENQUEUE);
    }
    const events = this.#events;
    while (events.size > 0) {
      const nowMs = events.topKey;
      while (events.size > 0 && events.topKey === nowMs) this.#happen(events.pop(), nowMs);
      for (let pool = 0; pool < this.#free.length; pool++) this.#grant(pool, nowMs);
    }
  }

  answer(): DayAnswer {
    const { durationMs, finalizeMs } = this.#day;
    const finishMs = this.#startMs.map((startMs, task) => startMs + durationMs[task]);
    const finalMs = finishMs.map((finish, task) => finish + finalizeMs[task]);
    return { readyMs: this.#readyMs.slice(), startMs: this.#startMs.slice(), finishMs, finalMs };
  }

  #schedule(timeMs: number, task: number, kind: number): void {
    this.#events.push(timeMs, (task << KIND_BITS) | kind);
  }

  #happen(event: number, nowMs: number): void {
    const task = event >> KIND_BITS;
    const { pool, finalizeMs, publishMs } = this.#day;
    switch (event & KIND_MASK) {
      case ENQUEUE:
        this.#waiting[pool[task]].push(this.#priorityRank[task] * TIME_SPAN + nowMs, task);
        break;
      case FINISH:
        this.#free[pool[task]]++;
        this.#letGo(this.#afterFinish, task, nowMs);
        if (this.#afterPublish.offsets[task] < this.#afterPublish.offsets[task + 1]) {
          this.#schedule(nowMs + finalizeMs[task] + publishMs, task, PUBLISH);
        }
        break;
      default:
        this.#letGo(this.#afterPublish, task, nowMs);
    }
  }

  #letGo({ offsets, values }: Csr, upstream: number, nowMs: number): void {
    for (let i = offsets[upstream]; i < offsets[upstream + 1]; i++) {
      const task = values[i];
      if (--this.#pending[task] > 0) continue;
      const readyMs = Math.max(this.#readyMs[task], nowMs);
      this.#readyMs[task] = readyMs;
      this.#schedule(readyMs + this.#day.dispatchMs, task, ENQUEUE);
    }
  }

  #grant(pool: number, nowMs: number): void {
    const waiting = this.#waiting[pool];
    while (this.#free[pool] > 0 && waiting.size > 0) {
      const task = waiting.pop();
      this.#free[pool]--;
      this.#startMs[task] = nowMs;
      this.#schedule(nowMs + this.#day.durationMs[task], task, FINISH);
    }
  }
}
