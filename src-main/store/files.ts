// Files that must survive a crash: written beside their place, synced, renamed into it, and the folder synced.
// A reader sees the old content or the new one, never a part. What is not synced may be lost by a power failure.

import { randomBytes } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Until this returns, the content of a file may live in the cache of the operating system only. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes created, renamed and removed names of a folder durable. Windows has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Replaces a file as a whole. `mode`: its permission bits; `beside`: where it is written first, in the same folder. */
export async function writeDurably(
  path: string,
  content: string,
  { mode = 0o666, beside = `${path}.${uniqueSuffix()}.tmp` } = {},
): Promise<void> {
  try {
    await writeFile(beside, content, { flag: 'wx', mode, flush: true });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** 12 hex digits that no other call gives. */
export const uniqueSuffix = (): string => randomBytes(6).toString('hex');

/** The code of a failed file operation (`ENOENT`, …), or "". */
export function errnoOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
