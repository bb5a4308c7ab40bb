// What the SQL console remembers of a workspace in this browser: the text that is being written, and the last queries.
// Without a storage it lasts as long as the page.

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface EarlierQuery {
  readonly sql: string;
  /** When it was last run, in ms since 1970. */
  readonly atMs: number;
  /** The number of rows, or why there are none. */
  readonly ended: number | 'failed' | 'cancelled';
  /** There were more rows than that. */
  readonly isCut?: boolean;
  readonly elapsedMs: number;
}

export interface SqlMemory {
  readonly store: StoreApi<readonly EarlierQuery[]>;
  /** Reads what is known of a workspace. The text that was being written, "" for none. */
  open(workspaceDir: string): string;
  add(query: EarlierQuery): void;
  keepDraft(text: string): void;
  forget(): void;
}

const KEPT = 50;
/** Longer texts are run, but not kept. */
const KEPT_CHARS = 20_000;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

export function createSqlMemory(storage: () => Storage): SqlMemory {
  const store = createStore<readonly EarlierQuery[]>(() => []);
  let key: string | null = null;
  let draft = '';
  const write = (): void => {
    if (key === null) return;
    try {
      storage().setItem(key, JSON.stringify({ draft, queries: store.getState() }));
    } catch {
      // No storage, or a full one.
    }
  };
  return {
    store,
    open(workspaceDir) {
      key = `landfall.sql ${workspaceDir}`;
      const kept = read(storage, key);
      draft = kept.draft;
      store.setState(kept.queries, true);
      return draft;
    },
    add(query) {
      if (query.sql.length > KEPT_CHARS) return;
      const others = store.getState().filter(({ sql }) => sql !== query.sql);
      store.setState([query, ...others].slice(0, KEPT), true);
      write();
    },
    keepDraft(text) {
      draft = text.length > KEPT_CHARS ? '' : text;
      write();
    },
    forget() {
      store.setState([], true);
      write();
    },
  };
}

/** Whatever is there may have been written by another version. */
function read(storage: () => Storage, key: string): { draft: string; queries: readonly EarlierQuery[] } {
  try {
    const kept = JSON.parse(storage().getItem(key) ?? '{}') as { draft?: unknown; queries?: unknown };
    const queries = Array.isArray(kept.queries) ? kept.queries.filter(isEarlierQuery) : [];
    return { draft: typeof kept.draft === 'string' ? kept.draft : '', queries };
  } catch {
    return { draft: '', queries: [] };
  }
}

function isEarlierQuery(value: unknown): value is EarlierQuery {
  const { sql, atMs, ended, elapsedMs } = (value ?? {}) as Partial<EarlierQuery>;
  const isEnd = typeof ended === 'number' || ended === 'failed' || ended === 'cancelled';
  return typeof sql === 'string' && typeof atMs === 'number' && isEnd && typeof elapsedMs === 'number';
}
