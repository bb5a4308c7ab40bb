// One SELECT of somebody else's on a read-only file, with a limit on rows and on the answer's size. What else a statement
// could be is refused by its parsed kind, not by looking at its text.

import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import type { ConsoleQuery, ConsoleRows } from './messages.ts';

/** The query cannot be run as it is; the message is for whoever wrote it. */
export class QueryRefusedError extends Error {}

const READS: ReadonlySet<StatementType> = new Set([StatementType.SELECT, StatementType.EXPLAIN]);

/** Throws QueryRefusedError, or DuckDB's own error when running fails. */
export async function runQuery(connection: DuckDBConnection, query: ConsoleQuery): Promise<ConsoleRows> {
  const asOfSeq = await appliedSeq(connection);
  const statements = await connection.extractStatements(query.sql).catch(emptyOr);
  if (statements.count !== 1) throw new QueryRefusedError(severalOf(query.sql));
  const statement = await statements.prepare(0);
  if (!READS.has(statement.statementType)) {
    throw new QueryRefusedError(
      `only SELECT may run here, not ${StatementType[statement.statementType]}: the workspace is read-only`,
    );
  }
  if (statement.parameterCount > 0) throw new QueryRefusedError('a parameter ($1, ?) has no value here: write it out');
  const result = await statement.stream();
  const columns = result.columnNames().map((name, i) => ({ name, type: String(result.columnType(i)) }));
  const rows: (readonly unknown[])[] = [];
  let bytes = 0;
  for await (const block of result.yieldRowsJson()) {
    for (const row of block) {
      bytes += sizeOf(row);
      if (rows.length === query.maxRows || bytes > query.maxBytes) return { columns, rows, truncated: true, asOfSeq };
      rows.push(row);
    }
  }
  return { columns, rows, truncated: false, asOfSeq };
}

/** DuckDB makes several statements of a PIVOT that looks up its values first. */
const severalOf = (sql: string): string =>
  /\bpivot(?:_wider)?\b/i.test(sql)
    ? 'one query at a time; a PIVOT must name its values here: PIVOT … ON column IN (a, b)'
    : 'one query at a time';

/** The client has no words for a text without any statement. */
function emptyOr(error: unknown): never {
  if (error instanceof Error && error.message === 'Error in native callback') {
    throw new QueryRefusedError('there is no query here');
  }
  throw error;
}

async function appliedSeq(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll('SELECT applied_seq FROM ledger_position');
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

const ROW_OVERHEAD = 8;

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + ROW_OVERHEAD;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item), ROW_OVERHEAD);
  if (typeof value === 'object' && value !== null) return sizeOf(Object.entries(value).flat());
  return ROW_OVERHEAD;
}
