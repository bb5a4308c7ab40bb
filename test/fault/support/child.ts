// Programs of their own for tests of failure: bundled once from TypeScript, started as real processes, and killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll } from 'vitest';

// Below node_modules, so that a bundle finds the packages it leaves out.
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/landfall-fault/', import.meta.url));

/** Bundles a program; removed when the test file is done. Returns the path to run. */
export async function bundleChild(source: URL): Promise<string> {
  mkdirSync(CACHE, { recursive: true });
  const outDir = mkdtempSync(join(CACHE, 'child-'));
  afterAll(() => rmSync(outDir, { recursive: true, force: true }));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: fileURLToPath(source),
      outDir,
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  return join(outDir, 'child.mjs');
}

export interface Child {
  readonly process: ChildProcess;
  /** What it has printed so far, a message a line. */
  readonly messages: readonly string[];
  /** The first message that begins so; rejects when the process ends without. */
  said(start: string): Promise<string>;
  /** How it ended: its exit code, or the signal. */
  readonly ended: Promise<number | string>;
}

export function startChild(program: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const messages: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((look) => look());
  let errors = '';
  let over = false;
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    messages.push(line);
    wake();
  });
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => {
      over = true;
      resolve(code ?? signal ?? 'unknown');
      wake();
    });
  });
  const said = (start: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const message = messages.find((line) => line.startsWith(start));
        if (message === undefined && !over) return;
        waiting.delete(look);
        if (message === undefined) reject(new Error(`the child ended without saying "${start}": ${errors}`));
        else resolve(message);
      };
      waiting.add(look);
      look();
    });
  return { process: child, messages, said, ended };
}
