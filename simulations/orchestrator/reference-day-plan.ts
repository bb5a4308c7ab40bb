// A reference day made ready to be played: a row for each task and for each publish that somebody waits for, and what
// each of these rows lets go. Built once, played many times.

import type { ReferenceDay } from '../../shared/model/reference-day.ts';
import { orderByTime } from '../engine/order-by-time.ts';
import { numberQueues, type QueueIds } from '../engine/queue-ids.ts';
import { ROW_INTS, rowTable } from '../engine/rows.ts';

// What the day keeps in a row, beside the engine's three integers. ROW_SINCE is the task's ready time.

/** Upstreams that are not satisfied yet; 1 while only the release is missing. */
export const ROW_PENDING = 3;
export const ROW_RELEASE = 4;
/** The (pool, priority) queue of the task. */
export const ROW_QUEUE = 5;
/** Of a task its duration; of a publish, from the task's finish to it. */
export const ROW_SPAN = 6;
/** Where the row's own part of `lets` begins; it ends where the next row's begins. */
export const ROW_LETS = 7;

export interface DayPlan {
  /** Tasks in task order, publishes in order of their tasks, and one more that ends the last. */
  readonly rows: Int32Array;
  /** The handle of the first publish: rows below it are tasks. */
  readonly tasksEnd: number;
  /** The task of each publish. */
  readonly publishTasks: Int32Array;
  /** Handles of the rows that wait for a row; a task lets go its own publish too, which starts the wait for it. */
  readonly lets: Int32Array;
  readonly upstreamCount: Int32Array;
  readonly queues: QueueIds;
  /** Tasks without upstreams, by (release, task), and when they are enqueued. */
  readonly sources: Int32Array;
  readonly sourceEnqueueMs: Int32Array;
}

export function planDay(day: ReferenceDay): DayPlan {
  const { taskCount } = day;
  const upstreamCount = new Int32Array(taskCount);
  for (const task of day.depTask) upstreamCount[task]++;
  const publish = publishRows(day);
  const publishCount = publish.tasks.length;
  const rows = rowTable(taskCount + publishCount + 1);
  const { ids, queue } = numberQueues(day.pool, day.priority, day.poolSlots.length);
  for (let task = 0; task < taskCount; task++) {
    const row = task * ROW_INTS;
    rows[row + ROW_RELEASE] = day.releaseMs[task];
    rows[row + ROW_QUEUE] = queue[task];
    rows[row + ROW_SPAN] = day.durationMs[task];
  }
  for (let i = 0; i < publishCount; i++) {
    rows[(taskCount + i) * ROW_INTS + ROW_SPAN] = day.finalizeMs[publish.tasks[i]] + day.publishMs;
  }
  const lets = linkRows(day, rows, publish);
  const sources = sourcesByRelease(upstreamCount, day.releaseMs);
  const sourceEnqueueMs = sources.map((row) => rows[row + ROW_RELEASE] + day.dispatchMs);
  return {
    rows,
    tasksEnd: taskCount * ROW_INTS,
    publishTasks: publish.tasks,
    lets,
    upstreamCount,
    queues: ids,
    sources,
    sourceEnqueueMs,
  };
}

interface PublishRows {
  /** The tasks whose publish somebody waits for, ascending. */
  readonly tasks: Int32Array;
  /** The handle of each task's publish, or 0. */
  readonly ofTask: Int32Array;
}

function publishRows({ taskCount, depUpstream, depKind }: ReferenceDay): PublishRows {
  const ofTask = new Int32Array(taskCount);
  let count = 0;
  for (let i = 0; i < depKind.length; i++) {
    if (depKind[i] === 0 || ofTask[depUpstream[i]] !== 0) continue;
    ofTask[depUpstream[i]] = 1;
    count++;
  }
  const tasks = new Int32Array(count);
  for (let task = 0, at = 0; task < taskCount; task++) {
    if (ofTask[task] === 0) continue;
    ofTask[task] = (taskCount + at) * ROW_INTS;
    tasks[at++] = task;
  }
  return { tasks, ofTask };
}

/** Fills ROW_LETS and what it points into: counts first, then their running sum, then backwards into place. */
function linkRows(day: ReferenceDay, rows: Int32Array, { tasks, ofTask }: PublishRows): Int32Array {
  const { depTask, depUpstream, depKind } = day;
  const holder = (i: number): number => (depKind[i] === 0 ? depUpstream[i] * ROW_INTS : ofTask[depUpstream[i]]);
  for (let i = 0; i < depTask.length; i++) rows[holder(i) + ROW_LETS]++;
  for (const task of tasks) rows[task * ROW_INTS + ROW_LETS]++;
  let end = 0;
  for (let at = ROW_LETS; at < rows.length; at += ROW_INTS) {
    end += rows[at];
    rows[at] = end;
  }
  const lets = new Int32Array(end);
  for (let i = depTask.length - 1; i >= 0; i--) lets[--rows[holder(i) + ROW_LETS]] = depTask[i] * ROW_INTS;
  for (const task of tasks) lets[--rows[task * ROW_INTS + ROW_LETS]] = ofTask[task];
  return lets;
}

function sourcesByRelease(upstreamCount: Int32Array, releaseMs: Int32Array): Int32Array {
  const sources = upstreamCount.reduce((count, upstreams) => (upstreams === 0 ? count + 1 : count), 0);
  const tasks = new Int32Array(sources);
  for (let task = 0, at = 0; task < upstreamCount.length; task++) if (upstreamCount[task] === 0) tasks[at++] = task;
  const order = orderByTime(tasks.map((task) => releaseMs[task]));
  return order.map((i) => tasks[i] * ROW_INTS);
}
