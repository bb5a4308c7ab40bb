// Figures as text, where shared/base/time has no word for them. One way to write a count everywhere.

import { formatDuration } from '../../shared/base/time.ts';

const counts = new Intl.NumberFormat('en-US');

/** `49,812`; "unknown" for NaN. */
export const formatCount = (n: number): string => (Number.isFinite(n) ? counts.format(n) : 'unknown');

/** `1 task run`, `49,812 task runs`. */
export const formatPlural = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

/** `97.3 %`, rounded down so that only all of them are 100 %; "unknown" for NaN. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return 'unknown';
  const tenths = Math.floor(share * 1_000 + 1e-9);
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} %`;
}

/** A duration in a sentence: whole minutes without their zero seconds. */
export const formatSpan = (ms: number): string => formatDuration(ms).replace(/ 00 (s|min)$/, '');

const ROW_UNITS = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** `0.48B of 3.2B rows`: both in the unit of the whole, so that they compare at a glance; "" where one is unknown. */
export function formatRowsOf(read: number, whole: number): string {
  if (!Number.isFinite(read) || !Number.isFinite(whole)) return '';
  const [size, unit] = ROW_UNITS.find(([each]) => whole >= each) ?? ([1, ''] as const);
  const text = (rows: number): string =>
    `${(rows / size).toFixed(size === 1 ? 0 : 2).replace(/\.?0+$/, '') || '0'}${unit}`;
  return `${size === 1 ? formatCount(read) : text(read)} of ${size === 1 ? formatCount(whole) : text(whole)} rows`;
}
