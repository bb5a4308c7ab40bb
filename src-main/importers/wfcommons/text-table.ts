// A small CSV of names and numbers without quoted fields, as the flattened WfInstances tables are: the columns asked
// for, row by row. Not a general CSV reader: a quote is a problem, not a field.

import type { ProblemList } from '../problem-list.ts';
import { quote } from '../text/quote.ts';

export interface TextRow {
  /** In the order of the names asked for. */
  readonly cells: readonly string[];
  /** From 1; the header is line 1. */
  readonly line: number;
}

export interface TextTable {
  readonly file: string;
  readonly rows: readonly TextRow[];
}

/** The rows that have as many fields as the header; none when a column is missing. */
export function readTextTable(text: string, file: string, names: readonly string[], problems: ProblemList): TextTable {
  const [header = '', ...lines] = text.replace(/^\ufeff/, '').split('\n');
  const columns = fieldsOf(header);
  const missing = names.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    problems.error(file, 1, `there is no column ${missing.join(', ')} in ${quote(header)}`);
    return { file, rows: [] };
  }
  const at = names.map((name) => columns.indexOf(name));
  const rows: TextRow[] = [];
  lines.forEach((text, i) => {
    const line = i + 2;
    const fields = fieldsOf(text);
    if (text.trim() === '') return;
    if (fields.length !== columns.length || text.includes('"')) {
      problems.error(file, line, `${columns.length} fields without quotes are wanted, as in the header`);
    } else {
      rows.push({ cells: at.map((field) => fields[field] ?? ''), line });
    }
  });
  return { file, rows };
}

const fieldsOf = (line: string): string[] => line.replace(/\r$/, '').split(',');
