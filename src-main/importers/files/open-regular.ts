// Opens a file only if it is one: a pipe or a device would block or never end.

import { type FileHandle, open, stat } from 'node:fs/promises';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { systemReason } from './system-reason.ts';

/** Calls `use` with the open file and its size in bytes, and closes it. A refusal of the system is a reason. */
export async function withRegularFile<T>(
  path: string,
  use: (file: FileHandle, sizeBytes: number) => Promise<T>,
): Promise<Result<T, string>> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) return err('is a folder where a file should be');
    if (!status.isFile()) return err('is no regular file');
    const file = await open(path, 'r');
    try {
      return ok(await use(file, status.size));
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(systemReason(error));
  }
}
