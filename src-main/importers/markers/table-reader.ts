// Tables in Parquet, as importers ask for them: whoever starts an import fills this in with DuckDB, which importers may
// not know.

export type CellType = 'text' | 'number' | 'instant' | 'flag';
/** `instant`: µs since the epoch. null is NULL. */
export type Cells = readonly (string | number | boolean | null)[];

export interface TableReader {
  /** Names of the columns, as written. Rejects with a reason for people. */
  columns(file: string): Promise<readonly string[]>;
  /** The columns asked for, in that order, each with all of its cells. */
  read(file: string, columns: readonly { readonly name: string; readonly type: CellType }[]): Promise<readonly Cells[]>;
}
