// What requests may hold together counts unzipped: a body that grows a thousandfold is held as what it has become.

import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BodyRefused, readBody } from '../../../../src-main/server/api/read-body.ts';

const MOST = 16 * 1024 * 1024;

/** The part of a request that is read. */
function requestOf(bytes: Buffer): IncomingMessage {
  const headers = { 'content-encoding': 'gzip', 'content-length': String(bytes.length) };
  const stream = Object.assign(new PassThrough(), { headers, complete: true });
  stream.end(bytes);
  return stream as unknown as IncomingMessage;
}

const codeOf = (error: unknown): string => {
  if (error instanceof BodyRefused) return error.refusal.code;
  return error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '';
};

test('bodies that are small on the wire and large in memory are refused when they are too much together', async () => {
  const plain = Buffer.alloc(15 * 1024 * 1024, ' ');
  const zipped = gzipSync(plain);
  expect(zipped.length).toBeLessThan(20_000);
  const all = await Promise.allSettled(Array.from({ length: 14 }, () => readBody(requestOf(zipped), MOST, () => null)));
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(new Set(refused)).toEqual(new Set(['intake-stopped']));
  // Nothing of them is counted any more.
  for (let i = 0; i < 2; i++) expect((await readBody(requestOf(zipped), MOST, () => null)).length).toBe(plain.length);
});
