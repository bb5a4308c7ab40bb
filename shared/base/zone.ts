// The clocks of an IANA zone: which instant a wall-clock time is, gaps and overlaps included. The zone's changes come
// from the platform's own copy of the tz database (Intl), so a release of Node may know newer rules than another; no
// clock is read. Wall times are milliseconds as if they were UTC ("local ms").

import { MS_PER_DAY, MS_PER_HOUR } from './time.ts';

/** What a wall-clock time is on a day when clocks are changed. */
export type LocalTime =
  | { readonly kind: 'single'; readonly ms: number }
  /** Clocks were put back: the time is shown twice. */
  | { readonly kind: 'twice'; readonly firstMs: number; readonly secondMs: number }
  /** Clocks were put forward over it. `afterMs`: the instant of the change, the first moment after the gap. */
  | { readonly kind: 'never'; readonly afterMs: number };

/** Finds every change that lasts at least this long. */
const PROBE_MS = 6 * MS_PER_HOUR;
/** Offsets are within 14 h, so a wall time's instant is within a day of it. */
const MARGIN_MS = 2 * MS_PER_DAY;

export const isZone = (name: string): boolean => formatterOf(name) !== null;

/** A zone's offsets over a span of instants (epoch ms). Outside of it the nearest known offset is given. */
export class ZoneClock {
  readonly name: string;
  /** Instants from which an offset holds, ascending; the first is the start of the span. */
  readonly #fromMs: number[] = [];
  readonly #offsetMs: number[] = [];

  /** Throws RangeError for a name that is no zone: ask isZone first. */
  constructor(name: string, startMs: number, endMs: number) {
    const format = formatterOf(name);
    if (format === null) throw new RangeError(`there is no time zone ${name}`);
    this.name = name;
    const offsetAt = (ms: number): number => readOffset(format, ms);
    let at = wholeSecond(startMs - MARGIN_MS);
    let offset = offsetAt(at);
    this.#add(at, offset);
    for (const end = endMs + MARGIN_MS; at < end; at += PROBE_MS) {
      const next = offsetAt(at + PROBE_MS);
      if (next === offset) continue;
      this.#add(changeBetween(at, at + PROBE_MS, offset, offsetAt), next);
      offset = next;
    }
  }

  /** Wall time minus UTC at an instant, in ms. */
  offsetAt(ms: number): number {
    let i = this.#fromMs.length - 1;
    while (i > 0 && this.#fromMs[i] > ms) i--;
    return this.#offsetMs[i];
  }

  localOf(ms: number): number {
    return ms + this.offsetAt(ms);
  }

  /** Every instant of a wall time. */
  timeOf(localMs: number): LocalTime {
    const before = this.offsetAt(localMs - MS_PER_DAY);
    const after = this.offsetAt(localMs + MS_PER_DAY);
    const early = localMs - Math.max(before, after);
    const late = localMs - Math.min(before, after);
    const isEarly = this.localOf(early) === localMs;
    const isLate = this.localOf(late) === localMs;
    if (isEarly && isLate && early !== late) return { kind: 'twice', firstMs: early, secondMs: late };
    if (isEarly) return { kind: 'single', ms: early };
    if (isLate) return { kind: 'single', ms: late };
    return { kind: 'never', afterMs: this.#changeAround(early, late) };
  }

  /** One instant of a wall time: the first of two, and the end of the gap for none. */
  instantOf(localMs: number): number {
    const time = this.timeOf(localMs);
    if (time.kind === 'single') return time.ms;
    return time.kind === 'twice' ? time.firstMs : time.afterMs;
  }

  #add(fromMs: number, offsetMs: number): void {
    this.#fromMs.push(fromMs);
    this.#offsetMs.push(offsetMs);
  }

  #changeAround(earlyMs: number, lateMs: number): number {
    const change = this.#fromMs.find((ms, i) => i > 0 && ms >= earlyMs && ms <= lateMs);
    return change ?? lateMs;
  }
}

/** The first whole second at which the offset is no longer the one at `lowMs`. */
function changeBetween(lowMs: number, highMs: number, offset: number, offsetAt: (ms: number) => number): number {
  let [low, high] = [lowMs, highMs];
  while (high - low > 1000) {
    const middle = low + wholeSecond((high - low) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatterOf(name: string): Intl.DateTimeFormat | null {
  const known = formatters.get(name);
  if (known !== undefined) return known;
  const made = makeFormatter(name);
  if (formatters.size < FORMATTERS_MAX) formatters.set(name, made);
  return made;
}

/** Names come from files: the memory of wrong ones is bounded. */
const FORMATTERS_MAX = 1_000;

function makeFormatter(name: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

function readOffset(format: Intl.DateTimeFormat, ms: number): number {
  const at = wholeSecond(ms);
  const fields: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) fields[type] = Number(value);
  const { year, month, day, hour, minute, second } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}
