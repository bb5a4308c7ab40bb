// Joins the SQL console to the rest of the page: the query of the link is the text that is being written, what is written
// is remembered with the workspace, and what runs is in the link. A link that named a query before takes nothing away that
// was written since.

import type { StoreApi } from 'zustand/vanilla';
import type { SqlMemory } from './sql-memory.ts';
import type { SqlRun } from './sql-run.ts';
import type { View } from './view.ts';
import type { WorkspaceStore } from './workspace.ts';

const REST_MS = 400;

/** `isReload`: the page was there before, and its link is of what it ran. */
export function keepSqlInStep(
  { store }: SqlRun,
  memory: SqlMemory,
  view: StoreApi<View>,
  workspace: Pick<WorkspaceStore, 'subscribe'>,
  isReload: boolean,
): void {
  let dir: string | null = null;
  let linked: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fromLink = (query: string | null): void => {
    if (query === null || query === linked) return;
    linked = query;
    if (query !== store.getState().draft) store.setState({ draft: query });
  };
  fromLink(view.getState().query);
  view.subscribe((now, before) => {
    if (now.query !== before.query) fromLink(now.query);
  });
  workspace.subscribe((state) => {
    if (state.status !== 'ready' || state.value.dir === dir) return;
    dir = state.value.dir;
    const kept = memory.open(dir);
    const { draft } = store.getState();
    const isOlder = isReload && draft === linked && draft === memory.store.getState()[0]?.sql;
    if (draft === '' || (isOlder && kept !== '')) store.setState({ draft: kept });
  });
  store.subscribe(({ draft }, before) => {
    if (draft === before.draft) return;
    clearTimeout(timer);
    timer = setTimeout(() => memory.keepDraft(draft), REST_MS);
  });
}

/** Runs a query and shows its screen. */
export function askSql(app: { readonly view: StoreApi<View>; readonly sql: SqlRun }, sql: string): void {
  app.view.setState({ screen: 'sql', query: sql });
  app.sql.run(sql);
}
