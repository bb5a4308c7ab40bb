// The rows of a query as a file of the caller's own: written beside it part after part, and put in place when it is whole.

import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Client } from '../../shared/api/client.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { SqlFileFormat, SqlSavedView, SqlSaveRequest } from '../../shared/api/views-sql.ts';

/** By the ending of its name; null for another one. */
export function formatOfFile(file: string): SqlFileFormat | null {
  const ending = /\.(csv|parquet)$/i.exec(file)?.[1]?.toLowerCase();
  return ending === 'csv' || ending === 'parquet' ? ending : null;
}

/** Throws a ServiceError of the query, or what the file system says. What was at `path` stays until the file is whole. */
export async function saveRows(client: Client, request: SqlSaveRequest, path: string): Promise<SqlSavedView> {
  await checkTarget(path);
  const part = `${path}.${randomUUID()}.part`;
  const file = await open(part, 'wx');
  try {
    const saved = await writeParts(client, request, file);
    await file.close();
    await rename(part, path);
    return saved;
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
}

/** Before the query runs, not after it. */
async function checkTarget(path: string): Promise<void> {
  const [target, folder] = await Promise.all([path, dirname(path)].map((one) => stat(one).catch(() => null)));
  const refuse = (message: string): never => {
    throw new ServiceError({ code: 'bad-input', message });
  };
  if (target?.isDirectory()) refuse(`${path} is a folder; --save takes the name of a file in it`);
  if (!folder?.isDirectory()) refuse(`there is no folder ${dirname(path)} to save in`);
}

async function writeParts(client: Client, request: SqlSaveRequest, file: FileHandle): Promise<SqlSavedView> {
  let writing: Promise<unknown> = Promise.resolve();
  const saved = await client.call('sql.save', request, {
    onProgress: ({ offset, bytes }) => {
      writing = writing.then(() => file.write(bytes, 0, bytes.length, offset));
      // Told below; until then it is nobody's.
      writing.catch(() => {});
    },
  });
  await writing;
  return saved;
}
