// The partition key that a run is for, from its nominal time (MODEL: `date=2025-12-24`, `date=2025-12-24/hour=03`).
// Date and hour are taken as the producer wrote them, in the producer's own zone: a day that starts at midnight in
// Tokyo is that date, whatever UTC calls it.

import { MS_PER_DAY, msBetween } from '../../../shared/base/time.ts';

/**
 * `startText` is an RFC 3339 time that parseInstant took. An interval of a day or more is a date; a shorter one has an
 * hour. An interval of no or unknown length (a manual run, a trigger) is a date when it starts at midnight.
 */
export function partitionKeyOf(startText: string, startUs: number, endUs: number): string {
  const date = startText.slice(0, 10);
  const lengthMs = msBetween(startUs, endUs);
  const isDay = lengthMs > 0 ? lengthMs >= MS_PER_DAY : /^00:00:00(?:\.0+)?(?![\d.])/.test(startText.slice(11));
  return isDay ? `date=${date}` : `date=${date}/hour=${startText.slice(11, 13)}`;
}

/** `name=value` as Hive writes a partition into a path. */
const SEGMENT = /^[A-Za-z_][\w.-]{0,100}=[^=]{1,200}$/;
const SEGMENTS_MAX = 20;

/**
 * A dataset's name with the partition at its end taken off: `sales/date=2025-12-24/hour=03` is `sales` and
 * `date=2025-12-24/hour=03`. The whole name, and "", where there is none.
 */
export function splitPartition(name: string): { readonly name: string; readonly partition: string } {
  if (!name.includes('=')) return { name, partition: '' };
  const segments = name.split('/');
  let from = segments.at(-1) === '' ? segments.length - 1 : segments.length;
  const to = from;
  while (from > 1 && to - from < SEGMENTS_MAX && SEGMENT.test(segments[from - 1] ?? '')) from--;
  if (from === to) return { name, partition: '' };
  return { name: segments.slice(0, from).join('/'), partition: sortedKey(segments.slice(from, to)) };
}

/** MODEL: a list of `name=value` sorted by name. */
export const sortedKey = (parts: readonly string[]): string => parts.toSorted().join('/');
