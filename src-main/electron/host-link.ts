// The main process's side of the process that owns the workspace: starts it, hands it the ports of pages, tells it to
// end. It never sees what goes through a port.

import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron';
import { builtMainDir } from '../host/package-root.ts';
import { isConsoleOrder, isHostFailure, type ToHost } from './host-messages.ts';
import { RECEIVE_SWITCH, workspaceSwitch } from './launch-arguments.ts';
import { sqlProcesses } from './sql-processes.ts';

export interface HostLink {
  /** A port to the services, for a page. */
  connect(): MessagePortMain;
  /** Resolves when the workspace is given back, or after a few seconds by force. */
  close(): Promise<void>;
}

export interface HostLinkOptions {
  readonly workspaceDir: string;
  readonly withSample: boolean;
  readonly receives: boolean;
  /** The host could not open the workspace, or ended by itself. */
  readonly onEnd: (message: string, detail: string) => void;
}

const PATIENCE_MS = 5_000;

export function startHostLink({ workspaceDir, withSample, receives, onEnd }: HostLinkOptions): HostLink {
  const more = [...(withSample ? ['--with-sample'] : []), ...(receives ? [RECEIVE_SWITCH] : [])];
  const args = [workspaceSwitch(workspaceDir), ...more];
  const child = utilityProcess.fork(join(builtMainDir(), 'host.js'), args, { serviceName: 'Landfall services' });
  let isExpected = false;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ended = (message: string, detail: string): void => {
    if (!isExpected) onEnd(message, detail);
    isExpected = true;
  };
  const sql = sqlProcesses((message) => tell(message));
  child.on('message', (message: unknown) => {
    if (isHostFailure(message)) ended(message.message, message.detail);
    if (isConsoleOrder(message)) sql.obey(message);
  });
  child.once('exit', () => sql.killAll());
  child.once('exit', (code) => ended('The services ended unexpectedly.', `Their process ended with code ${code}.`));
  const tell = (message: ToHost, ports: MessagePortMain[] = []): void => child.postMessage(message, ports);
  return {
    connect() {
      const { port1, port2 } = new MessageChannelMain();
      tell({ kind: 'connect' }, [port1]);
      return port2;
    },
    async close() {
      isExpected = true;
      tell({ kind: 'close' });
      const timer = setTimeout(() => child.kill(), PATIENCE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
