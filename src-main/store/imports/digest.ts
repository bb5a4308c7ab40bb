// The SHA-256 of a file, read in blocks small enough that the event loop gets its turn.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

const BLOCK_BYTES = 1024 * 1024;

/** 64 hex digits, and the length of what was digested. */
export async function digestFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const block of createReadStream(path, { highWaterMark: BLOCK_BYTES }) as AsyncIterable<Buffer>) {
    hash.update(block);
    bytes += block.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
