// The SQL console: what is written, what runs, the last rows, and saving them as a file. It lives beside the screens, so
// that leaving SQL neither stops nor forgets it. One thing runs at a time; what a person starts ends what ran before.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { ServiceError } from '../../shared/api/errors.ts';
import type { SqlFileFormat, SqlView } from '../../shared/api/views-sql.ts';
import { type CancelSource, cancelSource } from '../../shared/base/cancel.ts';
import { FileParts } from './file-parts.ts';
import { asServiceError } from './resources.ts';
import type { EarlierQuery } from './sql-memory.ts';

export interface SqlAnswer {
  /** Another one for each answer. */
  readonly id: number;
  readonly sql: string;
  /** As it was asked with. */
  readonly maxRows: number;
  readonly view: SqlView;
}

/** What became of the last thing that ran, where it is not an answer. */
export type SqlOutcome =
  | { readonly kind: 'failed'; readonly of: SqlWork; readonly sql: string; readonly error: ServiceError }
  | { readonly kind: 'cancelled'; readonly of: SqlWork; readonly afterMs: number }
  | { readonly kind: 'saved'; readonly of: SqlFileFormat; readonly rowCount: number; readonly byteCount: number };

export type SqlWork = 'run' | SqlFileFormat;

export interface SqlState {
  readonly draft: string;
  readonly maxRows: number;
  readonly timeoutMs: number;
  /** `sinceMs`: of the page's clock. */
  readonly running: { readonly of: SqlWork; readonly sql: string; readonly sinceMs: number } | null;
  /** Stays while the next one runs; a query that failed has none. */
  readonly answer: SqlAnswer | null;
  readonly outcome: SqlOutcome | null;
}

export interface SqlRun {
  readonly store: StoreApi<SqlState>;
  /** Runs a text, which becomes the draft. Nothing to run: nothing happens. */
  run(sql: string): void;
  /** Saves all rows of the query that the shown rows are of; it runs again for that. */
  save(format: SqlFileFormat): void;
  cancel(): void;
}

export interface SqlPage {
  nowMs(): number;
  /** Hands a file to the user. */
  give(name: string, parts: readonly Uint8Array[], mediaType: string): void;
  /** Told of every query that has ended, and how. */
  remember(query: Omit<EarlierQuery, 'atMs'>): void;
}

const MEDIA_TYPES: Readonly<Record<SqlFileFormat, string>> = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
};

export function createSqlRun(client: Client, page: SqlPage): SqlRun {
  const store = createStore<SqlState>(() => ({
    draft: '',
    maxRows: 10_000,
    timeoutMs: 30_000,
    running: null,
    answer: null,
    outcome: null,
  }));
  let source: CancelSource | null = null;
  let answers = 0;

  /** `work` answers with what changes when it ends well. */
  const start = async (
    of: SqlWork,
    sql: string,
    work: (own: CancelSource) => Promise<Partial<SqlState>>,
  ): Promise<void> => {
    source?.cancel();
    const own = cancelSource();
    source = own;
    const sinceMs = page.nowMs();
    store.setState({ running: { of, sql, sinceMs }, outcome: null });
    const end = (change: Partial<SqlState>): void => {
      // What was started since has taken its place.
      if (source === own) store.setState({ running: null, ...change });
    };
    try {
      end(await work(own));
    } catch (fault) {
      const error = asServiceError(fault);
      const afterMs = page.nowMs() - sinceMs;
      const isCancelled = error.code === 'cancelled';
      if (of === 'run') page.remember({ sql, ended: isCancelled ? 'cancelled' : 'failed', elapsedMs: afterMs });
      if (isCancelled) end({ outcome: { kind: 'cancelled', of, afterMs } });
      // Rows of another query would come back for a moment when the next one runs.
      else end({ outcome: { kind: 'failed', of, sql, error }, ...(of === 'run' ? { answer: null } : {}) });
    }
  };

  return {
    store,
    run(sql) {
      if (sql.trim() === '') return;
      const { maxRows, timeoutMs } = store.getState();
      store.setState({ draft: sql });
      void start('run', sql, async ({ signal }) => {
        const view = await client.call('sql.run', { sql, maxRows, timeoutMs }, { signal });
        page.remember({ sql, ended: view.rows.length, isCut: view.truncated, elapsedMs: view.elapsedMs });
        return { answer: { id: ++answers, sql, maxRows, view } };
      });
    },
    save(format) {
      const { answer } = store.getState();
      if (answer === null) return;
      void start(format, answer.sql, async ({ signal }) => {
        const parts = new FileParts();
        const onProgress = parts.take;
        const saved = await client.call('sql.save', { sql: answer.sql, format }, { signal, onProgress });
        page.give(`landfall-rows.${format}`, parts.whole(saved.byteCount), MEDIA_TYPES[format]);
        return { outcome: { kind: 'saved', of: format, rowCount: saved.rowCount, byteCount: saved.byteCount } };
      });
    },
    cancel: () => source?.cancel(),
  };
}
