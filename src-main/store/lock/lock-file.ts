// An exclusive lock that is a file: created exclusively by its owner, stale when the owner's process is gone.
// Taking over a stale lock is itself done under a lock, named by the stale one's nonce: so of any number of processes
// that see the same stale lock exactly one removes it, and none removes the lock of the next owner by mistake.
// Limit: waits are short polls, since no portable call waits for a file.

import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { errnoOf, uniqueSuffix } from '../files.ts';
import { isGone, ownIdentity, TELLS_START } from './process-identity.ts';
import { encodeLock, type LockRecord, readLock } from './record.ts';

const POLL_MS = 15;
/** How long to wait for another process that is just taking a stale lock over. */
const PATIENCE_MS = 3_000;
/** A lock file with nothing in it is being written; after this long its writer is dead. */
const UNWRITTEN_MS = 1_500;

export interface HeldLock {
  readonly path: string;
  readonly record: LockRecord;
}

/** Locks of this process, by nonce: where pids alone are known, they tell our own lock from a former process's. */
const heldHere = new Set<string>();

/** Takes the lock, or gives back who holds it. Throws when the folder cannot be written. */
export async function acquireLock(path: string): Promise<Result<HeldLock, LockRecord>> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const mine = createExclusively(path);
    if (mine) return ok(mine);
    const blocker = await clearWay(path);
    if (!blocker) continue;
    if (blocker.final || Date.now() > giveUpAt) return err(blocker.record);
    await delay(POLL_MS);
  }
}

export function releaseLock({ path, record }: HeldLock): void {
  const found = readLock(path);
  if (found.state === 'readable' && found.record.nonce === record.nonce) unlinkSync(path);
  heldHere.delete(record.nonce);
}

/** Writes where the owner listens into the lock that it holds. */
export function rewriteLock(lock: HeldLock, change: Pick<LockRecord, 'url' | 'session'>): HeldLock {
  const record = { ...lock.record, ...change };
  const beside = `${lock.path}.${uniqueSuffix()}.tmp`;
  writeNew(beside, encodeLock(record));
  renameSync(beside, lock.path);
  return { path: lock.path, record };
}

/** Whether the process that a lock names is no longer there to hold it. */
export const isStale = (record: LockRecord): boolean =>
  isGone(record) || (!TELLS_START && record.pid === process.pid && !heldHere.has(record.nonce));

function createExclusively(path: string): HeldLock | null {
  const nonce = randomBytes(8).toString('hex');
  const record = { ...ownIdentity(), nonce, since: new Date().toISOString(), url: null, session: null };
  try {
    writeNew(path, encodeLock(record));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return null;
    throw error;
  }
  // Had this process been stopped between creating and writing, another may have judged the empty file dead.
  const found = readLock(path);
  if (found.state !== 'readable' || found.record.nonce !== nonce) return null;
  heldHere.add(nonce);
  return { path, record };
}

interface Blocker {
  readonly record: LockRecord;
  /** False when it is worth another look in a moment. */
  readonly final: boolean;
}

/** Removes the lock at `path` if it is stale. Returns what is in the way, or null when it is worth trying again. */
async function clearWay(path: string): Promise<Blocker | null> {
  const found = readLock(path);
  if (found.state === 'absent') return null;
  if (found.state === 'readable') {
    return isStale(found.record) ? removeStale(path, found.record.nonce) : { record: found.record, final: true };
  }
  if (found.lock.ageMs > UNWRITTEN_MS) return removeStale(path, found.lock.nonce);
  const since = new Date(Date.now() - found.lock.ageMs).toISOString();
  return { record: { pid: 0, start: '', nonce: found.lock.nonce, since, url: null, session: null }, final: false };
}

async function removeStale(path: string, nonce: string): Promise<Blocker | null> {
  const right = await acquireLock(`${path}.${nonce}`);
  if (!right.ok) return { record: right.error, final: false };
  try {
    if (nonceAt(path) === nonce) unlinkSync(path);
    return null;
  } finally {
    releaseLock(right.value);
  }
}

function nonceAt(path: string): string | null {
  const found = readLock(path);
  if (found.state === 'absent') return null;
  return found.state === 'readable' ? found.record.nonce : found.lock.nonce;
}

/** Creates a file that must not exist yet. */
function writeNew(path: string, content: string): void {
  const file = openSync(path, 'wx', 0o644);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
