// One SELECT of somebody else's on a read-only file, with a limit on rows and on the answer's size.

import { type DuckDBConnection, DuckDBIntervalValue, DuckDBTypeId } from '@duckdb/node-api';
import type { ConsoleQuery, ConsoleRows } from './messages.ts';
import { appliedSeq, readStatement } from './read-statement.ts';

/** Throws QueryRefusedError, or DuckDB's own error when running fails. */
export async function runQuery(connection: DuckDBConnection, query: ConsoleQuery): Promise<ConsoleRows> {
  const asOfSeq = await appliedSeq(connection);
  const statement = await readStatement(connection, query.sql);
  const result = await statement.stream();
  const columns = result.columnNames().map((name, i) => ({ name, type: String(result.columnType(i)) }));
  const intervals = columns.flatMap((_, i) => (result.columnTypeId(i) === DuckDBTypeId.INTERVAL ? [i] : []));
  const rows: (readonly unknown[])[] = [];
  let bytes = 0;
  for await (const block of result.yieldRowsJson()) {
    for (const row of block) {
      for (const i of intervals) row[i] = intervalText(row[i]);
      bytes += sizeOf(row);
      if (rows.length === query.maxRows || bytes > query.maxBytes) return { columns, rows, truncated: true, asOfSeq };
      rows.push(row);
    }
  }
  return { columns, rows, truncated: false, asOfSeq };
}

/** As DuckDB writes it: `1 day 01:02:03.5`. */
function intervalText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { months, days, micros } = value as { months: number; days: number; micros: string };
  return new DuckDBIntervalValue(months, days, BigInt(micros)).toString();
}

const ROW_OVERHEAD = 8;

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + ROW_OVERHEAD;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item), ROW_OVERHEAD);
  if (typeof value === 'object' && value !== null) return sizeOf(Object.entries(value).flat());
  return ROW_OVERHEAD;
}
