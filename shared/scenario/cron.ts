// Reads cron text (five fields or a nickname) by croner, which knows its whole language (names, steps, L, W, #), and
// splits it in two: the minutes of a day, and a pattern of days. Which instants these are in a zone is the run plan's.
// Day matching is asked of croner in UTC with a given start: its answers depend on no clock (held by a test).

import { Cron, CronPattern } from 'croner';
import { err, ok, type Result } from '../base/result.ts';
import { MS_PER_DAY } from '../base/time.ts';

export interface CronFields {
  readonly text: string;
  /** Minutes after midnight, ascending. */
  readonly minutesOfDay: readonly number[];
  /** The last three fields. */
  readonly days: string;
  /**
   * Neither minute nor hour has a wildcard or a step. As in Vixie cron, such a job runs right after a gap that its time
   * fell into, and once when its time comes twice; any other follows the wall clock.
   */
  readonly isFixedTime: boolean;
}

const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** Refuses text that is no cron, and one that names no day at all (30 February). */
export function parseCron(text: string): Result<CronFields, string> {
  const spelled = NICKNAMES[text.trim()] ?? text.trim();
  const parts = spelled.split(/\s+/);
  if (parts.length !== 5)
    return err(`"${text}" has ${parts.length} fields where cron has five: minute hour day month weekday`);
  if (spelled.includes('?'))
    return err(`"${text}" has a "?", which stands for the time of reading: write what is meant`);
  const [minute, hour, ...dayParts] = parts;
  const days = dayParts.join(' ');
  try {
    const pattern = new CronPattern(`${minute} ${hour} ${days}`, undefined, { mode: '5-part' });
    if (dayAfter(dayCron(days), FIRST_DAY) === null) return err(`"${text}" names a day that never comes`);
    const minutesOfDay = setBits(pattern.hour).flatMap((h) => setBits(pattern.minute).map((m) => h * 60 + m));
    return ok({ text, minutesOfDay, days, isFixedTime: !/[*/]/.test(minute + hour) });
  } catch (error) {
    return err(`"${text}" is no cron: ${(error as Error).message.replace(/^CronPattern: /, '')}`);
  }
}

/** Days (since the epoch) of the pattern from `fromDay` to before `toDay`. */
export function cronDays(days: string, fromDay: number, toDay: number): number[] {
  if (days === '* * *') return Array.from({ length: Math.max(0, toDay - fromDay) }, (_, i) => fromDay + i);
  const cron = dayCron(days);
  const found: number[] = [];
  let day = dayAfter(cron, fromDay - 1);
  while (day !== null && day < toDay) {
    found.push(day);
    day = dayAfter(cron, day);
  }
  return found;
}

const dayCron = (days: string): Cron => new Cron(`0 0 ${days}`, { mode: '5-part', utcOffset: 0, paused: true });

function dayAfter(cron: Cron, day: number): number | null {
  const next = cron.nextRun(new Date(day * MS_PER_DAY));
  return next === null ? null : next.getTime() / MS_PER_DAY;
}

/** 2020-01-01: in a leap year, so that 29 February comes soon. */
const FIRST_DAY = 18_262;

const setBits = (bits: readonly number[]): number[] => bits.flatMap((bit, i) => (bit ? [i] : []));
