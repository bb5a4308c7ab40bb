// Writes a marker so that it is there whole or not at all, and stays after a power cut: under another name, to the disk,
// renamed, and the folder to the disk. Who calls it has made sure that the version is finalized.

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** `text` is the marker's content; Hadoop's is empty. Throws the system's error; nothing is left behind then. */
export async function writeMarker(path: string, text = ''): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.landfall-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Where the system knows it: Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
