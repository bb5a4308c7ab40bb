// Instants as people of a zone read them. The only place that knows zones; everything else keeps µs UTC.
// A zone that the browser does not know is shown as UTC. Unknown times are "--:--".

import { MS_PER_DAY, MS_PER_MINUTE } from '../../shared/base/time.ts';

export interface ZonedTime {
  /** As shown beside times: `UTC`, `Europe/Paris`. */
  readonly zone: string;
  /** `00:42` */
  clock(us: number): string;
  /** `00:42:07` */
  clockSeconds(us: number): string;
  /** `25 Dec` */
  day(us: number): string;
  /** `25 Dec 00:42` */
  dayClock(us: number): string;
  /** `25 Dec 2025, 00:42:07` */
  full(us: number): string;
  /** What to add to a UTC time in µs to get the wall clock. */
  offsetUs(us: number): number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const US_PER_HOUR = 3_600_000_000;
const cache = new Map<string, ZonedTime>();

/** Formats for an IANA zone; made once a zone. */
export function zonedTime(zone: string): ZonedTime {
  const known = cache.get(zone);
  if (known) return known;
  const made = make(zone);
  cache.set(zone, made);
  return made;
}

function make(wanted: string): ZonedTime {
  const offsetMs = offsetFinder(wanted);
  const zone = offsetMs ? wanted : 'UTC';
  const offsetUs = (us: number): number => (offsetMs ? offsetMs(us / 1_000) * 1_000 : 0);
  const wall = (us: number): string => new Date(Math.floor((us + offsetUs(us)) / 1_000)).toISOString();
  const text = (unknown: string, format: (iso: string) => string) => (us: number) =>
    Number.isFinite(us) ? format(wall(us)) : unknown;
  return {
    zone,
    offsetUs,
    clock: text('--:--', (iso) => iso.slice(11, 16)),
    clockSeconds: text('--:--:--', (iso) => iso.slice(11, 19)),
    day: text('unknown', day),
    dayClock: text('unknown', (iso) => `${day(iso)} ${iso.slice(11, 16)}`),
    full: text('unknown', (iso) => `${day(iso)} ${iso.slice(0, 4)}, ${iso.slice(11, 19)}`),
  };
}

/** `25 Dec` of an ISO text. */
const day = (iso: string): string => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`;

/** Offset by instant, remembered by the hour (zones change at whole quarters); null for UTC and unknown zones. */
function offsetFinder(zone: string): ((ms: number) => number) | null {
  const format = formatOf(zone);
  if (!format) return null;
  const hours = new Map<number, number>();
  return (ms) => {
    const quarter = Math.floor((ms * 1_000) / (US_PER_HOUR / 4));
    let offset = hours.get(quarter);
    if (offset === undefined) {
      offset = offsetAt(format, ms);
      hours.set(quarter, offset);
    }
    return offset;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  if (zone === 'UTC' || zone === '' || zone === 'Etc/UTC') return null;
  try {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      ...numeric,
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
  } catch {
    return null;
  }
}

function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  const wallMs = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
  return wallMs - Math.floor(ms / MS_PER_MINUTE) * MS_PER_MINUTE;
}

/** The wall-clock midnight at or before an instant, in µs. */
export function midnightUs(time: ZonedTime, us: number): number {
  const offset = time.offsetUs(us);
  const dayUs = MS_PER_DAY * 1_000;
  return Math.floor((us + offset) / dayUs) * dayUs - offset;
}
