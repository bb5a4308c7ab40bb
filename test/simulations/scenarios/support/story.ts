// What the tests of the sample's story ask of a log: the times of a named pipeline's task run, as clock times.

import { taskRunTimes } from '../../../../shared/analysis/task-run-times.ts';
import { EventKind } from '../../../../shared/model/event.ts';
import { type Log, taskRunLabel } from '../../../../shared/model/log.ts';

export interface Told {
  readonly taskRun: number;
  readonly startedUs: number;
  readonly landedUs: number;
}

/** Of the first task run with this label; of one that ran again, its first start and first landing. */
export function told(log: Log, label: string): Told {
  const taskRun = log.taskRuns.task.findIndex((_, i) => taskRunLabel(log, i) === label);
  const { startedUs } = taskRunTimes(log);
  return {
    taskRun,
    startedUs: startedUs[taskRun] ?? Number.NaN,
    landedUs: firstTime(log, taskRun, EventKind.versionPublished),
  };
}

/** µs of the first event of a kind of a task run; NaN for none. */
export function firstTime(log: Log, taskRun: number, kind: number): number {
  for (const chunk of log.chunks)
    for (let i = 0; i < chunk.rows; i++)
      if (chunk.kind[i] === kind && chunk.taskRun[i] === taskRun) return chunk.timeUs[i] ?? Number.NaN;
  return Number.NaN;
}

/** `01:29`, UTC. */
export const clock = (us: number): string =>
  Number.isNaN(us) ? 'never' : new Date(us / 1_000).toISOString().slice(11, 16);

/** Minutes after the midnight that begins the night of `date`. */
export const minutesAfter = (date: string, us: number): number =>
  (us / 1_000 - Date.parse(`${date}T00:00:00Z`)) / 60_000 - 24 * 60;
