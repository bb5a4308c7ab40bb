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
  /** Instants from which an offset holds, ascending; the first is before the start. */
  readonly #fromMs: number[] = [];
  readonly #offsetMs: number[] = [];

  /** Throws RangeError for a name that is no zone: ask isZone first. */
  constructor(name: string, startMs: number, endMs: number) {
    const format = formatterOf(name);
    if (format === null) throw new RangeError(`there is no time zone ${name}`);
    this.name = name;
    const last = spanOf(endMs + MARGIN_MS);
    for (let i = spanOf(startMs - MARGIN_MS); i <= last; i++) this.#addSpan(offsetsIn(name, format, i));
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

  #addSpan({ fromMs, offsetMs }: Offsets): void {
    for (let i = 0; i < fromMs.length; i++) {
      if (offsetMs[i] === this.#offsetMs.at(-1)) continue;
      this.#fromMs.push(fromMs[i]);
      this.#offsetMs.push(offsetMs[i]);
    }
  }

  #changeAround(earlyMs: number, lateMs: number): number {
    const change = this.#fromMs.find((ms, i) => i > 0 && ms >= earlyMs && ms <= lateMs);
    return change ?? lateMs;
  }
}

interface Offsets {
  /** Instants from which an offset holds, ascending. */
  readonly fromMs: readonly number[];
  readonly offsetMs: readonly number[];
}

/** Offsets are found for whole spans of this grid, and kept: asking Intl is what a clock costs. */
const SPAN_MS = 32 * MS_PER_DAY;
const SPANS_MAX = 10_000;
const spanOf = (ms: number): number => Math.floor(ms / SPAN_MS);
const spans = new Map<string, Offsets>();

/** From the span's beginning to the next one's: the offset at first, and every change. */
function offsetsIn(name: string, format: Intl.DateTimeFormat, span: number): Offsets {
  const key = `${name} ${span}`;
  const known = spans.get(key);
  if (known !== undefined) return known;
  const found = name === 'UTC' ? { fromMs: [span * SPAN_MS], offsetMs: [0] } : findOffsets(format, span * SPAN_MS);
  if (spans.size < SPANS_MAX) spans.set(key, found);
  return found;
}

function findOffsets(format: Intl.DateTimeFormat, startMs: number): Offsets {
  const offsetAt = (ms: number): number => readOffset(format, ms);
  let offset = offsetAt(startMs);
  const fromMs = [startMs];
  const offsetMs = [offset];
  for (let at = startMs; at < startMs + SPAN_MS; at += PROBE_MS) {
    const next = offsetAt(at + PROBE_MS);
    if (next === offset) continue;
    fromMs.push(changeBetween(at, at + PROBE_MS, offset, offsetAt));
    offsetMs.push(next);
    offset = next;
  }
  return { fromMs, offsetMs };
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
