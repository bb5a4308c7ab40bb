// Imports paths or made-up content in a test: a temporary folder that goes away with the test, nobody watching.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import { formatProblem } from '../../../../shared/base/problem.ts';
import { importPaths } from '../../../../src-main/importers/import-paths.ts';
import type { ImportedLog, ImportOutcome } from '../../../../src-main/importers/outcome.ts';

export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

export const importQuietly = (...paths: string[]): Promise<ImportOutcome> =>
  importPaths(paths, { signal: NEVER_CANCELLED, onProgress: () => undefined });

/** A folder with these files (paths below it), removed after the test. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Problems as printed, without the folder. */
export const printed = (folder: string, { problems }: Pick<ImportOutcome, 'problems'>): string[] =>
  problems.map((problem) => `${problem.severity} ${formatProblem(problem).replaceAll(`${folder}/`, '')}`);

/** Imports one file with this content. */
export async function importText(content: string | Uint8Array, name = 'events.ndjson'): Promise<ImportOutcome> {
  return importQuietly(join(folderOf({ [name]: content }), name));
}

export function onlyLog(outcome: ImportOutcome): ImportedLog {
  const [entry] = outcome.entries;
  if (outcome.entries.length !== 1 || entry.kind !== 'log') throw new Error('expected one log');
  return entry;
}
