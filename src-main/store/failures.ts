// The store's failures as errors that cross the channel: one sentence, the place, and what to do.

import { ServiceError } from '../../shared/api/errors.ts';
import { isHeldElsewhere } from './duckdb/failure.ts';
import { errnoOf } from './files.ts';

export const badRequest = (message: string): ServiceError => new ServiceError({ code: 'bad-request', message });
export const notFound = (message: string): ServiceError => new ServiceError({ code: 'not-found', message });

const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there: choose another folder or change its permissions',
  EPERM: 'this user may not write there: choose another folder or change its permissions',
  EROFS: 'the file system is read-only: copy the folder elsewhere',
  ENOSPC: 'the disk is full: free some space, then try again',
  ENOTDIR: 'a part of this path is a file: choose a folder',
  EEXIST: 'a file has this name: choose a folder',
};

/** DuckDB takes what follows a question mark for options and would put its write-ahead log elsewhere. */
export function refuseMisreadPath(dir: string): void {
  if (!dir.includes('?')) return;
  throw new ServiceError({
    code: 'bad-input',
    message: `${dir} has a question mark in its path, which DuckDB cannot use`,
    place: dir,
    hint: 'choose a folder without one',
  });
}

/** Why a workspace could not be opened or made. */
export function openFailure(dir: string, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isHeldElsewhere(error)) return heldByOtherProgram(dir, message);
  const hint = HINTS[errnoOf(error)];
  return new ServiceError({
    code: 'failed',
    message: `${dir} cannot be opened: ${message}`,
    place: dir,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Not Landfall, or it would hold the lock: some other DuckDB program has the file open. */
function heldByOtherProgram(dir: string, message: string): ServiceError {
  const pid = /\(PID (\d+)\)/.exec(message)?.[1];
  const who = pid === undefined ? 'another program' : `process ${pid}`;
  return new ServiceError({
    code: 'workspace-held',
    message: `the DuckDB file of ${dir} is open in ${who}`,
    place: dir,
    hint: `close it there, then try again`,
  });
}
