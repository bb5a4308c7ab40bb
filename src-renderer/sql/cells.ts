// Cells of an answer as text, how they stand, and how wide their columns are. Values stay as DuckDB wrote them: what is
// copied out of a cell is what is in it. Pure.

import { formatPlural } from '../widgets/format.ts';

const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL\(\d+,\s*\d+\)|BIGNUM)$/;
const CHAR_PX = 8;
const PADDING_PX = 26;
const MIN_PX = 72;
const MAX_PX = 380;
/** Rows that a column's width is taken from. */
const SAMPLE = 200;

export const isNumeric = (type: string): boolean => NUMERIC.test(type);

/** null for NULL. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** With its parts on lines of their own. */
export const longText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : String(value ?? 'NULL');

export function columnWidths(
  columns: readonly { readonly name: string; readonly type: string }[],
  rows: readonly (readonly unknown[])[],
): number[] {
  const sample = rows.slice(0, SAMPLE);
  return columns.map(({ name, type }, i) => {
    const chars = sample.reduce((most, row) => Math.max(most, (cellText(row[i]) ?? 'NULL').length), 0);
    const widest = Math.max(chars, name.length, type.length);
    return Math.round(Math.min(MAX_PX, Math.max(MIN_PX, widest * CHAR_PX + PADDING_PX)));
  });
}

/** `0.31 s`, `12 s`. */
export const secondsText = (ms: number): string => `${(ms / 1_000).toFixed(ms < 9_995 ? 2 : 0)} s`;

/** `first 1,000 rows` where there are more. */
export const rowsText = (rowCount: number, isCut: boolean): string =>
  `${isCut ? 'first ' : ''}${formatPlural(rowCount, 'row')}`;
