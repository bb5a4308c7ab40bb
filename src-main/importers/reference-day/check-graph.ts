// Checks a day as a whole: no cycle, and an end within the engine's 2^30 ms. The end that is checked is a lower bound,
// with free slots everywhere and, for each pool, its work spread over its slots: what is refused here cannot be played
// by anyone. A day that only queueing pushes over the limit is the player's to notice.

import { csrBy } from '../../../shared/model/catalog.ts';
import { findCycle } from '../../../shared/model/cycle.ts';
import { DAY_TIME_LIMIT_MS, type ReferenceDay } from '../../../shared/model/reference-day.ts';
import type { Place } from './check-values.ts';
import { indexes } from './indexes.ts';
import { lineOfRow } from './integer-csv.ts';

const NAMED_IN_CYCLE_MAX = 20;

export interface GraphPlaces {
  readonly tasks: Place;
  readonly deps: Place;
  lineOfTask(task: number): number;
}

export function checkGraph(day: ReferenceDay, places: GraphPlaces): void {
  const order = taskOrder(day);
  if (order === null) reportCycle(day, places.deps);
  else reportOverflow(day, order, places);
}

/** An order in which every task comes after its upstreams, or null when there is none (Kahn's algorithm). */
function taskOrder(day: ReferenceDay): Int32Array | null {
  const { taskCount, depTask, depUpstream } = day;
  if (isInOrder(day)) return indexes(taskCount);
  const order = new Int32Array(taskCount);
  const downstream = csrBy(depUpstream, depTask, taskCount);
  const waitsFor = new Int32Array(taskCount);
  for (let row = 0; row < depTask.length; row++) waitsFor[depTask[row]]++;
  let end = 0;
  for (let task = 0; task < taskCount; task++) if (waitsFor[task] === 0) order[end++] = task;
  for (let next = 0; next < end; next++) {
    const task = order[next];
    for (let i = downstream.offsets[task]; i < downstream.offsets[task + 1]; i++) {
      if (--waitsFor[downstream.values[i]] === 0) order[end++] = downstream.values[i];
    }
  }
  return end === taskCount ? order : null;
}

/** Most days number their tasks so. */
function isInOrder({ depTask, depUpstream }: ReferenceDay): boolean {
  for (let row = 0; row < depTask.length; row++) if (depUpstream[row] >= depTask[row]) return false;
  return true;
}

function reportCycle(day: ReferenceDay, { file, problems }: Place): void {
  const cycle = findCycle(day.taskCount, day.depUpstream, day.depTask) ?? [];
  const second = cycle[1 % cycle.length];
  const row = day.depTask.findIndex((task, i) => task === second && day.depUpstream[i] === cycle[0]);
  const shown = cycle.length > NAMED_IN_CYCLE_MAX ? [...cycle.slice(0, NAMED_IN_CYCLE_MAX), '…'] : cycle;
  const count = cycle.length > NAMED_IN_CYCLE_MAX ? ` (${cycle.length} tasks)` : '';
  problems.error(
    file,
    lineOfRow(row),
    `tasks wait for each other in a cycle${count}: ${[...shown, cycle[0]].join(' -> ')}`,
  );
}

function reportOverflow(day: ReferenceDay, order: Int32Array, places: GraphPlaces): void {
  const finalMs = earliestFinalMs(day, order);
  let late = 0;
  while (late < finalMs.length && finalMs[late] < DAY_TIME_LIMIT_MS) late++;
  const { file, problems } = places.tasks;
  if (late < finalMs.length) {
    problems.error(
      file,
      places.lineOfTask(late),
      `task ${late} ends at ${finalMs[late]} ms at the earliest, beyond 2^30 ms (12.4 days)`,
    );
  }
  const workMs = new Float64Array(day.poolSlots.length);
  for (let task = 0; task < day.taskCount; task++) workMs[day.pool[task]] += day.durationMs[task];
  const full = workMs.findIndex((ms, pool) => ms / day.poolSlots[pool] >= DAY_TIME_LIMIT_MS);
  if (full >= 0) {
    problems.error(
      file,
      null,
      `pool ${full} has ${workMs[full]} ms of work for ${day.poolSlots[full]} slots, beyond 2^30 ms (12.4 days)`,
    );
  }
}

/** When each task is final if no pool is ever full; a publish after it counts, since somebody may wait for it. */
function earliestFinalMs(day: ReferenceDay, order: Int32Array): Float64Array {
  const { depUpstream, depKind, releaseMs, durationMs, finalizeMs, dispatchMs, publishMs } = day;
  const { offsets, values: rows } = rowsByTask(day);
  const finishMs = new Float64Array(day.taskCount);
  const finalMs = new Float64Array(day.taskCount);
  for (let next = 0; next < order.length; next++) {
    const task = order[next];
    let readyMs = releaseMs[task];
    for (let i = offsets[task]; i < offsets[task + 1]; i++) {
      const row = rows === null ? i : rows[i];
      const upstream = depUpstream[row];
      const waitMs = depKind[row] === 0 ? finishMs[upstream] : finalMs[upstream] + publishMs;
      if (waitMs > readyMs) readyMs = waitMs;
    }
    finishMs[task] = readyMs + dispatchMs + durationMs[task];
    finalMs[task] = finishMs[task] + finalizeMs[task];
  }
  return finalMs;
}

/** The rows of deps.csv of each task, as a Csr; `values` is null when they stand in that order already. */
function rowsByTask({ taskCount, depTask }: ReferenceDay): { offsets: Int32Array; values: Int32Array | null } {
  const offsets = new Int32Array(taskCount + 1);
  let isSorted = true;
  let previous = 0;
  for (let row = 0; row < depTask.length; row++) {
    const task = depTask[row];
    offsets[task + 1] = row + 1;
    if (task < previous) isSorted = false;
    previous = task;
  }
  if (!isSorted) return csrBy(depTask, indexes(depTask.length), taskCount);
  for (let task = 0; task < taskCount; task++) if (offsets[task + 1] === 0) offsets[task + 1] = offsets[task];
  return { offsets, values: null };
}
