// The real command line in processes of its own, through the boot script: built once, then as users run it.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll } from 'vitest';

export const REPOSITORY = join(import.meta.dirname, '..', '..', '..', '..');
export const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the first match in what it printed; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `landfall ARGS…` without waiting for its end. */
export function startLandfall(args: readonly string[], { cwd = REPOSITORY, env = {} }: CliOptions = {}): Running {
  const child = spawn(process.execPath, [join(REPOSITORY, 'src-main', 'boot.mjs'), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return watch(child);
}

export const landfall = (args: readonly string[], options: CliOptions = {}): Promise<Ended> =>
  startLandfall(args, options).ended;

/** A folder for one test file, removed after it. */
export function scratchFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'landfall-cli-')));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function watch(child: ChildProcessByStdio<null, Readable, Readable>): Running {
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  const tell = (): void => {
    for (const watcher of watchers) watcher();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    tell();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    tell();
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(stdout);
        if (found === null) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
      void ended.then((end) => reject(new Error(`it ended before it printed ${pattern}: ${JSON.stringify(end)}`)));
    });
  return { pid: child.pid ?? -1, ended, printed, kill: (signal) => void child.kill(signal) };
}
