// Foreign tables in Parquet, read by DuckDB in memory: the file's own folder is all that it may touch. Columns by name,
// whole; a file's size bounds what that takes.

import { dirname, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openInMemory, withConnection } from './instance.ts';
import { parquet } from './sql.ts';

type CellType = 'text' | 'number' | 'instant' | 'flag';
type Cell = string | number | boolean | null;

const AS: Readonly<Record<CellType, (column: string) => string>> = {
  text: (column) => `${column}::VARCHAR`,
  number: (column) => `${column}::DOUBLE`,
  instant: (column) => `epoch_us(${column}::TIMESTAMP)::DOUBLE`,
  flag: (column) => `${column}::BOOLEAN`,
};

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export async function parquetColumns(file: string): Promise<readonly string[]> {
  return withTable(file, async (connection, table) => {
    const reader = await connection.runAndReadAll(`SELECT * FROM ${table} LIMIT 0`);
    return reader.columnNames();
  });
}

/** The columns asked for, in that order. Rejects with DuckDB's reason. */
export async function readParquetTable(
  file: string,
  columns: readonly { readonly name: string; readonly type: CellType }[],
): Promise<readonly (readonly Cell[])[]> {
  return withTable(file, async (connection, table) => {
    const list = columns.map(({ name, type }) => AS[type](quoteName(name))).join(', ');
    const reader = await connection.runAndReadAll(`SELECT ${list} FROM ${table}`);
    return reader.getColumns() as Cell[][];
  });
}

async function withTable<T>(
  file: string,
  work: (connection: DuckDBConnection, table: string) => Promise<T>,
): Promise<T> {
  const path = resolve(file);
  const instance = await openInMemory(dirname(path));
  try {
    return await withConnection(instance, (connection) => work(connection, parquet(path)));
  } finally {
    instance.closeSync();
  }
}
