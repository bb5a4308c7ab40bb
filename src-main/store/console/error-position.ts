// Where in a query DuckDB's error lies. DuckDB shows the line and a caret under it, in a window cut out of long lines and
// in columns of a terminal; this finds the place in the query as it was written. Pure.

import type { TextPosition } from '../../../shared/api/errors.ts';

/** `LINE 3: …text of the line…`, then the caret's line. */
const SHOWN = /\n\nLINE (\d+): (.*)\n( *)\^\s*$/;
const END = /syntax error at end of input/;
/** What the error is about, where it says so. */
const TOKEN = /(?:at or near|column|reference to column name|Function with name|Table with name) "?([^"\s!]+)"?/;
const CUT = '...';
/** Terminal columns and characters differ by tabs and wide characters. */
const REACH = 40;

/** null where DuckDB does not say. */
export function errorPosition(message: string, sql: string): TextPosition | null {
  const lines = sql.split('\n');
  if (END.test(message)) return endOf(sql);
  const [, number = '', shown = '', indent = ''] = SHOWN.exec(message) ?? [];
  const line = lines[Number(number) - 1];
  if (line === undefined) return null;
  const isCut = shown.startsWith(CUT) && !line.startsWith(CUT);
  const window = isCut ? shown.slice(CUT.length) : shown;
  const bare = window.endsWith(CUT) && !line.endsWith(CUT) ? window.slice(0, -CUT.length) : window;
  const start = Math.max(0, line.indexOf(bare));
  const inShown = indent.length - `LINE ${number}: `.length - (isCut ? CUT.length : 0);
  const about = Math.min(line.length, Math.max(0, start + inShown));
  const token = TOKEN.exec(message)?.[1] ?? '';
  const column = nearest(line, token, about);
  const length = column === null ? wordLength(line, about) : token.length;
  return { line: Number(number), column: (column ?? about) + 1, length };
}

function endOf(sql: string): TextPosition {
  const lines = sql.trimEnd().split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, length: 0 };
}

/** Where the token begins that is nearest to a place, or null when none is near. */
function nearest(line: string, token: string, about: number): number | null {
  if (token === '') return null;
  const [text, wanted] = [line.toLowerCase(), token.toLowerCase()];
  let best: number | null = null;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (best === null || Math.abs(at - about) < Math.abs(best - about)) best = at;
  }
  return best !== null && Math.abs(best - about) <= REACH ? best : null;
}

const wordLength = (line: string, at: number): number => /^\w+/.exec(line.slice(at))?.[0].length ?? 1;
