// An instant as people type it beside a night: an RFC 3339 time, or a wall clock of the log's zone (`01:37`), which is the
// first moment of the log that has it.

import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import {
  MS_PER_DAY,
  MS_PER_HOUR,
  MS_PER_MINUTE,
  MS_PER_SECOND,
  parseInstant,
  US_PER_MS,
} from '../../shared/base/time.ts';
import { isZone, ZoneClock } from '../../shared/base/zone.ts';

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** µs since the epoch. Throws `bad-request` for anything else. */
export function instantOf(text: string, { fromUs, zone }: LogView): number {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  const [, hours, minutes, seconds = '0'] = CLOCK.exec(text) ?? [];
  if (
    hours === undefined ||
    Number(hours) > 23 ||
    Number(minutes) > 59 ||
    Number(seconds) > 59 ||
    !Number.isFinite(fromUs)
  ) {
    const message = `"${text}" is no time: write 01:37, 01:37:30 or 2025-12-25T01:37:00Z`;
    throw new ServiceError({ code: 'bad-request', message, place: '--at' });
  }
  const clockMs = Number(hours) * MS_PER_HOUR + Number(minutes) * MS_PER_MINUTE + Number(seconds) * MS_PER_SECOND;
  return firstMoment(fromUs / US_PER_MS, clockMs, zone) * US_PER_MS;
}

/** The first instant at or after `fromMs` at which clocks show a time. */
function firstMoment(fromMs: number, clockMs: number, zone: string): number {
  const clock = isZone(zone) ? new ZoneClock(zone, fromMs, fromMs + 2 * MS_PER_DAY) : null;
  const localMs = clock === null ? fromMs : clock.localOf(fromMs);
  const midnightMs = Math.floor(localMs / MS_PER_DAY) * MS_PER_DAY;
  const wantedMs = midnightMs + clockMs + (midnightMs + clockMs < localMs ? MS_PER_DAY : 0);
  if (clock === null) return wantedMs;
  const time = clock.timeOf(wantedMs);
  return time.kind === 'single' ? time.ms : time.kind === 'twice' ? time.firstMs : time.afterMs;
}
