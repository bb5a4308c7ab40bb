// The one process that owns a workspace: opens it, puts the sample in where asked, and gives out the services over it.
// Used by the command line, by Electron's utility process and by tests. Whoever starts a host closes it: that releases
// the workspace's lock.

import { readdirSync, rmdirSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type TopicHub, topicHub } from '../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../shared/api/client.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LedgerCommands } from '../../shared/api/ledger.ts';
import type { ImportProgress } from '../../shared/api/views.ts';
import { type CancelSignal, NEVER_CANCELLED } from '../../shared/base/cancel.ts';
import { servicesContext } from '../services/context.ts';
import { createHandlers } from '../services/handlers.ts';
import { type LedgerReads, ledgerReadHandlers } from '../services/ledger-reads.ts';
import { LogReads } from '../services/live/log-reads.ts';
import type { Receiver } from '../services/receiver/receiver.ts';
import { ensureSample } from '../services/sample.ts';
import { Sequence } from '../services/sequence.ts';
import type { StartConsole } from '../store/console/console-process.ts';
import { SqlConsole } from '../store/console/sql-console.ts';
import { CONSOLE_FOLDER } from '../store/content.ts';
import { ledgerPaths } from '../store/ledger/ledger-paths.ts';
import { LiveLedger } from '../store/live-ledger.ts';
import { Workspace } from '../store/workspace.ts';
import { liveParts } from './live-parts.ts';
import { ownerOf } from './owner.ts';
import { builtMainDir } from './package-root.ts';

export type { ConsoleProcess, StartConsole } from '../store/console/console-process.ts';
export type { FromConsole } from '../store/console/messages.ts';

export interface HostOptions {
  readonly workspaceDir: string;
  /** Makes the workspace where there is nothing yet. Default: only when a sample is asked for. */
  readonly create?: boolean;
  /** Makes sure that the sample company is there, of the usual size except for what is given. */
  readonly sample?: { readonly seed?: number; readonly pipelines?: number; readonly taskRuns?: number };
  /** How the process for the SQL of others is started, where Node's own way does not work. */
  readonly startConsole?: StartConsole;
  readonly signal?: CancelSignal;
  /** Told of what goes on without: a snapshot that was not written, a feed that stopped. */
  readonly onFault?: (fault: unknown, where: string) => void;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ProgramApi {
  readonly receiver: Receiver;
  readonly ledger: LedgerCommands;
  readonly reads: LogReads;
  readonly ledgerReads: LedgerReads;
}

export interface Host {
  readonly handlers: Handlers;
  readonly topics: TopicHub;
  readonly workspace: Workspace;
  /** What other programs may use over HTTP, while its receiver is on. */
  readonly api: ProgramApi;
  /** Set when this host made the workspace: in a folder that was there and empty, or in one it made too. */
  readonly created: 'in folder' | 'with folder' | null;
  /** Lets a change that is under way end, then releases the workspace. */
  close(): Promise<void>;
}

/** Rejects with a ServiceError: `workspace-held` (with who holds it), `not-a-workspace`, … */
export async function startHost(options: HostOptions): Promise<Host> {
  const { workspaceDir, sample, signal = NEVER_CANCELLED, onProgress = () => {} } = options;
  const created = (options.create ?? sample !== undefined) ? emptyPlace(workspaceDir) : null;
  const workspace = await own(workspaceDir, created !== null);
  try {
    const workersDir = builtMainDir();
    if (sample !== undefined) await ensureSample(workspace, { size: sample, workersDir, signal, onProgress });
    const topics = topicHub();
    const changes = new Sequence();
    const { onFault = () => {} } = options;
    const ledger = await LiveLedger.open(workspace, { onFault });
    const sqlConsole = consoleOf(workspace, ledger, workersDir, options.startConsole);
    const parts = liveParts(workspace.dir, ledger.commands, topics, workersDir);
    const { live, receiver } = parts;
    const context = servicesContext({
      workspace,
      topics,
      workersDir,
      changes,
      sqlConsole,
      ledger: ledger.commands,
      feed: ledger,
      live,
      receiver,
    });
    const loading = setTimeout(() => {
      workspace.loadRest().catch((fault: unknown) => onFault(fault, 'loading the read model'));
    }, LOAD_REST_AFTER_MS);
    const close = async (): Promise<void> => {
      clearTimeout(loading);
      await changes.settled();
      await sqlConsole.close();
      await parts.close();
      await ledger.close();
      await workspace.close();
      ledger.detach();
    };
    const api = {
      receiver,
      ledger: ledger.commands,
      reads: new LogReads(context.library, live),
      ledgerReads: ledgerReadHandlers(context),
    };
    return { handlers: createHandlers(context), topics, workspace, api, created, close };
  } catch (error) {
    await closeUnused({ workspace, created, close: () => workspace.close() });
    throw error;
  }
}

/** What is left for later goes into the read model once the first page is up. */
const LOAD_REST_AFTER_MS = 4_000;

const consoleOf = (
  workspace: Workspace,
  { feed }: LiveLedger,
  builtDir: string,
  start: StartConsole | undefined,
): SqlConsole =>
  new SqlConsole({
    start,
    processFile: join(builtDir, 'sql-console.js'),
    folder: join(workspace.dir, CONSOLE_FOLDER),
    copyTo: (path) => workspace.copyReadModel(path),
    revision: () => `${workspace.revision} ${feed.appliedSeq}`,
  });

async function own(dir: string, isNew: boolean): Promise<Workspace> {
  try {
    return await (isNew ? Workspace.create(dir, basename(dir)) : Workspace.open(dir));
  } catch (error) {
    const owner = ownerOf(dir);
    if (owner === null || (error instanceof ServiceError && error.code === 'workspace-held')) throw error;
    // It looks like no workspace because someone is just making one there.
    const message = `${dir} is in use by process ${owner.pid}`;
    throw new ServiceError({ code: 'workspace-held', message, place: dir, hint: 'try again in a moment' });
  }
}

/** Whether there is room for a new workspace: nothing there, or a folder with nothing in it. */
function emptyPlace(dir: string): Host['created'] {
  const stat = statSync(dir, { throwIfNoEntry: false });
  if (stat === undefined) return 'with folder';
  return stat.isDirectory() && readdirSync(dir).length === 0 ? 'in folder' : null;
}

/** Closes a host, and takes a workspace that it made and that nothing was stored in away again. */
export async function closeUnused(host: Pick<Host, 'workspace' | 'created' | 'close'>): Promise<void> {
  await host.close();
  const { dir } = host.workspace;
  if (host.created === null || host.workspace.logs().length > 0 || host.workspace.ledger.lastSeq > 0) return;
  // From here on another process may take the folder, so only what is empty goes, and its folders go first.
  if (ownerOf(dir) !== null) return;
  rmSync(ledgerPaths(dir).segments, { recursive: true, force: true });
  if (!removeEmptyFolders(dir)) return;
  for (const name of readdirSync(dir)) unlinkSync(join(dir, name));
  if (host.created === 'with folder') rmdirSync(dir);
}

/** False, with the rest left as it is, when one of them holds something. */
function removeEmptyFolders(dir: string): boolean {
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const isEmpty = folders.every(({ name }) => readdirSync(join(dir, name)).length === 0);
  if (isEmpty) for (const { name } of folders) rmdirSync(join(dir, name));
  return isEmpty;
}
