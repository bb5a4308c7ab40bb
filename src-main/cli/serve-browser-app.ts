// The workbench as a page on 127.0.0.1, until Ctrl+C. Other commands find it through the workspace's lock.

import { builtPageDir } from '../host/package-root.ts';
import type { Host } from '../host/start-host.ts';
import { startServer } from '../server/start-server.ts';
import { errorLine } from './errors.ts';
import type { CliIo } from './io.ts';
import type { Stop } from './on-stop.ts';
import { openBrowser } from './open-browser.ts';
import { shellQuoted } from './shell-word.ts';

export interface BrowserAppOptions {
  readonly port: number | null;
  readonly open: boolean;
  /** Why this is not Electron, as part of a sentence; "" where a browser was asked for. */
  readonly obstacle: string | null;
  /** Takes events from the start, with the key in this file (null: the workspace's own). Left out: not yet. */
  readonly receive?: { readonly keyFile: string | null } | null;
}

export async function serveBrowserApp(io: CliIo, host: Host, options: BrowserAppOptions, stop: Stop): Promise<void> {
  const onFault = (fault: unknown): void => void (io.env.LANDFALL_DEBUG && io.err(errorLine(fault, io.env)));
  const { handlers, topics, api } = host;
  const port = options.port === null ? {} : { port: options.port };
  const server = await startServer({ handlers, topics, api, staticDir: builtPageDir(), onFault, ...port });
  try {
    await host.workspace.announce(server.url, server.token);
    if (server.portNote !== null) io.out(`${server.portNote}\n`);
    if (options.receive) await receive(io, host, options.receive.keyFile);
    if (options.obstacle) io.out(`No Electron here: ${options.obstacle}. The same workbench in a browser:\n`);
    io.out(`\n  ${io.style.bold(server.launchUrl)}\n\nCtrl+C stops it.\n`);
    if (options.open && !stop.signal.cancelled) openBrowser(server.launchUrl);
    await stop.stopped;
  } finally {
    await server.close();
  }
}

/** Switches the receiver on, and says what its clients need to know. */
async function receive(io: CliIo, { api }: Host, keyFile: string | null): Promise<void> {
  const view = await api.receiver.switchOn(keyFile ?? undefined);
  io.out(`Receiving. For OpenLineage clients of this machine:\n\n`);
  io.out(
    `  OPENLINEAGE_URL=${view.url}\n  OPENLINEAGE_API_KEY=$(cat ${shellQuoted(view.keyFile ?? '')})\n\nThe workbench on it:\n`,
  );
}
