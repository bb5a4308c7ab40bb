// What `landfall start` does once its options are read: the workspace, the verdict, the workbench in Electron or in a
// browser. Whoever has the workspace open already keeps it: then that workbench is opened. The workspace is given back
// on every way out.

import { join } from 'node:path';
import { ServiceError } from '../../shared/api/errors.ts';
import { CancelledError, type CancelSignal, cancelSource } from '../../shared/base/cancel.ts';
import { type ElectronAvailability, electronAvailable } from '../electron/launcher/electron-available.ts';
import { runElectron } from '../electron/launcher/run-electron.ts';
import { ownerOf } from '../host/owner.ts';
import { defaultWorkspaceDir, packageRoot } from '../host/package-root.ts';
import { type Host, startHost } from '../host/start-host.ts';
import { requestLaunchUrl } from '../server/connect-client.ts';
import { type CliIo, ExitCode } from './io.ts';
import { onStop, type Stop } from './on-stop.ts';
import { openBrowser } from './open-browser.ts';
import { progressLine } from './progress-line.ts';
import { serveBrowserApp } from './serve-browser-app.ts';
import { printVerdict } from './start-verdict.ts';

export interface StartOptions {
  /** null: the sample company's. */
  readonly workspaceDir: string | null;
  readonly port: number | null;
  readonly open: boolean;
  readonly browserOnly: boolean;
  /** As serveBrowserApp has it. */
  readonly receive: { readonly keyFile: null } | null;
  readonly sample: { readonly seed?: number; readonly pipelines?: number; readonly taskRuns?: number };
}

export async function startWorkbench(io: CliIo, options: StartOptions): Promise<void> {
  const workspaceDir = options.workspaceDir ?? defaultWorkspaceDir();
  const stop = onStop();
  const search = cancelSource();
  stop.signal.onCancel(search.cancel);
  try {
    // Looked for while the workspace opens: it may take a download.
    const electron = findElectron(io, options, search.signal);
    const host = await openWorkspace(io, workspaceDir, options, stop);
    if (host === null) return await openOwnersWorkbench(io, workspaceDir, options);
    await run(io, host, options, stop, electron);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    io.exitCode = ExitCode.interrupted;
  } finally {
    search.cancel();
    stop.release();
  }
}

/** Shows the verdict and keeps the workbench open until it is closed or stopped. */
async function run(
  io: CliIo,
  first: Host,
  options: StartOptions,
  stop: Stop,
  electron: Promise<ElectronAvailability>,
): Promise<void> {
  const { dir: workspaceDir } = first.workspace;
  let host = first;
  try {
    await printVerdict(io, host);
    const found = await electron;
    let obstacle = found.available ? null : found.reason;
    if (found.available) {
      // Electron's own process is the next owner.
      await host.close();
      const { signal } = stop;
      const receives = options.receive !== null;
      const outcome = await runElectron({
        binary: found.binary,
        appDir: packageRoot(),
        workspaceDir,
        receives,
        signal,
      });
      if (outcome.kind === 'closed') return;
      obstacle = outcome.reason;
      host = await startHost({ workspaceDir });
    }
    await serveBrowserApp(io, host, { ...options, obstacle }, stop);
  } finally {
    await host.close();
  }
}

const AS_ASKED = '';

/** `reason` is empty where a browser was asked for. */
async function findElectron(io: CliIo, options: StartOptions, signal: CancelSignal): Promise<ElectronAvailability> {
  if (options.browserOnly || !options.open) return { available: false, reason: AS_ASKED };
  const onFetch = (version: string): void => io.err(`fetching Electron ${version}…\n`);
  return electronAvailable({ scratchDir: join(packageRoot(), '.landfall'), signal, onFetch });
}

/** null: another process has it open. */
async function openWorkspace(io: CliIo, workspaceDir: string, options: StartOptions, stop: Stop): Promise<Host | null> {
  const progress = progressLine(io, 'lines');
  const { sample } = options;
  try {
    return await startHost({ workspaceDir, sample, signal: stop.signal, onProgress: progress.show });
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'workspace-held') return null;
    throw error;
  } finally {
    progress.clear();
  }
}

async function openOwnersWorkbench(io: CliIo, workspaceDir: string, { open }: StartOptions): Promise<void> {
  const { pid, url, token } = ownerOf(workspaceDir) ?? { pid: 0, url: null, token: null };
  if (url === null || token === null) {
    const message = `${workspaceDir} is in use by process ${pid}`;
    throw new ServiceError({ code: 'workspace-held', message, hint: 'wait for it or stop it, then try again' });
  }
  const launchUrl = await requestLaunchUrl({ url, token });
  io.out(`Already open in process ${pid}: ${launchUrl}\n`);
  if (open) openBrowser(launchUrl);
}
