// Checks the values of a day's tables one by one: times that are not negative and within the engine's range, ids that
// exist. Each violation is a problem at its line; every row is looked at, so all of them are counted.

import { DAY_TIME_LIMIT_MS } from '../../../shared/model/reference-day.ts';
import type { ProblemList } from '../problem-list.ts';
import type { DenseTable } from './dense-rows.ts';
import { type IntegerTable, lineOfRow } from './integer-csv.ts';

export interface Place {
  readonly file: string;
  readonly problems: ProblemList;
}

/** Columns: slots. */
export function checkPools(pools: DenseTable, { file, problems }: Place): void {
  const [slots] = pools.columns;
  slots.forEach((count, pool) => {
    if (count < 0) problems.error(file, pools.lineOf(pool), `pool ${pool} has ${count} slots: negative`);
  });
}

/** Columns: pipeline, release, duration, pool, priority, finalize, deadline. */
export function checkTasks(tasks: DenseTable, pools: DenseTable, { file, problems }: Place): void {
  const [, release, duration, pool, , finalize, deadline] = tasks.columns;
  const fault = (task: number, reason: string): void =>
    problems.error(file, tasks.lineOf(task), `task ${task}: ${reason}`);
  checkTimes('release_ms', release, 0, fault);
  checkTimes('duration_ms', duration, 0, fault);
  checkTimes('finalize_ms', finalize, 0, fault);
  checkTimes('deadline_ms', deadline, -1, fault);
  const [slots] = pools.columns;
  for (let task = 0; task < tasks.count; task++) {
    const id = pool[task];
    if (id < 0 || id >= pools.count) fault(task, `pool ${id} is not in pools.csv`);
    else if (slots[id] === 0) fault(task, `pool ${id} has no slots, so it can never start`);
  }
}

/** A deadline may be -1, which is none; no other time may be negative. */
function checkTimes(
  name: string,
  times: Int32Array,
  leastMs: 0 | -1,
  fault: (task: number, reason: string) => void,
): void {
  for (let task = 0; task < times.length; task++) {
    const ms = times[task];
    if (ms < leastMs) fault(task, `${name} ${ms} is negative${leastMs < 0 ? ' (-1 is no deadline)' : ''}`);
    if (ms >= DAY_TIME_LIMIT_MS) fault(task, `${name} ${ms} is beyond 2^30 ms (12.4 days)`);
  }
}

/** Every pipeline below the largest has a task; then a pipeline's id is its row in the catalog. */
export function checkPipelines(tasks: DenseTable, { file, problems }: Place): void {
  const [pipeline] = tasks.columns;
  const used = new Uint8Array(tasks.count);
  let largest = -1;
  for (let task = 0; task < tasks.count; task++) {
    const id = pipeline[task];
    if (id < 0 || id >= tasks.count) {
      const reason = `task ${task}: pipeline ${id}: ids are dense from 0, so with ${tasks.count} tasks it is below that`;
      problems.error(file, tasks.lineOf(task), reason);
    } else {
      used[id] = 1;
      largest = Math.max(largest, id);
    }
  }
  const unused = used.subarray(0, largest + 1).indexOf(0);
  if (unused >= 0) problems.warning(file, null, `pipeline ${unused} has no task: ids are dense from 0`);
}

/** Columns: task, upstream, kind. */
export function checkDependencies(deps: IntegerTable, taskCount: number, { file, problems }: Place): void {
  const [tasks, upstreams, kinds] = deps.columns;
  for (let row = 0; row < deps.rows; row++) {
    const task = tasks[row];
    const upstream = upstreams[row];
    const kind = kinds[row];
    if (
      task >= 0 &&
      task < taskCount &&
      upstream >= 0 &&
      upstream < taskCount &&
      task !== upstream &&
      kind >>> 1 === 0
    ) {
      continue;
    }
    const fault = (reason: string): void => problems.error(file, lineOfRow(row), reason);
    if (task < 0 || task >= taskCount) fault(`task ${task} is not in tasks.csv`);
    if (upstream < 0 || upstream >= taskCount) fault(`upstream ${upstream} of task ${task} is not in tasks.csv`);
    if (task === upstream) fault(`task ${task} waits for itself`);
    if (kind !== 0 && kind !== 1) fault(`kind ${kind} of task ${task}: 0 or 1 is wanted`);
  }
}
