// Columns out of DuckDB: a stream of vectors into arrays of the right length, never rows. 400,000 events take about a
// tenth of a second, and the event loop gets its turn between vectors.

import {
  DuckDBBlobVector,
  type DuckDBConnection,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  DuckDBUTinyIntVector,
  type DuckDBVector,
} from '@duckdb/node-api';
import { allocate, type ColumnsOf, type ColumnType, type TableShape, type ValuesOf } from './columns.ts';
import { parquet, snakeCase } from './sql.ts';

/** Keeps a byte order mark: text comes back as it went in. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const NO_BYTES = new Uint8Array(0);

/** A table with other rows than it is said to have. */
export class RowCountError extends Error {
  constructor(table: string, found: number, expected: number) {
    super(`${table} has ${found} rows where ${expected} are recorded`);
    this.name = 'RowCountError';
  }
}

/** The rows of a Parquet file as one block. */
export async function readParquet<S extends TableShape>(
  connection: DuckDBConnection,
  file: string,
  shape: S,
  rows: number,
): Promise<ColumnsOf<S>> {
  const [block] = await readParquetBlocks(connection, file, shape, rows, Math.max(rows, 1));
  return block ?? allocate(shape, 0);
}

/** The rows of a Parquet file, in their order, as blocks of `blockRows` and a last shorter one. */
export async function readParquetBlocks<S extends TableShape>(
  connection: DuckDBConnection,
  file: string,
  shape: S,
  rows: number,
  blockRows: number,
): Promise<ColumnsOf<S>[]> {
  // Text is read as bytes: the client's own decoder drops a leading byte order mark.
  const columns = Object.entries(shape).map(([name, type]) => {
    const column = snakeCase(name);
    return type === 'text' ? `encode(${column})` : column;
  });
  const result = await connection.stream(`SELECT ${columns.join(', ')} FROM ${parquet(file)}`);
  const names = Object.keys(shape);
  const blocks: ColumnsOf<S>[] = [];
  let at = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const vectors = names.map((_, column) => chunk.getColumnVector(column));
    if (at + chunk.rowCount > rows) throw new RowCountError(file, at + chunk.rowCount, rows);
    for (let done = 0; done < chunk.rowCount; ) {
      const offset = at % blockRows;
      if (offset === 0) blocks.push(allocate(shape, Math.min(blockRows, rows - at)));
      const block = blocks[blocks.length - 1];
      const count = Math.min(chunk.rowCount - done, blockRows - offset);
      names.forEach((name, column) => copy(vectors[column], done, block[name as keyof S], offset, count));
      done += count;
      at += count;
    }
  }
  if (at !== rows) throw new RowCountError(file, at, rows);
  return blocks;
}

function copy(vector: DuckDBVector, from: number, to: ValuesOf<ColumnType>, offset: number, count: number): void {
  if (vector instanceof DuckDBBlobVector) {
    for (let i = 0; i < count; i++) to[offset + i] = utf8.decode(vector.getItemBytes(from + i) ?? NO_BYTES);
  } else if (
    vector instanceof DuckDBIntegerVector ||
    vector instanceof DuckDBDoubleVector ||
    vector instanceof DuckDBUTinyIntVector
  ) {
    for (let i = 0; i < count; i++) to[offset + i] = vector.getItem(from + i) as number;
  } else throw new Error(`no column of a table has the type ${vector.type}`);
}
