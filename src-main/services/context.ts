// What every service needs, handed to each: one workspace, the library over its logs, where to tell of changes, and
// where the built workers are.

import type { TopicHub } from '../../shared/api/channel/topic-hub.ts';
import type { LedgerCommands } from '../../shared/api/ledger.ts';
import type { WorkspaceView } from '../../shared/api/views.ts';
import type { SqlConsole } from '../store/console/sql-console.ts';
import type { Workspace } from '../store/workspace.ts';
import type { Fed } from './caught-up.ts';
import type { LiveLog } from './live/live-log.ts';
import { LogLibrary } from './log-library.ts';
import type { Receiver } from './receiver/receiver.ts';
import { Sequence } from './sequence.ts';

export interface ServicesOptions {
  readonly workspace: Workspace;
  readonly topics: TopicHub;
  /** Runs the SQL of others. */
  readonly sqlConsole: SqlConsole;
  readonly ledger: LedgerCommands;
  readonly feed: Fed;
  readonly live: LiveLog;
  readonly receiver: Receiver;
  /** The folder of the built `*.worker.js` files. */
  readonly workersDir: string;
  /** Changes of the workspace run in here, one after another; whoever closes the workspace waits for it. */
  readonly changes: Sequence;
}

export interface ServicesContext extends ServicesOptions {
  readonly library: LogLibrary;
}

export function servicesContext(options: ServicesOptions): ServicesContext {
  const context = { ...options, library: new LogLibrary(options.workspace, options.live) };
  options.live.onState(() => tellChanged(context));
  return context;
}

export function workspaceView({ workspace, library }: ServicesContext): WorkspaceView {
  const { name, dir, revision } = workspace;
  return { name, dir, revision, logs: library.logs() };
}

/** Tells every screen that the set of logs is another one now. */
export const tellChanged = ({ topics, workspace }: ServicesContext): void =>
  topics.emit('workspace.changed', { revision: workspace.revision });
