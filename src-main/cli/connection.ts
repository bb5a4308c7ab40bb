// How a command reaches a workspace: in this process when nobody has it open, else through its owner, so that there is
// never a second owner. Either way the command holds the same typed Client. Ctrl+C ends the connection, which cancels
// what is under way.

import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { localClient } from '../../shared/api/channel/local-client.ts';
import type { Client } from '../../shared/api/client.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { CancelSignal } from '../../shared/base/cancel.ts';
import type { Host } from '../host/start-host.ts';
import { errorLine } from './errors.ts';
import { type CliIo, ExitCode } from './io.ts';
import { onStop } from './on-stop.ts';

export interface WorkspaceAccess {
  /** Makes the workspace where there is nothing yet; taken away again when nothing was stored in it. */
  readonly create?: boolean;
}

/** Runs `work` with a client of the workspace and ends the connection, whatever happens. `stopped`: by Ctrl+C. */
export async function withWorkspace(
  io: CliIo,
  dir: string,
  work: (client: Client, stopped: CancelSignal) => Promise<void>,
  access: WorkspaceAccess = {},
): Promise<void> {
  // While it is being opened, too: what is taken by then is given back.
  const stop = onStop();
  let connection: Connection | null = null;
  try {
    connection = await connect(io, resolve(io.cwd, dir), access.create ?? false, stop.signal);
    const { client } = connection;
    stop.signal.onCancel(() => client.close());
    await work(client, stop.signal);
  } catch (error) {
    if (!stop.signal.cancelled) throw error;
    io.exitCode = ExitCode.interrupted;
  } finally {
    await connection?.close();
    stop.release();
  }
}

interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;
const POLL_MS = 100;

/** An owner that listens nowhere is a workbench that is just starting or a command that ends soon: worth a wait. */
async function connect(io: CliIo, dir: string, create: boolean, stopped: CancelSignal): Promise<Connection> {
  const { startHost } = await import('../host/start-host.ts');
  const giveUpMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return hostConnection(io, await startHost({ workspaceDir: dir, create }));
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'workspace-held')) throw error;
      const connection = await ownerConnection(dir);
      if (connection !== null) return connection;
      if (stopped.cancelled || performance.now() > giveUpMs) throw error;
      await delay(POLL_MS);
    }
  }
}

function hostConnection(io: CliIo, host: Host): Connection {
  const onFault = (fault: unknown): void => void (io.env.LANDFALL_DEBUG && io.err(errorLine(fault, io.env)));
  const client = localClient(host.handlers, host.topics, { onFault });
  return {
    client,
    async close() {
      client.close();
      const { closeUnused } = await import('../host/start-host.ts');
      await closeUnused(host);
    },
  };
}

/** null when the owner listens nowhere, or is gone by now. */
async function ownerConnection(dir: string): Promise<Connection | null> {
  const [{ ownerOf }, { connectClient }] = await Promise.all([
    import('../host/owner.ts'),
    import('../server/connect-client.ts'),
  ]);
  const { url, token } = ownerOf(dir) ?? { url: null, token: null };
  if (url === null || token === null) return null;
  const client = await connectClient({ url, token });
  return { client, close: async () => client.close() };
}
