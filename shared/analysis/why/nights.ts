// The same task over the nights that are known: what is usual is a median of them. A night is a logical key (the
// partition that its run is for), so a night that is in two logs counts once: in the log that comes first.

import { nearestRank, sortedKnown } from '../../base/quantile.ts';
import { MS_PER_DAY, US_PER_MS } from '../../base/time.ts';
import type { Log } from '../../model/log.ts';
import type { TaskRunTimes } from '../task-run-times.ts';

export type HistoryLog = Pick<Log, 'names' | 'runs' | 'taskRuns' | 'zone'>;

export interface LoggedNights {
  readonly log: HistoryLog;
  readonly times: TaskRunTimes;
}

/** Times of one task run of a night, µs; NaN is unknown. */
export interface TaskNight {
  readonly night: string;
  /** Midnight after the night's date, or the run's nominal end: what times of different nights are counted from. */
  readonly originUs: number;
  readonly readyUs: number;
  readonly startedUs: number;
  readonly endedUs: number;
  readonly finalizedUs: number;
  readonly landedUs: number;
  readonly deadlineUs: number;
}

/** Where the times of a run are counted from: the end of its date, else its nominal end; NaN when neither is known. */
export function originOf({ runs }: Pick<Log, 'runs'>, run: number): number {
  const date = /(?:^|\/|=)(\d{4}-\d{2}-\d{2})/.exec(runs.logicalKey[run])?.[1];
  if (date !== undefined) return (Date.parse(`${date}T00:00:00Z`) + MS_PER_DAY) * US_PER_MS;
  const nominalUs = runs.nominalEndUs[run];
  return nominalUs > 0 ? Math.floor(nominalUs / DAY_US) * DAY_US : Number.NaN;
}

const DAY_US = MS_PER_DAY * US_PER_MS;

/** The nights of a task by its label's two names, ascending by night; without the night `except`. */
export function nightsOf(
  history: readonly LoggedNights[],
  pipeline: string,
  task: string,
  except = '',
): readonly TaskNight[] {
  const nights = new Map<string, TaskNight>();
  for (const { log, times } of history) {
    const { tasks, pipelines } = log.names;
    const wanted = tasks.name.findIndex((name, t) => name === task && pipelines.name[tasks.pipeline[t]] === pipeline);
    if (wanted < 0) continue;
    for (let i = 0; i < log.taskRuns.task.length; i++) {
      if (log.taskRuns.task[i] !== wanted) continue;
      const run = log.taskRuns.run[i];
      const night = log.runs.logicalKey[run];
      if (night === '' || night === except) continue;
      const known = nights.get(night);
      if (known === undefined) nights.set(night, taskNight(log, times, i));
      else nights.set(night, filled(known, taskNight(log, times, i)));
    }
  }
  return [...nights.values()].sort((a, b) => (a.night < b.night ? -1 : 1));
}

function taskNight(log: HistoryLog, times: TaskRunTimes, i: number): TaskNight {
  const run = log.taskRuns.run[i];
  return {
    night: log.runs.logicalKey[run],
    originUs: originOf(log, run),
    readyUs: times.readyUs[i],
    startedUs: times.startedUs[i],
    endedUs: times.endedUs[i],
    finalizedUs: times.finalizedUs[i],
    landedUs: times.landedUs[i],
    deadlineUs: log.taskRuns.deadlineUs[i],
  };
}

/** What one log does not know of a night, another may. */
function filled(known: TaskNight, other: TaskNight): TaskNight {
  const either = (a: number, b: number): number => (Number.isNaN(a) ? b : a);
  return {
    ...known,
    readyUs: either(known.readyUs, other.readyUs),
    startedUs: either(known.startedUs, other.startedUs),
    endedUs: either(known.endedUs, other.endedUs),
    finalizedUs: either(known.finalizedUs, other.finalizedUs),
    landedUs: either(known.landedUs, other.landedUs),
    deadlineUs: either(known.deadlineUs, other.deadlineUs),
  };
}

/** The median of what is known, NaN of nothing. */
export const median = (values: readonly number[]): number => nearestRank(sortedKnown(values), 0.5);
