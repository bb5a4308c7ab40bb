// What the workspace's owner and the process that runs the SQL of others say to each other. Plain data.

import type { SqlFileFormat } from '../../../shared/api/views-sql.ts';

/** A query and what it may cost. */
export interface ConsoleQuery {
  readonly sql: string;
  readonly maxRows: number;
  /** Of the answer's text, roughly. */
  readonly maxBytes: number;
}

/** A query whose rows go into the file that the process was started with. */
export interface ConsoleSave {
  readonly sql: string;
  readonly format: SqlFileFormat;
  readonly maxFileBytes: number;
}

export interface ConsoleRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values as JSON: numbers that JSON cannot hold, dates and times as text; NULL as null. */
  readonly rows: readonly (readonly unknown[])[];
  /** There were more rows than the limits allow. */
  readonly truncated: boolean;
  /** The ledger's seq that the answer is as of. */
  readonly asOfSeq: number;
}

export interface ConsoleSaved {
  readonly rowCount: number;
  readonly asOfSeq: number;
}

export type ToConsole =
  | { readonly kind: 'query'; readonly query: ConsoleQuery }
  | { readonly kind: 'save'; readonly save: ConsoleSave };

export type FromConsole =
  | { readonly kind: 'rows'; readonly rows: ConsoleRows }
  | { readonly kind: 'saved'; readonly saved: ConsoleSaved }
  /** The query's own fault: a syntax error, an unknown column, two statements. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It grew past its memory, and the process ends. */
  | { readonly kind: 'too-much-memory'; readonly limitMb: number }
  /** The file grew past what it may, and the process ends. */
  | { readonly kind: 'too-large-file'; readonly limitBytes: number };
