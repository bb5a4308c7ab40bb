// Who owns a workspace, and how another program reaches that owner: the lock says where it listens, and the session
// file beside it, readable by the same user only, holds the secret that the owner asks for.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../../../shared/api/errors.ts';
import { writeDurably } from '../files.ts';
import { type HeldLock, isStale, rewriteLock } from './lock-file.ts';
import { type LockRecord, parseObject, readLock } from './record.ts';

export const LOCK_FILE = 'LOCK';
export const SESSION_FILE = 'session.json';

/** The process that has a workspace open. */
export interface Owner {
  readonly pid: number;
  /** UTC text. */
  readonly since: string;
  /** null while it listens nowhere. */
  readonly url: string | null;
  /** The secret that the owner at `url` asks for; null when there is none or this user may not read it. */
  readonly token: string | null;
}

/** The live owner of a workspace folder, or null. Reads only. */
export function readOwner(dir: string): Owner | null {
  const found = readLock(join(dir, LOCK_FILE));
  if (found.state !== 'readable' || isStale(found.record)) return null;
  const { pid, since, url, session } = found.record;
  return { pid, since, url, token: session === SESSION_FILE ? readToken(join(dir, SESSION_FILE), pid) : null };
}

/** Tells other programs where this owner listens. The session file comes first: a lock never points at nothing. */
export async function announceOwner(dir: string, lock: HeldLock, url: string, token: string): Promise<HeldLock> {
  const session = `${JSON.stringify({ pid: process.pid, url, token }, null, 2)}\n`;
  await writeDurably(join(dir, SESSION_FILE), session, { mode: 0o600 });
  return rewriteLock(lock, { url, session: SESSION_FILE });
}

export const removeSession = (dir: string): void => rmSync(join(dir, SESSION_FILE), { force: true });

export function heldError(dir: string, holder: Pick<LockRecord, 'pid' | 'since' | 'url'>): ServiceError {
  const who = holder.pid > 0 ? `process ${holder.pid}` : 'another process';
  const where = holder.url === null ? '' : ` (${holder.url})`;
  return new ServiceError({
    code: 'workspace-held',
    message: `${dir} is in use by ${who} since ${holder.since}${where}`,
    place: dir,
    hint: holder.url === null ? `stop ${who}, then try again` : `use it at ${holder.url}, or stop ${who}`,
  });
}

function readToken(path: string, pid: number): string | null {
  try {
    const session = parseObject(readFileSync(path, 'utf8'));
    return session?.pid === pid && typeof session.token === 'string' ? session.token : null;
  } catch {
    return null;
  }
}
