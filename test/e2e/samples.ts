// Sample companies for the browser tests: each size is made once for all files, by the real command line, and each
// workbench opens a copy of its own. Loaded by the config of the tests, before them, as the folder that holds them.

import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

const POLL_MS = 100;

declare module 'vitest' {
  export interface ProvidedContext {
    /** Left out where each workbench makes its own. */
    samples?: string;
  }
}

export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-samples-'));
  project.provide('samples', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Puts the sample of a size into `workspaceDir`; false when there is nowhere to keep samples. `make` fills a folder. */
export async function copySample(
  workspaceDir: string,
  size: readonly string[],
  make: (dir: string) => Promise<void>,
): Promise<boolean> {
  const folder = inject('samples');
  if (folder === undefined) return false;
  const kept = join(folder, size.join(''));
  // Another file may be making it; when it fails, this one tries, and reports why.
  while (!existsSync(kept)) if (!(await makeAlone(kept, make))) await setTimeout(POLL_MS);
  cpSync(kept, workspaceDir, { recursive: true });
  return true;
}

/** False when another process is at it. */
async function makeAlone(kept: string, make: (dir: string) => Promise<void>): Promise<boolean> {
  const claim = `${kept}.claim`;
  try {
    mkdirSync(claim);
  } catch {
    return false;
  }
  try {
    if (existsSync(kept)) return true;
    const part = join(claim, 'sample');
    await make(part);
    renameSync(part, kept);
  } finally {
    rmSync(claim, { recursive: true, force: true });
  }
  return true;
}
