// The folder of imports as a whole: which imports are there, what is left of unfinished ones, what cannot be read.

import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../../shared/base/problem.ts';
import { errnoOf, syncFolder, uniqueSuffix } from '../files.ts';
import { setAside } from '../quarantine.ts';
import { type Manifest, NewerFormatError, readManifest } from './manifest.ts';
import { parquetName } from './shape.ts';
import { STAGING_PREFIX } from './write-import.ts';

const CONTENT_HASH = /^[0-9a-f]{16,128}$/;

/** Whether text may name an import, and so a folder. */
export const isContentHash = (text: string): boolean => CONTENT_HASH.test(text);

export interface Shelf {
  readonly imports: readonly Manifest[];
  /** What was set aside or passed over, and why. */
  readonly problems: readonly Problem[];
}

/** Reads all manifests; sweeps unfinished imports; sets aside what is damaged. Names of others are left alone. */
export async function readShelf(importsFolder: string, quarantine: string): Promise<Shelf> {
  await mkdir(importsFolder, { recursive: true });
  const names = (await readdir(importsFolder)).toSorted();
  for (const name of names.filter((n) => n.startsWith(STAGING_PREFIX))) {
    await rm(join(importsFolder, name), { recursive: true, force: true });
  }
  const imports: Manifest[] = [];
  const problems: Problem[] = [];
  const judged = names.filter(isContentHash).map((name) => readOne(importsFolder, name));
  for (const found of await Promise.all(judged)) {
    if ('manifest' in found) imports.push(found.manifest);
    else problems.push(await passOver(found, quarantine));
  }
  return { imports, problems };
}

/** Takes an import away for good: first out of sight in one step, then its files. */
export async function removeImport(importsFolder: string, contentHash: string): Promise<void> {
  const hidden = join(importsFolder, `${STAGING_PREFIX}removed-${uniqueSuffix()}`);
  await rename(join(importsFolder, contentHash), hidden);
  await syncFolder(importsFolder);
  await rm(hidden, { recursive: true, force: true });
}

interface Unreadable {
  readonly folder: string;
  readonly reason: string;
  readonly newer: boolean;
}

async function readOne(importsFolder: string, name: string): Promise<{ manifest: Manifest } | Unreadable> {
  const folder = join(importsFolder, name);
  try {
    const manifest = await readManifest(folder);
    if (manifest.contentHash !== name) throw new Error(`it holds the import ${manifest.contentHash}`);
    await checkLengths(folder, manifest);
    return { manifest };
  } catch (error) {
    // A folder that the system does not let us read is no damaged import.
    if (!['', 'ENOENT', 'ENOTDIR'].includes(errnoOf(error))) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { folder, reason, newer: error instanceof NewerFormatError };
  }
}

/** The cheap look at every start; contents are held against their digests when they are read. */
async function checkLengths(folder: string, { tables }: Manifest): Promise<void> {
  await Promise.all(
    Object.entries(tables).map(async ([table, { bytes }]) => {
      const { size } = await stat(join(folder, parquetName(table)));
      if (size !== bytes) throw new Error(`${parquetName(table)} has ${size} bytes, ${bytes} were stored`);
    }),
  );
}

/** Takes a damaged import out of the folder, and says so. */
export const setImportAside = (
  importsFolder: string,
  quarantine: string,
  { contentHash }: Manifest,
  reason: string,
): Promise<Problem> => passOver({ folder: join(importsFolder, contentHash), reason, newer: false }, quarantine);

async function passOver({ folder, reason, newer }: Unreadable, quarantine: string): Promise<Problem> {
  if (newer) return { severity: 'warning', file: folder, line: null, reason: `${reason}; it is left as it is` };
  const place = await setAside(quarantine, [folder], reason);
  return { severity: 'error', file: folder, line: null, reason: `${reason}; set aside in ${place}: import it again` };
}
