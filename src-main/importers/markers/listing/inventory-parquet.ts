// S3 Inventory as Parquet: as its CSV, with columns by name (key, size, last_modified_date).

import type { FileFact } from '../../../../shared/analysis/markers/layout.ts';
import type { ProblemList } from '../../problem-list.ts';
import type { CellType, TableReader } from '../table-reader.ts';
import { type Listing, underPrefix } from './listed-file.ts';

const NEEDED = { key: 'text', size: 'number', last_modified_date: 'instant' } as const;
const OPTIONAL = { is_latest: 'flag', is_delete_marker: 'flag' } as const;

export async function readInventoryParquet(
  file: string,
  prefix: string,
  tables: TableReader,
  problems: ProblemList,
): Promise<Listing> {
  const format = 'S3 inventory Parquet';
  const there = await tables
    .columns(file)
    .catch((error: unknown) => String(error instanceof Error ? error.message : error));
  if (typeof there === 'string') {
    problems.error(file, null, `cannot be read as Parquet: ${there}`);
    return { format, files: [], read: 0 };
  }
  const missing = Object.keys(NEEDED).filter((name) => !there.includes(name));
  if (missing.length > 0) {
    problems.error(file, null, `no S3 inventory: the columns ${missing.join(', ')} are missing`);
    return { format, files: [], read: 0 };
  }
  const wanted = Object.entries({ ...NEEDED, ...OPTIONAL })
    .filter(([name]) => there.includes(name))
    .map(([name, type]): { name: string; type: CellType } => ({ name, type }));
  const cells = await tables.read(file, wanted);
  const column = (name: string) => cells[wanted.findIndex((one) => one.name === name)];
  const [key, size, modified] = [column('key'), column('size'), column('last_modified_date')];
  const [latest, deleted] = [column('is_latest'), column('is_delete_marker')];
  const files: FileFact[] = [];
  for (let i = 0; i < key.length; i++) {
    if (latest?.[i] === false || deleted?.[i] === true) continue;
    const path = underPrefix(String(key[i]), prefix);
    if (path === null) continue;
    files.push({
      path,
      sizeBytes: Number(size[i] ?? Number.NaN),
      modifiedUs: modified[i] === null ? Number.NaN : Number(modified[i]),
    });
  }
  return { format, files, read: key.length };
}
