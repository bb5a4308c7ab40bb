// Instants and lengths as the sentences of Why have them: wall clock of the log's zone, and minutes as people count
// lateness. The zone itself is named once, by whoever shows the sentence.

import { formatClock, MS_PER_MINUTE, US_PER_MS } from '../../base/time.ts';
import { isZone, ZoneClock } from '../../base/zone.ts';

/** `02:09` (or `02:09:20`) on the clocks of a zone; "--:--" when unknown. UTC for a zone that nobody knows. */
export function clockText(us: number, zone: string, withSeconds = false): string {
  if (!Number.isFinite(us)) return formatClock(us, withSeconds);
  const ms = us / US_PER_MS;
  const isUtc = zone === 'UTC' || !isZone(zone);
  return formatClock(isUtc ? us : new ZoneClock(zone, ms, ms).localOf(ms) * US_PER_MS, withSeconds);
}

/**
 * `9 min`, `40 s`, `2 h 05 min`: how far from its deadline, either way (late is positive). In minutes as the clocks show
 * them, which leave the seconds out: due 02:00 and landed 02:09:33 is 9 min late, landed 01:29:12 is 31 min early.
 */
export function latenessText(lateMs: number): string {
  if (!Number.isFinite(lateMs)) return 'unknown';
  if (Math.abs(lateMs) < MS_PER_MINUTE) return `${Math.round(Math.abs(lateMs) / 1_000)} s`;
  const minutes = Math.abs(Math.floor(lateMs / MS_PER_MINUTE));
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `22:00`, `109:00`, `0:12`: minutes and seconds; "-0:12" below zero. */
export function minutesText(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return ms < 0 && seconds > 0 ? `-${text}` : text;
}
