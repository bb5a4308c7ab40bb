// A fetch that failed is remembered for a day, so that every start on an offline machine does not try again. A file in
// the program's own scratch folder; a new version of Electron or a removed file tries again at once.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REMEMBERED_MS = 24 * 60 * 60 * 1_000;

interface FailedFetch {
  readonly version: string;
  readonly atMs: number;
  readonly reason: string;
}

const fileIn = (scratchDir: string): string => join(scratchDir, 'electron-fetch.json');

/** Why the last fetch of this version failed, when that was less than a day ago. */
export function recallFailure(scratchDir: string, version: string, nowMs: number): string | null {
  const known = readFailure(scratchDir);
  const ageMs = nowMs - (known?.atMs ?? Number.NaN);
  return known?.version === version && ageMs >= 0 && ageMs < REMEMBERED_MS ? known.reason : null;
}

export function rememberFailure(scratchDir: string, failure: FailedFetch): void {
  try {
    mkdirSync(scratchDir, { recursive: true });
    writeFileSync(fileIn(scratchDir), `${JSON.stringify(failure)}\n`);
  } catch {
    // Not remembered, then: the next start tries again.
  }
}

export const forgetFailure = (scratchDir: string): void => rmSync(fileIn(scratchDir), { force: true });

function readFailure(scratchDir: string): FailedFetch | null {
  try {
    const { version, atMs, reason } = JSON.parse(readFileSync(fileIn(scratchDir), 'utf8')) as Record<string, unknown>;
    if (typeof version !== 'string' || typeof atMs !== 'number' || typeof reason !== 'string') return null;
    return { version, atMs, reason };
  } catch {
    return null;
  }
}
