// The place for whatever could not be read: moved, never deleted, with a reason beside it for a person.
// Rebuildable copies are the exception: of those only the newest few are kept, or damage would fill the disk.

import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errnoOf, syncFolder, uniqueSuffix } from './files.ts';

const REASON_FILE = 'REASON.txt';
const COPIES_KEPT = 3;

/**
 * Moves files or folders into a new folder of `quarantine` and writes down why. Names that do not exist are skipped.
 * Returns the new folder.
 */
export async function setAside(quarantine: string, paths: readonly string[], reason: string): Promise<string> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const place = join(quarantine, `${stamp}-${basename(paths[0])}-${uniqueSuffix()}`);
  await mkdir(place, { recursive: true });
  for (const path of paths) await moveIfThere(path, join(place, basename(path)));
  await writeFile(join(place, REASON_FILE), `${reason}\n`, { flush: true });
  await syncFolder(place);
  return place;
}

/** As setAside, for a file that is made again from others: older copies of it go. */
export async function setAsideRebuildable(
  quarantine: string,
  paths: readonly string[],
  reason: string,
): Promise<string> {
  const place = await setAside(quarantine, paths, reason);
  const copies = (await readdir(quarantine)).filter((name) => name.includes(`-${basename(paths[0])}-`)).toSorted();
  for (const name of copies.slice(0, -COPIES_KEPT)) await rm(join(quarantine, name), { recursive: true, force: true });
  return place;
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}
