// Tables as columns, the form in which they pass between the model and DuckDB: text as arrays of strings, numbers as
// typed arrays. A table's shape is data, checked against the model's types where it is written down (imports/shape.ts).

import { DOUBLE, type DuckDBType, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api';

export type ColumnType = 'text' | 'int32' | 'uint8' | 'float64';
export type ColumnValues = readonly string[] | Int32Array | Uint8Array | Float64Array;
export type TableShape = Readonly<Record<string, ColumnType>>;
export type Columns = Readonly<Record<string, ColumnValues>>;

/** The type that holds a column's values. */
export type ValuesOf<C extends ColumnType> = C extends 'text'
  ? string[]
  : C extends 'int32'
    ? Int32Array
    : C extends 'uint8'
      ? Uint8Array
      : Float64Array;
export type ColumnsOf<S extends TableShape> = { [K in keyof S]: ValuesOf<S[K]> };

export const DUCKDB_TYPES: Readonly<Record<ColumnType, DuckDBType>> = {
  text: VARCHAR,
  int32: INTEGER,
  uint8: UTINYINT,
  float64: DOUBLE,
};

/** Columns of a shape with room for `rows`. */
export function allocate<S extends TableShape>(shape: S, rows: number): ColumnsOf<S> {
  const entries = Object.entries(shape).map(([name, type]) => [name, allocateColumn(type, rows)]);
  return Object.fromEntries(entries) as ColumnsOf<S>;
}

function allocateColumn(type: ColumnType, rows: number): ValuesOf<ColumnType> {
  if (type === 'text') return Array.from<string>({ length: rows }).fill('');
  if (type === 'int32') return new Int32Array(rows);
  return type === 'uint8' ? new Uint8Array(rows) : new Float64Array(rows);
}

/** The length that all columns share. Throws when they do not: such a table has no rows. */
export function rowCountOf(table: string, shape: TableShape, columns: Columns): number {
  const names = Object.keys(shape);
  const rows = columns[names[0]].length;
  const odd = names.find((name) => columns[name].length !== rows);
  if (odd === undefined) return rows;
  throw new Error(`${table}: column ${odd} has ${columns[odd].length} rows, ${names[0]} has ${rows}`);
}
