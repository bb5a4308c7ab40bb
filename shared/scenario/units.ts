// Reads quantities that carry their unit: `90s`, `1h30m`, `-1d`, `1.5 per second`, `99.5%`, `02:00`, `2025-12-25`. A
// number without a unit is refused with what could have been written. Spans are whole milliseconds.

import { err, ok, type Result } from '../base/result.ts';
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, parseInstant, US_PER_MS } from '../base/time.ts';

const UNIT_MS = {
  ms: 1,
  s: MS_PER_SECOND,
  m: MS_PER_MINUTE,
  h: MS_PER_HOUR,
  d: MS_PER_DAY,
  w: 7 * MS_PER_DAY,
} as const;
type SpanUnit = keyof typeof UNIT_MS;

/** As JSON Schema patterns. */
export const SPAN_PATTERN = /^(\d+(\.\d+)?(ms|s|m|h|d|w) ?)+$/;
export const SIGNED_SPAN_PATTERN = /^[+-]?(\d+(\.\d+)?(ms|s|m|h|d|w) ?)+$/;
export const SHARE_PATTERN = /^\d+(\.\d+)?%$/;
export const CHANGE_PATTERN = /^[+-]\d+(\.\d+)?%$/;
export const RATE_PATTERN = /^\d+(\.\d+)? per (second|minute|hour|day)$/;
export const CLOCK_PATTERN = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
export const DATE_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

const SPAN_MAX_MS = 1_000 * 366 * MS_PER_DAY;

/** `1h30m` in ms. Units from large to small, each once. */
export function parseSpan(text: string): Result<number, string> {
  if (!SPAN_PATTERN.test(text)) return err(spanReason(text));
  let ms = 0;
  let lastUnit = Number.POSITIVE_INFINITY;
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|s|m|h|d|w)/g)) {
    const unitMs = UNIT_MS[unit as SpanUnit];
    if (unitMs >= lastUnit) return err(`"${text}" wants its units from large to small, each once, as in 1h30m`);
    lastUnit = unitMs;
    ms += Number(amount) * unitMs;
  }
  const whole = Math.round(ms);
  if (Math.abs(whole - ms) > 1e-6 * Math.max(1, ms / MS_PER_DAY))
    return err(`"${text}" is no whole number of milliseconds`);
  return whole <= SPAN_MAX_MS ? ok(whole) : err(`"${text}" is longer than a thousand years`);
}

/** A span as parseSpan reads it, exactly: `1h30m`. Whole milliseconds. */
export function spanText(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const amount = Math.floor(rest / UNIT_MS[unit]);
    if (amount > 0) parts.push(`${amount}${unit}`);
    rest -= amount * UNIT_MS[unit];
  }
  return parts.length === 0 ? '0ms' : parts.join('');
}

function spanReason(text: string): string {
  const number = text.trim();
  if (/^\d+(\.\d+)?$/.test(number)) return bareNumberReason(number);
  return `"${text}" is no time span: write a number and its unit, as in 250ms, 90s, 20m, 1h30m or 2d`;
}

export const bareNumberReason = (number: string | number): string =>
  `${number} has no unit: write ${number}s, ${number}m, ${number}h or ${number}ms`;

/** A span with a sign, split so that days can be moved by the calendar: `-1d2h` is -1 day and -2 hours. */
export interface Shift {
  readonly days: number;
  readonly ms: number;
}

export function parseShift(text: string): Result<Shift, string> {
  const sign = text.startsWith('-') ? -1 : 1;
  const body = text.replace(/^[+-]/, '');
  const all = parseSpan(body);
  if (!all.ok) return all;
  const days = [...body.matchAll(/(\d+(?:\.\d+)?)([dw])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unit === 'w' ? 7 : 1),
    0,
  );
  if (!Number.isInteger(days)) return err(`"${text}" has a part of a day: write it in hours`);
  return ok({ days: sign * days + 0, ms: sign * (all.value - days * MS_PER_DAY) + 0 });
}

/** `1.5 per second`: the mean time between two, in ms (not rounded). */
export function parseRate(text: string): Result<number, string> {
  const m = /^(\d+(?:\.\d+)?) per (second|minute|hour|day)$/.exec(text);
  if (!m) return err(`"${text}" is no rate: write it as in "1.5 per second" or "30 per hour"`);
  const unitMs = { second: MS_PER_SECOND, minute: MS_PER_MINUTE, hour: MS_PER_HOUR, day: MS_PER_DAY }[m[2]] as number;
  return Number(m[1]) > 0 ? ok(unitMs / Number(m[1])) : err('a rate of nothing: leave it out instead');
}

/** `99.5%` as 0.995. */
export function parseShare(text: string): Result<number, string> {
  if (!SHARE_PATTERN.test(text)) return err(`"${text}" is no share: write it in percent, as in 99.5%`);
  const share = Number(text.slice(0, -1)) / 100;
  return share <= 1 ? ok(share) : err(`${text} is more than all`);
}

/** `+40%` as 0.4. */
export function parseChange(text: string): Result<number, string> {
  if (!CHANGE_PATTERN.test(text)) return err(`"${text}" is no change: write it as in +40% or -10%`);
  const change = Number(text.slice(0, -1)) / 100;
  return change > -1 ? ok(change) : err(`${text} leaves nothing`);
}

/** `02:00` in ms after midnight. */
export function parseClock(text: string): Result<number, string> {
  if (!CLOCK_PATTERN.test(text)) return err(`"${text}" is no clock time: write it as in 02:00 or 23:59:30`);
  const [hours, minutes, seconds = 0] = text.split(':').map(Number);
  return ok(hours * MS_PER_HOUR + minutes * MS_PER_MINUTE + seconds * MS_PER_SECOND);
}

/** `2025-12-25` as days since 1970-01-01. */
export function parseDate(text: string): Result<number, string> {
  const us = DATE_PATTERN.test(text) ? parseInstant(`${text}T00:00:00Z`) : null;
  return us === null ? err(`"${text}" is no date: write it as in 2025-12-25`) : ok(us / US_PER_MS / MS_PER_DAY);
}

/** A point in time as it may be written; a local one needs a zone to become an instant. */
export type Moment =
  | { readonly kind: 'fromStart'; readonly ms: number }
  | { readonly kind: 'instant'; readonly ms: number }
  | { readonly kind: 'local'; readonly localMs: number };

/** `90m` from the start, `2025-12-25T00:20:00Z`, or `2025-12-25T00:20` / `2025-12-25` in the scenario's zone. */
export function parseMoment(text: string): Result<Moment, string> {
  const span = parseSpan(text);
  if (span.ok) return ok({ kind: 'fromStart', ms: span.value });
  const instant = parseInstant(text);
  if (instant !== null) return wholeMs(instant, text, (ms) => ({ kind: 'instant', ms }));
  const local = parseInstant(`${withSeconds(text)}Z`);
  if (local !== null) return wholeMs(local, text, (localMs) => ({ kind: 'local', localMs }));
  return err(
    `"${text}" is no point in time: write 90m (from the start), 2025-12-25T00:20:00Z, or 2025-12-25T00:20 in the scenario's zone`,
  );
}

function withSeconds(text: string): string {
  if (DATE_PATTERN.test(text)) return `${text}T00:00:00`;
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/.test(text) ? `${text}:00` : text;
}

const wholeMs = (us: number, text: string, make: (ms: number) => Moment): Result<Moment, string> =>
  us % US_PER_MS === 0 ? ok(make(us / US_PER_MS)) : err(`"${text}" is finer than a millisecond`);
