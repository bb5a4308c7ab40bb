// S3 Inventory as CSV: no header, fields quoted, keys percent-encoded. The usual columns are bucket, key, size, last
// modified; others are told by the manifest's `fileSchema`, given as text.
// Format: Amazon S3 user guide, "Amazon S3 Inventory list".

import type { FileFact } from '../../../../shared/analysis/markers/layout.ts';
import { parseInstant } from '../../../../shared/base/time.ts';
import type { ProblemList } from '../../problem-list.ts';
import { type Listing, underPrefix } from './listed-file.ts';

export const USUAL_SCHEMA = 'Bucket, Key, Size, LastModifiedDate';

interface Columns {
  readonly count: number;
  readonly key: number;
  readonly size: number;
  readonly modified: number;
  /** -1 when there is none. */
  readonly isLatest: number;
  readonly isDeleteMarker: number;
}

/** Versions that are not the latest, and delete markers, are no files. */
export function readInventoryCsv(
  text: string,
  file: string,
  options: { readonly prefix: string; readonly schema: string },
  problems: ProblemList,
): Listing {
  const columns = columnsOf(options.schema);
  const files: FileFact[] = [];
  let read = 0;
  if (columns === null) {
    problems.error(file, null, `the schema ${JSON.stringify(options.schema)} has no Key, Size and LastModifiedDate`);
    return { format: 'S3 inventory CSV', files, read };
  }
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    read++;
    const fact = factOf(splitCsv(line.replace(/\r$/, '')), columns, options.prefix);
    if (typeof fact === 'string') problems.error(file, i + 1, fact);
    else if (fact !== null) files.push(fact);
  });
  return { format: 'S3 inventory CSV', files, read };
}

function columnsOf(schema: string): Columns | null {
  const names = schema.split(',').map((name) => name.trim().toLowerCase());
  const at = (name: string): number => names.indexOf(name);
  const [key, size, modified] = [at('key'), at('size'), at('lastmodifieddate')];
  if (key === -1 || size === -1 || modified === -1) return null;
  return { count: names.length, key, size, modified, isLatest: at('islatest'), isDeleteMarker: at('isdeletemarker') };
}

function factOf(cells: readonly string[], columns: Columns, prefix: string): FileFact | string | null {
  if (cells.length !== columns.count) return `${cells.length} fields where the schema has ${columns.count}`;
  if (cells[columns.isLatest] === 'false' || cells[columns.isDeleteMarker] === 'true') return null;
  const path = underPrefix(decodeKey(cells[columns.key]), prefix);
  if (path === null) return null;
  const modified = parseInstant(cells[columns.modified]);
  if (modified === null) return `${JSON.stringify(cells[columns.modified])} is not a time`;
  const size = cells[columns.size];
  if (!/^\d{1,15}$/.test(size)) return `${JSON.stringify(size)} is not a size`;
  return { path, sizeBytes: Number(size), modifiedUs: modified };
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** Fields in double quotes, where a doubled quote is one, or bare. */
function splitCsv(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      cells.push(line.slice(at, end === -1 ? line.length : end));
      at = (end === -1 ? line.length : end) + 1;
      continue;
    }
    let cell = '';
    let from = at + 1;
    for (;;) {
      const quote = line.indexOf('"', from);
      if (quote === -1) return [...cells, cell + line.slice(from)];
      cell += line.slice(from, quote);
      from = quote + 1;
      if (line[from] !== '"') break;
      cell += '"';
      from++;
    }
    cells.push(cell);
    at = from + 1;
  }
  return cells;
}
