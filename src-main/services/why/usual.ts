// What is usual, from the other nights that the workspace holds: its observed logs that span several nights, or else the
// other observed logs of single nights. The night that is asked of does not count.

import { type LoggedNights, median, nightsOf, originOf, type TaskNight } from '../../../shared/analysis/why/nights.ts';
import type { UsualLanding } from '../../../shared/api/views-why.ts';
import { MS_PER_DAY, US_PER_MS } from '../../../shared/base/time.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { ServicesContext } from '../context.ts';

const SEVERAL_NIGHTS_US = 2 * MS_PER_DAY * US_PER_MS;
/** Single nights that are read when there is no log of several. */
const NIGHTS_MAX = 30;

/** `name`: the log that is asked of. */
export async function historyFor({ workspace, library }: ServicesContext, name: string): Promise<LoggedNights[]> {
  const others = workspace.logs().filter((log) => log.source === 'observed' && log.name !== name);
  const several = others.filter(({ fromUs, toUs }) => toUs - fromUs > SEVERAL_NIGHTS_US);
  const chosen = several.length > 0 ? several : others.slice(-NIGHTS_MAX);
  return Promise.all(
    chosen.map(async (log) => ({ log: await library.log(log.name), times: await library.times(log.name) })),
  );
}

/** The other nights of a task run's task. */
export function otherNights(log: Log, history: readonly LoggedNights[], taskRun: number): readonly TaskNight[] {
  const { names, taskRuns, runs } = log;
  const task = taskRuns.task[taskRun];
  const pipeline = names.pipelines.name[names.tasks.pipeline[task]];
  return nightsOf(history, pipeline, names.tasks.name[task], runs.logicalKey[taskRuns.run[taskRun]]);
}

/** Where this night's times are counted from; NaN when the run has no date. */
export const nightOrigin = (log: Log, taskRun: number): number => originOf(log, log.taskRuns.run[taskRun]);

export function usualLanding(log: Log, nights: readonly TaskNight[], taskRun: number): UsualLanding {
  const landed = nights.filter(({ landedUs }) => !Number.isNaN(landedUs));
  const offsetUs = median(landed.map(({ landedUs, originUs }) => landedUs - originUs));
  return {
    landedUs: nightOrigin(log, taskRun) + offsetUs,
    nights: landed.length,
    missed: landed.filter(({ landedUs, deadlineUs }) => landedUs > deadlineUs).length,
  };
}
