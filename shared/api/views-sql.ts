// What the SQL console answers: rows of any shape, so values are JSON and a column says its DuckDB type.

export interface SqlRequest {
  sql: string;
  /** Left out: the usual limits. */
  maxRows?: number | undefined;
  timeoutMs?: number | undefined;
  memoryMb?: number | undefined;
}

export interface SqlView {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Numbers beyond JSON's, dates and times are text; NULL is null. */
  readonly rows: readonly (readonly unknown[])[];
  /** The limits on rows or size cut it short. */
  readonly truncated: boolean;
  /** The ledger's seq that the answer is as of; 0 in a workspace that never had a live event. */
  readonly asOfSeq: number;
  readonly elapsedMs: number;
}

export type SqlFileFormat = 'csv' | 'parquet';

/** The query runs again for the file: all of its rows, without a limit on their number. */
export interface SqlSaveRequest {
  sql: string;
  format: SqlFileFormat;
  timeoutMs?: number | undefined;
  memoryMb?: number | undefined;
}

/** A part of the file, in order. Offset 0 starts it, again where the connection broke meanwhile. */
export interface SqlSavePart {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface SqlSavedView {
  readonly rowCount: number;
  readonly byteCount: number;
  /** As in SqlView. */
  readonly asOfSeq: number;
}

/** What can be asked of: tables, views, and table macros with their parameters. */
export interface SqlSchemaView {
  readonly tables: readonly {
    readonly name: string;
    readonly kind: 'table' | 'view' | 'macro';
    /** What a row of it is; "" where its name says it. */
    readonly about: string;
    /** Columns of a table or view; parameters of a macro, whose types are "". */
    readonly columns: readonly { readonly name: string; readonly type: string }[];
  }[];
}
