// Text tables for the terminal: columns aligned by their widest cell, numbers to the right, two spaces between.
// Widths count code points, which is right for Latin text and close enough for the rest.

import { PLAIN_STYLE, type Style } from './style.ts';

export type Align = 'left' | 'right';

/** Rows of equal length; `header` may be left out. No trailing spaces, each line ends in LF. */
export function formatTable(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
  header: readonly string[] | null = null,
  style: Style = PLAIN_STYLE,
): string {
  const all = header ? [header, ...rows] : rows;
  const widths = aligns.map((_, column) => Math.max(0, ...all.map((row) => width(row[column] ?? ''))));
  const lines = all.map((row) => row.map((cell, i) => pad(cell, widths[i] ?? 0, aligns[i] ?? 'left')).join('  '));
  return lines.map((line, i) => `${header && i === 0 ? style.dim(line.trimEnd()) : line.trimEnd()}\n`).join('');
}

/** An SGR sequence takes no room on the screen. */
const SGR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
const width = (text: string): number => [...text.replace(SGR, '')].length;

function pad(text: string, to: number, align: Align): string {
  const space = ' '.repeat(Math.max(0, to - width(text)));
  return align === 'left' ? text + space : space + text;
}

/** `50,000`: whole numbers as people read them; "unknown" for NaN. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return 'unknown';
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 log`, `2 logs`. */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
