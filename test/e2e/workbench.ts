// The real workbench for the browser tests: the built command line starts it on a workspace of its own with a small
// sample company, exactly as a user does, and is stopped as a user stops it. What the screens must show is asked of the
// same command line, not written down here.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OrderingReport } from '../../shared/analysis/ordering/report.ts';
import type { LogSummary, LogView } from '../../shared/api/views.ts';
import { copySample } from './samples.ts';

const BOOT = join(import.meta.dirname, '../../src-main/boot.mjs');
const START_MS = 150_000;
/** Small, and with something to find: a missed deadline, proved and overlapping early reads. */
const SAMPLE = ['--seed', '3', '--pipelines', '600', '--tasks', '12000'];

export interface Workbench {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The printed address; its code works once. */
  readonly launchUrl: string;
  readonly workspaceDir: string;
  logs(): Promise<readonly LogView[]>;
  summary(log: string): Promise<LogSummary>;
  ordering(log: string): Promise<OrderingReport>;
  /** Ctrl+C. */
  stop(): Promise<void>;
  /** Stops it and removes its workspace. */
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** Left out: a new one, with the sample. */
  readonly workspaceDir?: string;
  readonly port?: number;
  readonly sample?: readonly string[];
}

export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  if (options.workspaceDir !== undefined) return start(options.workspaceDir, options.port, []);
  const workspaceDir = join(mkdtempSync(join(tmpdir(), 'landfall-e2e-')), 'sample');
  const sample = options.sample ?? SAMPLE;
  const isThere = await copySample(workspaceDir, sample, async (dir) => (await start(dir, 0, sample)).stop());
  return start(workspaceDir, options.port, isThere ? [] : sample);
}

async function start(workspaceDir: string, port: number | undefined, sample: readonly string[]): Promise<Workbench> {
  const place = ['--workspace', workspaceDir, '--port', String(port ?? 0)];
  const child = spawn(process.execPath, [BOOT, 'start', '--no-open', '--browser', ...place, ...sample]);
  const launchUrl = await printedAddress(child);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGINT');
    await once(child, 'exit');
  };
  return {
    url: new URL(launchUrl).origin,
    launchUrl,
    workspaceDir,
    logs: () => answer(['logs', workspaceDir, '--json']),
    summary: (log) => answer(['summary', workspaceDir, '--log', log, '--json']),
    ordering: (log) => answer(['order', workspaceDir, '--log', log, '--json']),
    stop,
    async close() {
      await stop();
      rmSync(join(workspaceDir, '..'), { recursive: true, force: true });
    },
  };
}

/** Waits for the line with the address; what it printed instead is the error. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string): void => reject(new Error(`the workbench ${why}:\n${text}`));
    const timer = setTimeout(() => fail('did not start in time'), START_MS);
    const read = (data: Buffer): void => {
      text += data;
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?code=\S+/.exec(text)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

/** The sample's pipelines are `domain.noun`; a task of one is `domain.noun.task`, or just that where it is the only one. */
export const pipelineOf = (subject: string): string => subject.split('.').slice(0, 2).join('.');

const run = promisify(execFile);

/** The JSON that a command prints. Exit code 1 is an answer with findings. */
async function answer<T>(args: readonly string[]): Promise<T> {
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run(process.execPath, [BOOT, ...args], options).catch((error) => {
    if (error.code === 1 && error.stdout) return error as { stdout: string };
    throw error;
  });
  return JSON.parse(stdout) as T;
}
