// Partitions as numbers: which hour, day, week or month an instant belongs to, where one begins, and its key. Hours are
// of UTC; days, weeks (from Monday) and months begin at midnight of a zone, so a day has 23, 24 or 25 hours there.

import { MS_PER_DAY, MS_PER_HOUR } from '../../../shared/base/time.ts';
import type { ZoneClock } from '../../../shared/base/zone.ts';
import type { Shift } from '../../../shared/scenario/units.ts';
import type { PartitionUnit } from '../../../shared/scenario/workload.ts';

/** From fine to coarse. */
export const UNIT_ORDER: readonly PartitionUnit[] = ['hour', 'day', 'week', 'month'];

/** Number of the partition that an instant (epoch ms) lies in; 0 for unpartitioned. */
export function partitionAt(unit: PartitionUnit, clock: ZoneClock, ms: number): number {
  if (unit === 'none') return 0;
  if (unit === 'hour') return Math.floor(ms / MS_PER_HOUR);
  const day = Math.floor(clock.localOf(ms) / MS_PER_DAY);
  if (unit === 'day') return day;
  return unit === 'week' ? Math.floor((day + MONDAY) / 7) : monthOfDay(day);
}

/** 1970-01-01 was a Thursday. */
const MONDAY = 3;

/** The instant (epoch ms) at which a partition begins; where midnight is skipped, the end of the gap. */
export function partitionStart(unit: PartitionUnit, clock: ZoneClock, index: number): number {
  if (unit === 'none') return Number.NEGATIVE_INFINITY;
  return unit === 'hour' ? index * MS_PER_HOUR : clock.instantOf(firstDay(unit, index) * MS_PER_DAY);
}

function firstDay(unit: PartitionUnit, index: number): number {
  if (unit === 'day') return index;
  return unit === 'week' ? index * 7 - MONDAY : Date.UTC(1970, index) / MS_PER_DAY;
}

function monthOfDay(day: number): number {
  const date = new Date(day * MS_PER_DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** `date=2025-12-24/hour=03`, `date=2025-12-24`, `week=2025-12-22`, `month=2025-12`; "" for unpartitioned. */
export function partitionKey(unit: PartitionUnit, index: number): string {
  if (unit === 'none') return '';
  if (unit === 'hour') {
    const text = new Date(index * MS_PER_HOUR).toISOString();
    return `date=${text.slice(0, 10)}/hour=${text.slice(11, 13)}`;
  }
  const text = new Date(firstDay(unit, index) * MS_PER_DAY).toISOString();
  if (unit === 'month') return `month=${text.slice(0, 7)}`;
  return `${unit === 'day' ? 'date' : 'week'}=${text.slice(0, 10)}`;
}

/** An instant moved by calendar days of a zone, then by exact time. */
export function shifted(clock: ZoneClock, ms: number, { days, ms: restMs }: Shift): number {
  const moved = days === 0 ? ms : clock.instantOf(clock.localOf(ms) + days * MS_PER_DAY);
  return moved + restMs;
}

/** Numbers `first … last` of the partitions that begin in `[fromMs, toMs)`; last < first when none does. */
export function partitionsBeginningIn(
  unit: PartitionUnit,
  clock: ZoneClock,
  fromMs: number,
  toMs: number,
): { readonly first: number; readonly last: number } {
  return { first: firstFrom(unit, clock, fromMs), last: firstFrom(unit, clock, toMs) - 1 };
}

/** The first partition that begins at or after an instant. */
function firstFrom(unit: PartitionUnit, clock: ZoneClock, ms: number): number {
  const at = partitionAt(unit, clock, ms);
  return partitionStart(unit, clock, at) >= ms ? at : at + 1;
}
