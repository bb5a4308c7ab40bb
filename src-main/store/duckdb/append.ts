// Columns into a temporary table. The appender runs on the event loop, so rows go in small blocks and the loop gets
// its turn between them: nothing here may hold it for long.

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  DuckDBUTinyIntVector,
  DuckDBVarCharVector,
  type DuckDBVector,
} from '@duckdb/node-api';
import { type Columns, type ColumnValues, DUCKDB_TYPES, rowCountOf, type TableShape } from './columns.ts';
import { snakeCase } from './sql.ts';

/** Rows a call: the most that keeps one call under a few milliseconds. */
export const ROWS_A_CALL = 2_000;
const CALLS_A_TURN = 8;

/**
 * Creates the temporary table `name` on a connection and fills it from blocks of columns, in their order. `onTurn` is
 * called between turns of the event loop and may throw to stop. Returns the number of rows.
 */
export async function stageTable(
  connection: DuckDBConnection,
  name: string,
  shape: TableShape,
  blocks: Iterable<Columns>,
  onTurn: () => void,
): Promise<number> {
  const columns = Object.entries(shape).map(([column, type]) => `${snakeCase(column)} ${DUCKDB_TYPES[type]}`);
  await connection.run(`CREATE TEMPORARY TABLE ${name} (${columns.join(', ')})`);
  const appender = await connection.createAppender(name, 'main', 'temp');
  let rows = 0;
  try {
    for (const block of blocks) {
      const blockRows = rowCountOf(name, shape, block);
      for (let from = 0; from < blockRows; from += ROWS_A_CALL) {
        appender.appendDataChunk(chunkOf(shape, block, from, Math.min(ROWS_A_CALL, blockRows - from)));
        if ((from / ROWS_A_CALL) % CALLS_A_TURN !== CALLS_A_TURN - 1) continue;
        appender.flushSync();
        await nextTurn();
        onTurn();
      }
      rows += blockRows;
    }
  } finally {
    appender.closeSync();
  }
  return rows;
}

function chunkOf(shape: TableShape, block: Columns, from: number, rows: number): DuckDBDataChunk {
  const names = Object.keys(shape);
  const chunk = DuckDBDataChunk.create(
    names.map((name) => DUCKDB_TYPES[shape[name]]),
    rows,
  );
  names.forEach((name, column) => {
    const vector = chunk.getColumnVector(column);
    fill(vector, block[name], from, rows);
    vector.flush();
  });
  return chunk;
}

function fill(vector: DuckDBVector, values: ColumnValues, from: number, rows: number): void {
  if (vector instanceof DuckDBVarCharVector) {
    for (let i = 0; i < rows; i++) vector.setItem(i, values[from + i] as string);
  } else if (
    vector instanceof DuckDBIntegerVector ||
    vector instanceof DuckDBDoubleVector ||
    vector instanceof DuckDBUTinyIntVector
  ) {
    for (let i = 0; i < rows; i++) vector.setItem(i, values[from + i] as number);
  } else throw new Error(`no column of a table has the type ${vector.type}`);
}
