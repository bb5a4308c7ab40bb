// The instants of a cron in a zone. Where clocks change it does as Vixie cron: a job at a fixed time (no wildcard or
// step in minute and hour) whose time is skipped runs at the end of the gap, and once when its time comes twice; any
// other job follows the wall clock, so it skips what is skipped and runs in both of two equal hours.

import { MS_PER_DAY, MS_PER_MINUTE } from '../../../shared/base/time.ts';
import type { ZoneClock } from '../../../shared/base/zone.ts';
import { type CronFields, cronDays } from '../../../shared/scenario/cron.ts';

/** Epoch ms in `[fromMs, toMs)`, ascending, each once. */
export function cronTicks(cron: CronFields, clock: ZoneClock, fromMs: number, toMs: number): Float64Array {
  const firstDay = dayOf(clock.localOf(fromMs)) - 1;
  const lastDay = dayOf(clock.localOf(toMs)) + 1;
  const ticks: number[] = [];
  for (const day of cronDays(cron.days, firstDay, lastDay + 1)) addDay(ticks, cron, clock, day);
  const inside = Float64Array.from(ticks.filter((ms) => ms >= fromMs && ms < toMs)).sort();
  return inside.filter((ms, i) => i === 0 || ms !== inside[i - 1]);
}

function addDay(ticks: number[], cron: CronFields, clock: ZoneClock, day: number): void {
  const midnight = day * MS_PER_DAY;
  const offset = clock.offsetAt(midnight - MS_PER_DAY);
  const isCalm = clock.offsetAt(midnight + 2 * MS_PER_DAY) === offset;
  for (const minute of cron.minutesOfDay) {
    const localMs = midnight + minute * MS_PER_MINUTE;
    if (isCalm) ticks.push(localMs - offset);
    else addTick(ticks, cron, clock, localMs);
  }
}

function addTick(ticks: number[], { isFixedTime }: CronFields, clock: ZoneClock, localMs: number): void {
  const time = clock.timeOf(localMs);
  if (time.kind === 'single') ticks.push(time.ms);
  else if (time.kind === 'twice') ticks.push(time.firstMs, ...(isFixedTime ? [] : [time.secondMs]));
  else if (isFixedTime && dayOf(clock.localOf(time.afterMs)) === dayOf(localMs)) ticks.push(time.afterMs);
}

const dayOf = (localMs: number): number => Math.floor(localMs / MS_PER_DAY);
