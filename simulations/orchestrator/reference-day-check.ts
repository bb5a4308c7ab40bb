// Refuses a day that cannot be played, before it is: what an importer has let through, or a generator has made.

import { findCycle } from '../../shared/model/cycle.ts';
import { DAY_TIME_LIMIT_MS, type ReferenceDay } from '../../shared/model/reference-day.ts';

/** The day cannot be played; the message names the row and the reason. */
export class DayRefusedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DayRefusedError';
  }
}

const NAMED_IN_CYCLE_MAX = 20;
/** Sums of two times are made in 32 bits, so each is below half of what fits. */
const isTime = (ms: number): boolean => Number.isInteger(ms) && ms >= 0 && ms < DAY_TIME_LIMIT_MS;

export const beyondRange = (event: string, timeMs: number): string =>
  `${event} at ${timeMs} ms, beyond 2^30 ms (12.4 days)`;

export function checkDay(day: ReferenceDay): void {
  if (!isTime(day.publishMs)) throw new DayRefusedError(`publish_ms ${day.publishMs} is not from 0 to below 2^30`);
  if (!isTime(day.dispatchMs)) throw new DayRefusedError(`dispatch_ms ${day.dispatchMs} is not from 0 to below 2^30`);
  day.poolSlots.forEach((slots, pool) => {
    if (slots < 0) throw new DayRefusedError(`pool ${pool} has ${slots} slots`);
  });
  checkTasks(day);
  checkDependencies(day);
}

function checkTasks(day: ReferenceDay): void {
  checkTimes('release_ms', day.releaseMs, day.taskCount);
  checkTimes('duration_ms', day.durationMs, day.taskCount);
  checkTimes('finalize_ms', day.finalizeMs, day.taskCount);
  const slots = day.poolSlots;
  for (let task = 0; task < day.taskCount; task++) {
    const pool = day.pool[task];
    if (pool < 0 || pool >= slots.length) throw new DayRefusedError(`task ${task}: there is no pool ${pool}`);
    if (slots[pool] === 0) throw new DayRefusedError(`task ${task}: pool ${pool} has no slots, so it can never start`);
    const enqueueMs = day.releaseMs[task] + day.dispatchMs;
    if (enqueueMs >= DAY_TIME_LIMIT_MS)
      throw new DayRefusedError(beyondRange(`task ${task} would be enqueued`, enqueueMs));
  }
}

function checkTimes(name: string, timesMs: Int32Array, count: number): void {
  for (let task = 0; task < count; task++) {
    const ms = timesMs[task];
    if (!isTime(ms)) throw new DayRefusedError(`task ${task}: ${name} ${ms} is not from 0 to below 2^30 (12.4 days)`);
  }
}

function checkDependencies({ taskCount, depTask, depUpstream, depKind }: ReferenceDay): void {
  for (let i = 0; i < depTask.length; i++) {
    const task = depTask[i];
    const upstream = depUpstream[i];
    if (task < 0 || task >= taskCount) throw new DayRefusedError(`dependency ${i}: there is no task ${task}`);
    if (upstream < 0 || upstream >= taskCount) throw new DayRefusedError(`task ${task}: there is no task ${upstream}`);
    if (depKind[i] > 1) throw new DayRefusedError(`task ${task}: dependency kind ${depKind[i]} is neither 0 nor 1`);
  }
}

/** Why some tasks of a played day never became ready: a cycle is the only possible reason. */
export function cycleRefusal({ taskCount, depTask, depUpstream }: ReferenceDay): DayRefusedError {
  const cycle = findCycle(taskCount, depUpstream, depTask) ?? [];
  const named = cycle.slice(0, NAMED_IN_CYCLE_MAX).join(' -> ');
  const rest = cycle.length > NAMED_IN_CYCLE_MAX ? ` -> … (${cycle.length} tasks)` : ` -> ${cycle[0]}`;
  return new DayRefusedError(`tasks wait for each other in a cycle: ${named}${rest}`);
}
