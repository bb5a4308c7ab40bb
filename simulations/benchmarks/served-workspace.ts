// `landfall serve` in a process of its own on a new workspace, for loads that come over HTTP. Needs the built command line
// (`npm run build`).

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtMainDir } from '../../src-main/host/package-root.ts';

const cli = (): string => join(builtMainDir(), 'cli.js');

export const isBuilt = (): boolean => existsSync(cli());

export interface ServedWorkspace {
  readonly url: string;
  /** Of the receiver and the commands. */
  readonly key: string;
  readonly pid: number;
}

/** Serves `dir` while `work` runs; ends the server whatever comes of that. */
export async function withServer<T>(dir: string, work: (served: ServedWorkspace) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [cli(), 'serve', '--workspace', dir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  try {
    return await work({ ...(await addressOf(server.stdout)), pid: server.pid ?? 0 });
  } finally {
    server.kill('SIGINT');
    await ended;
  }
}

async function addressOf(stdout: NodeJS.ReadableStream): Promise<Pick<ServedWorkspace, 'url' | 'key'>> {
  let text = '';
  for await (const chunk of stdout) {
    text += String(chunk);
    const [, url, file] = /OPENLINEAGE_URL=(\S+)\s+OPENLINEAGE_API_KEY=\$\(cat '(.+)'\)/.exec(text) ?? [];
    if (url !== undefined && file !== undefined) return { url, key: readFileSync(file, 'utf8').trim() };
  }
  throw new Error(`the server ended before it listened: ${text}`);
}
