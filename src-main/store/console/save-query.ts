// All rows of one SELECT of somebody else's into one file. The query goes into the statement that writes as a text literal
// for DuckDB's query(), which takes a single SELECT: nothing in it can become a part of that statement. The path is ours,
// and the only one that the instance may write.

import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { quote } from '../duckdb/sql.ts';
import type { ConsoleSave, ConsoleSaved } from './messages.ts';
import { appliedSeq, QueryRefusedError, readStatement } from './read-statement.ts';

/** Written under its own name: a second, temporary one may not be written here. */
const OPTIONS = {
  csv: 'FORMAT csv, HEADER true, USE_TMP_FILE false',
  parquet: 'FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false',
};

/** Throws QueryRefusedError, or DuckDB's own error when running fails. */
export async function saveQuery(connection: DuckDBConnection, save: ConsoleSave, file: string): Promise<ConsoleSaved> {
  const asOfSeq = await appliedSeq(connection);
  // Prepared by itself first, so that an error has its place in the query as it was written.
  const { statementType } = await readStatement(connection, save.sql);
  if (statementType !== StatementType.SELECT) {
    throw new QueryRefusedError(`only the rows of a SELECT can be saved, not those of ${StatementType[statementType]}`);
  }
  const rows = `SELECT * FROM query(${quote(save.sql)})`;
  const copy = `COPY (${rows}) TO ${quote(file)} (${OPTIONS[save.format]})`;
  const reader = await connection.runAndReadAll(copy).catch(withoutPlace);
  return { rowCount: Number(reader.getRows()[0]?.[0] ?? 0), asOfSeq };
}

/** The line that DuckDB shows is one of the statement around the query. */
function withoutPlace(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  throw new QueryRefusedError(message.replace(/\n\nLINE \d+: [^]*$/, ''));
}
