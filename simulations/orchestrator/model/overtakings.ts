// Who was overtaken while it waited for a slot, and when first: one of a higher priority came into its pool later and took
// a slot before it did. Derived from when each attempt came and was granted its slot, when a log is made: for plays in
// which nobody waits for anything but one slot of its pool (ModelParts.tellsOvertaken says which).
// Attempts are taken from the last that came to the first; a tree of least values over the queues of each pool (P. Fenwick,
// "A new data structure for cumulative frequency tables", 1994) says when the first of those before it was granted.

import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';
import { orderByNumber } from '../../../shared/base/order-by-number.ts';
import { numberQueues, type QueueIds } from '../../engine/queue-ids.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import type { ModelTimes } from './model-times.ts';
import { type Trace, TraceStep } from './trace.ts';

/** By attempt that came into its queue; of who was never granted a slot, that time is NaN. */
class Waits {
  readonly taskRun = new GrowableInt32();
  readonly attempt = new GrowableInt32();
  readonly cameMs = new GrowableFloat64();
  readonly grantedMs = new GrowableFloat64();

  add(taskRun: number, attempt: number, cameMs: number, grantedMs: number): number {
    this.taskRun.push(taskRun);
    this.attempt.push(attempt);
    this.cameMs.push(cameMs);
    return this.grantedMs.push(grantedMs);
  }
}

export class Overtakings {
  /** By attempt, as #key has it. */
  readonly #sinceMs = new Map<number, number>();
  readonly #taskRuns: number;

  /** As of a play in which nobody was overtaken. */
  constructor(taskRuns: number) {
    this.#taskRuns = taskRuns;
  }

  /** `trace`: of a play of the plan, which found these times. */
  static of({ definitions, taskRuns }: RunPlan, times: Times, trace: Trace): Overtakings {
    const found = new Overtakings(taskRuns.count);
    const waits = waitsOf(taskRuns.count, times, trace);
    const pool = taskRuns.task.map((task) => definitions.pool[task]);
    const priority = taskRuns.task.map((task) => definitions.priority[task]);
    const { ids, queue } = numberQueues(pool, priority, definitions.poolSlots.length);
    found.#find(waits, ids, queue);
    return found;
  }

  /** Since when an attempt waited for others of a higher priority, who came later; NaN where it did not. */
  sinceMs(taskRun: number, attempt: number): number {
    return this.#sinceMs.get(this.#key(taskRun, attempt)) ?? Number.NaN;
  }

  #find({ taskRun, attempt, cameMs, grantedMs }: Waits, ids: QueueIds, queue: Int32Array): void {
    const granted = new FirstGrants(ids);
    const order = orderByNumber(cameMs.finish());
    let last = order.length;
    while (last > 0) {
      // Those that came at one instant do not overtake each other.
      let first = last - 1;
      while (first > 0 && cameMs.at(order[first - 1]) === cameMs.at(order[first])) first--;
      for (let i = first; i < last; i++) {
        const wait = order[i];
        const sinceMs = granted.before(queue[taskRun.at(wait)]);
        if (sinceMs !== Number.POSITIVE_INFINITY && !(sinceMs >= grantedMs.at(wait)))
          this.#sinceMs.set(this.#key(taskRun.at(wait), attempt.at(wait)), sinceMs);
      }
      for (let i = first; i < last; i++) granted.add(queue[taskRun.at(order[i])], grantedMs.at(order[i]));
      last = first;
    }
  }

  #key(taskRun: number, attempt: number): number {
    return taskRun + attempt * this.#taskRuns;
  }
}

type Times = Pick<ModelTimes, 'enqueuedMs' | 'grantedMs'>;

/** First attempts from the times of their play; of others the trace tells when they came, and what followed. */
function waitsOf(taskRuns: number, { enqueuedMs, grantedMs }: Times, trace: Trace): Waits {
  const waits = new Waits();
  for (let i = 0; i < taskRuns; i++) if (!Number.isNaN(enqueuedMs[i])) waits.add(i, 1, enqueuedMs[i], grantedMs[i]);
  /** By task run: its later attempt that waits. */
  const waiting = new Map<number, number>();
  trace.forEach((kind, taskRun, attempt, timeMs) => {
    if (kind === TraceStep.queued && attempt > 1) waiting.set(taskRun, waits.add(taskRun, attempt, timeMs, Number.NaN));
    else if (attempt > 1 && waiting.has(taskRun)) {
      waits.grantedMs.set(waiting.get(taskRun) as number, timeMs);
      waiting.delete(taskRun);
    }
  });
  return waits;
}

/** By queue, when the first of those that were added was granted its slot: the least of all queues of its pool before it. */
class FirstGrants {
  readonly #ids: QueueIds;
  readonly #leastMs: Float64Array;

  constructor(ids: QueueIds) {
    this.#ids = ids;
    this.#leastMs = new Float64Array(ids.queueCount).fill(Number.POSITIVE_INFINITY);
  }

  /** `grantedMs`: NaN for never. */
  add(queue: number, grantedMs: number): void {
    const { poolOf, firstQueue, queueCount } = this.#ids;
    const pool = poolOf[queue];
    const from = firstQueue[pool] - 1;
    const size = (firstQueue[pool + 1] ?? queueCount) - firstQueue[pool];
    for (let at = queue - from; at <= size; at += at & -at)
      if (grantedMs < this.#leastMs[from + at]) this.#leastMs[from + at] = grantedMs;
  }

  /** Infinity for never. */
  before(queue: number): number {
    const { poolOf, firstQueue } = this.#ids;
    const from = firstQueue[poolOf[queue]] - 1;
    let leastMs = Number.POSITIVE_INFINITY;
    for (let at = queue - from - 1; at > 0; at -= at & -at) leastMs = Math.min(leastMs, this.#leastMs[from + at]);
    return leastMs;
  }
}
