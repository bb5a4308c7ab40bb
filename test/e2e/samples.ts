// Sample companies for the browser tests: each size is made once for all files, by the real command line, and each
// workbench opens a copy of its own. Loaded by the config of the tests, before them, as the folder that holds them.

import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

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

/**
 * Puts the sample of a size into `workspaceDir`; false when there is nowhere to keep samples. `make` fills a folder.
 * One file at a time: two at once would make it twice.
 */
export async function copySample(
  workspaceDir: string,
  size: readonly string[],
  make: (dir: string) => Promise<void>,
): Promise<boolean> {
  const folder = inject('samples');
  if (folder === undefined) return false;
  const kept = join(folder, size.join(''));
  if (!existsSync(kept)) {
    await make(`${kept}.part`);
    renameSync(`${kept}.part`, kept);
  }
  cpSync(kept, workspaceDir, { recursive: true });
  return true;
}
