// Times and their text. Logs keep microseconds since the epoch, UTC, in a double (exact below 2^53, the year 2255):
// rounding to milliseconds makes false ties. The engine runs on integer milliseconds from a scenario's start.
// Zones belong to the edges; everything here is UTC and needs no clock.

import type { Branded } from './brand.ts';

/** Microseconds since 1970-01-01T00:00:00Z, as a whole double. NaN is "unknown". */
export type EpochUs = Branded<number, 'EpochUs'>;

export const US_PER_MS = 1_000;
export const MS_PER_SECOND = 1_000;
export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;

export const epochUs = (us: number): EpochUs => us as EpochUs;
export const epochUsOfMs = (ms: number): EpochUs => (ms * US_PER_MS) as EpochUs;
/** Milliseconds between two instants; NaN when either is unknown. */
export const msBetween = (from: number, to: number): number => (to - from) / US_PER_MS;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * RFC 3339 text to microseconds, keeping all six decimals (finer ones are cut off). A time without a zone, an
 * impossible date or any other text gives null: the caller says where.
 */
export function parseInstant(text: string): EpochUs | null {
  const m = RFC3339.exec(text);
  if (!m) return null;
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const zoneMinutes = parseZone(m[8] as string);
  if (zoneMinutes === null) return null;
  const fractionUs = Number((m[7] ?? '').padEnd(6, '0').slice(0, 6));
  const ms = utcMs(year, month, day) + hour * MS_PER_HOUR + minute * MS_PER_MINUTE + second * MS_PER_SECOND;
  return epochUs((ms - zoneMinutes * MS_PER_MINUTE) * US_PER_MS + fractionUs);
}

function parseZone(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days-from-civil (H. Hinnant, "chrono-compatible low-level date algorithms"), times a day's milliseconds. */
function utcMs(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * MS_PER_DAY;
}

/** `2025-12-25T00:42:00.000000Z`, trailing zeros of the fraction left out; "unknown" for NaN. */
export function formatInstant(us: number): string {
  if (!Number.isFinite(us)) return 'unknown';
  const wholeMs = Math.floor(us / US_PER_MS);
  const head = new Date(wholeMs).toISOString().slice(0, 19);
  const fractionUs = us - Math.floor(us / 1e6) * 1e6;
  const fraction = fractionUs === 0 ? '' : `.${String(fractionUs).padStart(6, '0').replace(/0+$/, '')}`;
  return `${head}${fraction}Z`;
}

/** `00:42` or `00:42:07` of an instant in UTC; "--:--" for NaN. */
export function formatClock(us: number, withSeconds = false): string {
  if (!Number.isFinite(us)) return withSeconds ? '--:--:--' : '--:--';
  return new Date(Math.floor(us / US_PER_MS)).toISOString().slice(11, withSeconds ? 19 : 16);
}

/** `850 ms`, `14.2 s`, `1 min 52 s`, `2 h 05 min`: what a person reads. "unknown" for NaN. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < MS_PER_SECOND) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${trimZero((ms / MS_PER_SECOND).toFixed(1))} s`;
  const seconds = Math.round(ms / MS_PER_SECOND);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(ms / MS_PER_MINUTE);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const trimZero = (text: string): string => text.replace(/\.0$/, '');
