// Times of day and dates of the sample company's nights, as scenarios write them.

import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '../../../shared/base/time.ts';

/** `02:00` of ms after midnight. */
export function formatClock(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / MS_PER_HOUR)}:${two((ms % MS_PER_HOUR) / MS_PER_MINUTE)}`;
}

/** `2025-12-24` moved by days. */
export const movedDate = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);
