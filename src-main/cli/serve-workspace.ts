// What `landfall serve` does once its options are read: owns the workspace, listens, and gives both back at the end.

import { startHost } from '../host/start-host.ts';
import type { CliIo } from './io.ts';
import { onStop } from './on-stop.ts';
import { serveBrowserApp } from './serve-browser-app.ts';

export interface ServeOptions {
  readonly workspaceDir: string;
  readonly port: number | null;
  /** null: the workspace's own. */
  readonly keyFile: string | null;
}

/** Rejects `workspace-held` when another process has the folder: two owners would be two truths. */
export async function serveWorkspace(io: CliIo, { workspaceDir, port, keyFile }: ServeOptions): Promise<void> {
  const stop = onStop();
  try {
    const host = await startHost({ workspaceDir, create: true, signal: stop.signal });
    try {
      await serveBrowserApp(io, host, { port, open: false, obstacle: null, receive: { keyFile } }, stop);
    } finally {
      await host.close();
    }
  } finally {
    stop.release();
  }
}
