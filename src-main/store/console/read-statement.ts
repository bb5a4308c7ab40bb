// One statement of somebody else's, prepared, and only if it reads. What else a statement could be is refused by its
// parsed kind, not by looking at its text.

import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';

/** The query cannot be run as it is; the message is for whoever wrote it. */
export class QueryRefusedError extends Error {}

const READS: ReadonlySet<StatementType> = new Set([StatementType.SELECT, StatementType.EXPLAIN]);

/** Throws QueryRefusedError, or DuckDB's own error where it is not understood. */
export async function readStatement(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql).catch(emptyOr);
  if (statements.count !== 1) throw new QueryRefusedError(severalOf(sql));
  const statement = await statements.prepare(0);
  if (!READS.has(statement.statementType)) {
    throw new QueryRefusedError(
      `only SELECT may run here, not ${StatementType[statement.statementType]}: the workspace is read-only`,
    );
  }
  if (statement.parameterCount > 0) throw new QueryRefusedError('a parameter ($1, ?) has no value here: write it out');
  return statement;
}

/** The ledger's seq that this copy of the read model holds. */
export async function appliedSeq(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll('SELECT applied_seq FROM ledger_position');
  return Number(reader.getRows()[0]?.[0] ?? 0);
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
