// What a lock file says: who made it, when, and where its owner listens. JSON, so that a person can read it.

import { readFileSync, statSync } from 'node:fs';
import { errnoOf } from '../files.ts';
import type { ProcessIdentity } from './process-identity.ts';

export interface LockRecord extends ProcessIdentity {
  /** Names this lock among all locks ever made at this path. */
  readonly nonce: string;
  /** When it was taken, as UTC text. */
  readonly since: string;
  /** Where the owner listens, once it does. */
  readonly url: string | null;
  /** The file beside the lock that holds the owner's secret, or null. */
  readonly session: string | null;
}

/** A lock file that is there but says nothing: still being written when young, left by a crash when old. */
export interface UnreadableLock {
  readonly nonce: string;
  readonly ageMs: number;
}

export type FoundLock =
  | { readonly state: 'absent' }
  | { readonly state: 'readable'; readonly record: LockRecord }
  | { readonly state: 'unreadable'; readonly lock: UnreadableLock };

const NONCE = /^[0-9a-z-]{1,64}$/;

export const encodeLock = (record: LockRecord): string => `${JSON.stringify(record, null, 2)}\n`;

export function readLock(path: string): FoundLock {
  try {
    const record = decodeLock(readFileSync(path, 'utf8'));
    if (record) return { state: 'readable', record };
    const { ino, mtimeMs } = statSync(path);
    return {
      state: 'unreadable',
      lock: { nonce: `unreadable-${ino}-${Math.floor(mtimeMs)}`, ageMs: Date.now() - mtimeMs },
    };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { state: 'absent' };
    throw error;
  }
}

function decodeLock(text: string): LockRecord | null {
  const fields = parseObject(text);
  if (!fields) return null;
  const { pid, start, nonce, since, url, session } = fields;
  if (typeof pid !== 'number' || typeof start !== 'string' || typeof since !== 'string') return null;
  // The nonce becomes part of a file name.
  if (typeof nonce !== 'string' || !NONCE.test(nonce)) return null;
  return { pid, start, nonce, since, url: textOrNull(url), session: textOrNull(session) };
}

/** The members of a JSON object, or null for anything else. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
