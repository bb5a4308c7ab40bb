// Whole pieces over a Disk: short reads and writes are gone on with, files appear under their name only when they are
// whole and durable.

import { dirname } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';

/** Writes all of it. A disk that takes nothing any more is full. */
export async function writeAll(file: DiskFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const count = await file.write(bytes.subarray(done), position + done);
    if (count === 0) throw Object.assign(new Error('ENOSPC: the disk took no more bytes'), { code: 'ENOSPC' });
    done += count;
  }
}

/** Reads until `into` is full or the file ends. Returns how many bytes there were. */
export async function readAll(file: DiskFile, into: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const count = await file.read(into.subarray(done), position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

/** The name of a file that is not whole yet; whoever opens the folder next removes it. */
export const partName = (path: string): string => `${path}.part`;

/**
 * Makes a file whose content `write` puts into it. It has its name only once all of it is durable; a file of that name
 * is replaced. The caller gets it open, or closes it.
 */
export async function createWhole(
  disk: Disk,
  path: string,
  write: (file: DiskFile) => Promise<void>,
): Promise<DiskFile> {
  const part = partName(path);
  await disk.remove(part);
  const file = await disk.open(part, 'create');
  try {
    await write(file);
    await file.sync();
    await disk.rename(part, path);
    await disk.syncFolder(dirname(path));
    return file;
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
}

/** Runs `work` with a file and closes it, whatever happens. */
export async function withFile<T>(opened: Promise<DiskFile>, work: (file: DiskFile) => Promise<T>): Promise<T> {
  const file = await opened;
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
