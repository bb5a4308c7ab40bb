// The process that owns the workspace while the window is open (Electron's utilityProcess). Pages reach it by ports that
// the main process hands over; programs beside the window reach it on 127.0.0.1, behind the server's guard. It answers
// to its parent only, and ends when the parent says so.

import type { MessagePortMain } from 'electron';
import { portProtocol } from '../../shared/api/channel/port-protocol.ts';
import { serveOver } from '../../shared/api/channel/serve-over.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import { builtPageDir } from '../host/package-root.ts';
import { type Host, startHost } from '../host/start-host.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { consoleRelay } from './ask-for-console.ts';
import { type ConsoleOrder, type HostFailure, isToHost } from './host-messages.ts';
import { RECEIVE_SWITCH, workspaceArgument } from './launch-arguments.ts';
import { mainPort } from './main-port.ts';

const onFault = (fault: unknown, where: string): void => console.error(`landfall: ${where}:`, fault);

/** Set by the main process when nobody asked for a workspace: the one of the installed app begins with the sample. */
const WITH_SAMPLE = '--with-sample';

const mainProcess = process.parentPort;
// The terminal's Ctrl+C reaches every process; the main process decides when this one ends.
process.on('SIGINT', () => {});

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
const sqlRelay = consoleRelay((order: ConsoleOrder) => mainProcess.postMessage(order));
const opening = open();
mainProcess.on('message', ({ data, ports }) => {
  if (!isToHost(data)) return;
  sqlRelay.take(data);
  if (data.kind === 'close') void end();
  const [port] = ports;
  if (data.kind === 'connect' && port) void connect(port);
});
opening.catch((error: unknown) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  mainProcess.postMessage(failureOf(error));
});

interface Opened {
  readonly host: Host;
  readonly server: RunningServer | null;
}

async function open(): Promise<Opened> {
  const workspaceDir = workspaceArgument(process.argv);
  if (workspaceDir === null) throw new Error('no workspace was named');
  const host = await startHost({
    workspaceDir,
    startConsole: sqlRelay.start,
    ...(process.argv.includes(WITH_SAMPLE) ? { sample: {} } : {}),
  });
  return { host, server: await listenForPrograms(host) };
}

/** Without it the window works all the same, so a failure is told and no more. */
async function listenForPrograms({ handlers, topics, workspace, api }: Host): Promise<RunningServer | null> {
  try {
    const server = await startServer({ handlers, topics, api, staticDir: builtPageDir(), onFault });
    await workspace.announce(server.url, server.token);
    if (process.argv.includes(RECEIVE_SWITCH)) await api.receiver.switchOn();
    return server;
  } catch (fault) {
    onFault(fault, 'no program beside the window can reach it');
    return null;
  }
}

/** What a page sends before the workspace is open waits in its port. */
async function connect(port: MessagePortMain): Promise<void> {
  try {
    const { host } = await opening;
    serveOver(portProtocol(mainPort(port)), host.handlers, host.topics, { onFault });
  } catch {
    port.close();
  }
}

async function end(): Promise<void> {
  try {
    const { host, server } = await opening;
    await server?.close();
    await host.close();
  } catch {
    // It never opened, which was told.
  }
  process.exit(0);
}

function failureOf(error: unknown): HostFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', message, detail: (error instanceof ServiceError && error.hint) || '' };
}
