// The small pieces of the format: quantities with units, counts, names, and objects that refuse keys they do not know.
// Every message says what is wanted; the place is the reader's. Schemas with an id stand once in the JSON Schema.

import * as z from 'zod';
import { didYouMean } from '../../base/nearest-name.ts';
import type { Result } from '../../base/result.ts';
import { isZone } from '../../base/zone.ts';
import {
  bareNumberReason,
  CHANGE_PATTERN,
  CLOCK_PATTERN,
  DATE_PATTERN,
  parseChange,
  parseClock,
  parseDate,
  parseMoment,
  parseRate,
  parseShare,
  parseShift,
  parseSpan,
  RATE_PATTERN,
  SHARE_PATTERN,
  SIGNED_SPAN_PATTERN,
  SPAN_PATTERN,
} from '../units.ts';

/** An object with these keys and no others; an unknown key is named, with the one that was probably meant. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape, title: string) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys')
        return (issue.keys as string[]).map((key) => unknownKey(key, title, Object.keys(shape))).join('\n');
      return issue.code === 'invalid_type'
        ? `${title} is wanted here: a mapping of ${list(Object.keys(shape))}`
        : undefined;
    },
  });
}

const unknownKey = (key: string, title: string, known: string[]): string =>
  `${title} has no ${JSON.stringify(key)}${didYouMean(key, known) || `: it has ${list(known)}`}`;

const LISTED_MAX = 12;
const list = (keys: readonly string[]): string =>
  keys.length > LISTED_MAX ? `${keys.slice(0, LISTED_MAX).join(', ')}, …` : keys.join(', ');

/** Adds: exactly one of these keys is written. Returns a `superRefine` body. */
export function exactlyOne(keys: readonly string[], title: string) {
  return (value: object, context: z.RefinementCtx): void => {
    const written = keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined);
    if (written.length === 1) return;
    const reason = written.length === 0 ? 'has none' : `has ${written.join(' and ')}`;
    context.addIssue({ code: 'custom', message: `${title} wants exactly one of ${keys.join(', ')}: it ${reason}` });
  };
}

interface QuantityText<T> {
  readonly id: string;
  readonly pattern?: RegExp;
  readonly description: string;
  readonly read: (text: string) => Result<T, string>;
  /** Why a bare number is refused. */
  readonly number: (value: number) => string;
}

function quantity<T>({ id, pattern, description, read, number }: QuantityText<T>) {
  const text = z
    .string({
      error: ({ input }) => (typeof input === 'number' ? number(input) : input === undefined ? undefined : description),
    })
    .meta({ id, description, ...(pattern ? { pattern: pattern.source } : {}) });
  return text.transform((value, context): T => {
    const result = read(value);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: result.error });
    return z.NEVER;
  });
}

export const span = quantity({
  id: 'span',
  pattern: SPAN_PATTERN,
  description: 'a time span with its unit, as in 250ms, 90s, 20m, 1h30m or 2d',
  read: parseSpan,
  number: bareNumberReason,
});

export const shift = quantity({
  id: 'shift',
  pattern: SIGNED_SPAN_PATTERN,
  description: 'a signed time span, as in -1d or +51h; days are calendar days',
  read: parseShift,
  number: bareNumberReason,
});

export const rate = quantity({
  id: 'rate',
  pattern: RATE_PATTERN,
  description: 'a rate, as in "1.5 per second", "30 per hour" or "2 per day"',
  read: parseRate,
  number: (value) => `${value} has no unit: write "${value} per second", per minute, per hour or per day`,
});

export const share = quantity({
  id: 'share',
  pattern: SHARE_PATTERN,
  description: 'a share in percent, as in 99.5%',
  read: parseShare,
  number: (value) =>
    `${value} has no unit: write it in percent, as in ${value <= 1 ? +(value * 100).toPrecision(12) : value}%`,
});

export const change = quantity({
  id: 'change',
  pattern: CHANGE_PATTERN,
  description: 'a change in percent with its sign, as in +40%',
  read: parseChange,
  number: (value) => `${value} has no unit: write it in percent with its sign, as in +40%`,
});

export const clock = quantity({
  id: 'clock',
  pattern: CLOCK_PATTERN,
  description: 'a clock time, as in "02:00"',
  read: parseClock,
  number: (value) => `${value} is no clock time: write it as in "02:00"`,
});

export const date = quantity({
  id: 'date',
  pattern: DATE_PATTERN,
  description: 'a date, as in 2025-12-25',
  read: parseDate,
  number: (value) => `${value} is no date: write it as in 2025-12-25`,
});

export const moment = quantity({
  id: 'moment',
  description:
    'a point in time: a span from the start (90m), an instant (2025-12-25T00:20:00Z), or a local time in the scenario’s zone (2025-12-25T00:20, 2025-12-25)',
  read: parseMoment,
  number: bareNumberReason,
});

/** A whole number from `min`. */
export const count = (min: number, max = 2_147_483_647) => {
  const wanted = `a whole number from ${min} to ${max} is wanted`;
  return z.int({ error: wanted }).min(min, { error: wanted }).max(max, { error: wanted });
};

/** A count, or `none` for no limit. */
export const limit = (min: number) =>
  z
    .union([count(min), z.literal('none')], { error: `a whole number from ${min}, or none for no limit, is wanted` })
    .transform((value) => (value === 'none' ? null : value));

/** A number above zero. */
export const positive = z.number({ error: 'a number above zero is wanted' }).positive({ error: 'must be above zero' });
export const notNegative = z.number({ error: 'a number is wanted' }).min(0, { error: 'must not be negative' });

export const name = z
  .string({ error: 'a name is wanted' })
  .min(1, { error: 'an empty name' })
  .max(256, { error: 'a name of more than 256 characters' })
  .regex(/^[^\p{Cc}]+$/u, { error: 'a name with a control character in it' })
  .meta({ id: 'name', description: 'a name' });

/** One name, or a list of them. */
export const names = z
  .union([name, z.array(name)], { error: 'a name, or a list of names, is wanted' })
  .transform((value) => (typeof value === 'string' ? [value] : value));

export const zone = z
  .string({ error: 'an IANA time zone is wanted, as in Europe/Berlin' })
  .refine((text) => isZone(text), {
    error: ({ input }) => `"${String(input)}" is no IANA time zone, as Europe/Berlin or UTC are`,
  })
  .meta({ id: 'zone', description: 'an IANA time zone, as in Europe/Berlin' });

export const choice = <const Values extends readonly [string, ...string[]]>(values: Values, title: string) =>
  z.enum(values, {
    error: ({ input }) =>
      `${title} is one of ${values.join(', ')}${typeof input === 'string' ? `, not "${input}"${didYouMean(input, values)}` : ''}`,
  });

export const flag = z.boolean({ error: 'true or false is wanted' });
