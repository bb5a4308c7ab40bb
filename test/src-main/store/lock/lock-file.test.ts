// The lock file inside one process; races between processes are in test/fault/store-lock.test.ts.

import { readdirSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, releaseLock, rewriteLock } from '../../../../src-main/store/lock/lock-file.ts';
import { readOwner } from '../../../../src-main/store/lock/owner.ts';
import { isGone, ownIdentity, TELLS_START } from '../../../../src-main/store/lock/process-identity.ts';
import { encodeLock, type LockRecord } from '../../../../src-main/store/lock/record.ts';
import { tempFolder } from '../support/temp-folder.ts';

const record = (change: Partial<LockRecord>): LockRecord => ({
  ...ownIdentity(),
  nonce: '00ff',
  since: '2025-12-24T00:00:00.000Z',
  url: null,
  session: null,
  ...change,
});

async function taken(path: string) {
  const lock = await acquireLock(path);
  if (!lock.ok) throw new Error(`held by ${lock.error.pid}`);
  return lock.value;
}

test('one holder at a time; released, it is free', async () => {
  const path = join(tempFolder(), 'LOCK');
  const first = await taken(path);
  expect(await acquireLock(path)).toEqual({ ok: false, error: first.record });
  releaseLock(first);
  releaseLock(await taken(path));
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test('of many that try at once in one process exactly one wins, also over a stale lock', async () => {
  const path = join(tempFolder(), 'LOCK');
  writeFileSync(path, encodeLock(record({ pid: 2 ** 30 })));
  const tries = await Promise.all(Array.from({ length: 20 }, () => acquireLock(path)));
  expect(tries.filter((result) => result.ok)).toHaveLength(1);
  expect(readdirSync(join(path, '..'))).toEqual(['LOCK']);
});

test('a former holder does not remove the lock of the next', async () => {
  const path = join(tempFolder(), 'LOCK');
  const first = await taken(path);
  writeFileSync(path, encodeLock(record({ nonce: 'the-next-one' })));
  releaseLock(first);
  expect(readFileSync(path, 'utf8')).toContain('the-next-one');
});

test('where the system tells when processes started, a reused pid is a stale lock', async () => {
  const path = join(tempFolder(), 'LOCK');
  const own = ownIdentity();
  expect(isGone(own)).toBe(false);
  expect(isGone({ ...own, pid: 2 ** 30 })).toBe(true);
  expect(isGone({ pid: 0, start: '' })).toBe(true);
  expect(isGone({ pid: -1, start: '' })).toBe(true);
  expect(isGone({ ...own, start: `another boot/${own.start}` })).toBe(TELLS_START);
  // Of a lock written where start times are unknown, the pid alone decides.
  expect(isGone({ ...own, start: '' })).toBe(false);
  if (!TELLS_START) return;
  writeFileSync(path, encodeLock(record({ start: 'another boot/1' })));
  releaseLock(await taken(path));
});

test.each([
  ['empty', ''],
  ['cut', '{"pid": 12'],
  ['zeroed', '\0'.repeat(64)],
  ['not a lock', '[1, 2]'],
  ['of a nonce that is a path', JSON.stringify(record({ nonce: '../../x' }))],
])('a lock file that is %s counts as held while it is young, and as stale later', async (_, content) => {
  const path = join(tempFolder(), 'LOCK');
  writeFileSync(path, content);
  expect(readOwner(join(path, '..'))).toBeNull();
  const waiting = acquireLock(path);
  const early = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 100, 'still waiting'))]);
  expect(early).toBe('still waiting');
  utimesSync(path, new Date(0), new Date(0));
  const lock = await waiting;
  expect(lock.ok).toBe(true);
});

test('a takeover that died half-way is itself taken over', async () => {
  const path = join(tempFolder(), 'LOCK');
  const dead = { pid: 2 ** 30 };
  writeFileSync(path, encodeLock(record({ ...dead, nonce: 'aa' })));
  writeFileSync(`${path}.aa`, encodeLock(record({ ...dead, nonce: 'bb' })));
  writeFileSync(`${path}.aa.bb`, encodeLock(record({ ...dead, nonce: 'cc' })));
  const lock = await taken(path);
  expect(lock.record.pid).toBe(process.pid);
  expect(readdirSync(join(path, '..'))).toEqual(['LOCK']);
});

test('who saw a stale lock keeps off it while another takes it over, and then sees the new one', async () => {
  const path = join(tempFolder(), 'LOCK');
  writeFileSync(path, encodeLock(record({ pid: 2 ** 30, nonce: 'aa' })));
  const right = await taken(`${path}.aa`);
  const late = acquireLock(path);
  const early = await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 100, 'still waiting'))]);
  expect(early).toBe('still waiting');
  expect(readFileSync(path, 'utf8')).toContain('"aa"');
  unlinkSync(path);
  const next = await taken(path);
  releaseLock(right);
  expect(await late).toEqual({ ok: false, error: next.record });
});

test('the address is written into the lock that is held, and stays its own', async () => {
  const path = join(tempFolder(), 'LOCK');
  const lock = rewriteLock(await taken(path), { url: 'http://127.0.0.1:1', session: null });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...lock.record, url: 'http://127.0.0.1:1' });
  releaseLock(lock);
  expect(readdirSync(join(path, '..'))).toEqual([]);
});
