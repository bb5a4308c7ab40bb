// The page as one object: the client and the stores, made once in main.tsx and handed down. Behaviour lives in the
// stores; React only shows them.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Connection, NOT_YET_CONNECTED } from '../client/connection.ts';
import { type Connect, type ReconnectingClient, reconnectingClient } from '../client/reconnecting.ts';
import { type Cursor, cursorStore } from './cursor.ts';
import { createFitRun, type FitRun } from './fit-run.ts';
import { giveFile } from './give-file.ts';
import { createImportRun, type ImportRun } from './import-run.ts';
import { createKeptReplays, type KeptReplays } from './kept-replays.ts';
import { syncLink } from './link-sync.ts';
import { type LiveStore, liveStore } from './live.ts';
import { type Overlay, overlayStore } from './overlay.ts';
import { browserFrames, createPlayer, type Player } from './player.ts';
import { createReplayRun, type ReplayRun } from './replay-run.ts';
import { createResources, type Resources } from './resources.ts';
import { keepSqlInStep } from './sql-in-step.ts';
import { createSqlMemory, type SqlMemory } from './sql-memory.ts';
import { createSqlRun, type SqlRun } from './sql-run.ts';
import { type ThemeState, themeStore } from './theme.ts';
import { type View, viewStore } from './view.ts';
import { type WorkspaceStore, workspaceStore } from './workspace.ts';

export interface App {
  readonly client: ReconnectingClient;
  readonly connection: StoreApi<Connection>;
  readonly resources: Resources;
  readonly workspace: WorkspaceStore;
  readonly view: StoreApi<View>;
  readonly cursor: StoreApi<Cursor>;
  readonly player: Player;
  readonly theme: StoreApi<ThemeState>;
  readonly overlay: StoreApi<Overlay>;
  readonly imports: ImportRun;
  readonly live: LiveStore;
  /** What Why plays. */
  readonly replays: ReplayRun;
  /** What Order plays: a question there does not end one of Why. */
  readonly earlyReplays: ReplayRun;
  readonly keptReplays: KeptReplays;
  readonly fits: FitRun;
  readonly sql: SqlRun;
  readonly sqlMemory: SqlMemory;
}

export function createApp(connect: Connect, page: Window): App {
  const connection = createStore<Connection>(() => NOT_YET_CONNECTED);
  const client = reconnectingClient(connect, connection);
  const resources = createResources(client);
  const view = viewStore();
  const cursor = cursorStore();
  syncLink(page, view, cursor);
  const workspace = workspaceStore(client, connection, resources);
  const sqlMemory = createSqlMemory(() => page.localStorage);
  const sql = createSqlRun(client, {
    nowMs: () => performance.now(),
    give: (name, parts, mediaType) => giveFile(page, name, parts, mediaType),
    remember: (query) => sqlMemory.add({ ...query, atMs: Date.now() }),
  });
  keepSqlInStep(sql, sqlMemory, view, workspace, isReload(page));
  return {
    client,
    connection,
    resources,
    workspace,
    view,
    cursor,
    player: createPlayer(cursor, browserFrames),
    theme: themeStore(page),
    overlay: overlayStore(),
    imports: createImportRun(client),
    replays: createReplayRun(client),
    earlyReplays: createReplayRun(client),
    keptReplays: createKeptReplays(client),
    fits: createFitRun(client),
    sql,
    sqlMemory,
    live: liveStore(client, connection, resources, workspace),
  };
}

const isReload = ({ performance: page }: Window): boolean =>
  page.getEntriesByType('navigation').some((entry) => (entry as PerformanceNavigationTiming).type === 'reload');
