// Has the `electron` package fetch its binary, by its own installer (which checks the checksums), within limits: a
// machine that reaches no server is told so in seconds, and nothing here ever hangs. The installer also finds a copy in
// its cache, without any server.

import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { CancelSignal } from '../../../shared/base/cancel.ts';

export interface FetchLimits {
  /** How long a server may take to accept a connection. */
  readonly reachMs: number;
  /** After that, for the installer when no server answered: enough to unpack from the cache. */
  readonly offlineMs: number;
  /** After that, for the installer otherwise. */
  readonly onlineMs: number;
}

export const FETCH_LIMITS: FetchLimits = { reachMs: 2_500, offlineMs: 2_500, onlineMs: 90_000 };

type Env = Readonly<Record<string, string | undefined>>;

/** null when it is there now, else why not, as part of a sentence. */
export async function fetchBinary(
  packageDir: string,
  env: Env,
  limits: FetchLimits,
  signal: CancelSignal,
): Promise<string | null> {
  const server = downloadServer(env);
  const installer = startInstaller(packageDir, env);
  const stopWatching = signal.onCancel(installer.kill);
  const wasReached = await isReachable(server, limits.reachMs);
  const timer = setTimeout(installer.kill, wasReached ? limits.onlineMs : limits.offlineMs);
  const succeeded = await installer.succeeded;
  clearTimeout(timer);
  stopWatching();
  if (succeeded) return null;
  return wasReached ? `its download from ${server.host} failed` : `${server.host} cannot be reached`;
}

interface Installer {
  readonly succeeded: Promise<boolean>;
  readonly kill: () => void;
}

function startInstaller(packageDir: string, env: Env): Installer {
  const child = spawn(process.execPath, [join(packageDir, 'install.js')], {
    env: { ...env, ELECTRON_GET_NO_PROGRESS: '1' },
    stdio: 'ignore',
    windowsHide: true,
  });
  const succeeded = new Promise<boolean>((resolve) => {
    child.once('exit', (code) => resolve(code === 0));
    child.once('error', () => resolve(false));
  });
  return { succeeded, kill: () => void child.kill('SIGKILL') };
}

interface DownloadServer {
  readonly host: string;
  readonly port: number;
}

/** Where the installer looks: the mirror that npm's or its own settings name, else where Electron is released. */
export function downloadServer(env: Env): DownloadServer {
  const mirror = env.npm_config_electron_mirror ?? env.NPM_CONFIG_ELECTRON_MIRROR ?? env.ELECTRON_MIRROR ?? '';
  if (!URL.canParse(mirror)) return { host: 'github.com', port: 443 };
  const { hostname, port, protocol } = new URL(mirror);
  return { host: hostname, port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port) };
}

function isReachable({ host, port }: DownloadServer, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (isReached: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isReached);
    };
    // Not the socket's own timeout: that one does not run while the name is looked up.
    const timer = setTimeout(() => finish(false), limitMs);
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
