// Reads a foreign file whole, within limits, and unpacks gzip (told by its first bytes, not by its name). A file that
// is too large, a bomb or a cut archive is a reason, never an exception; only memory within the limits is spent on it.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LIMITS } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { withRegularFile } from './open-regular.ts';

export interface Input {
  /** Unpacked. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the file as it is on disk. */
  readonly contentHash: string;
}

const unpack = promisify(gunzip);

/** The content of a regular file of at most LIMITS.jsonDocumentBytes, packed and unpacked. */
export async function readInput(path: string): Promise<Result<Input, string>> {
  const raw = await readBounded(path);
  if (!raw.ok) return raw;
  const contentHash = createHash('sha256').update(raw.value).digest('hex');
  if (!isGzip(raw.value)) return ok({ bytes: raw.value, contentHash });
  const bytes = await unpackBounded(raw.value);
  return bytes.ok ? ok({ bytes: bytes.value, contentHash }) : bytes;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function readBounded(path: string): Promise<Result<Buffer, string>> {
  const read = await withRegularFile(path, async (file, sizeBytes) =>
    sizeBytes > LIMITS.jsonDocumentBytes ? err(tooLarge(sizeBytes)) : ok(await file.readFile()),
  );
  return read.ok ? read.value : read;
}

const tooLarge = (bytes: number): string =>
  `the file has ${bytes} bytes: at most ${LIMITS.jsonDocumentBytes} are read; cut it into parts by time`;

async function unpackBounded(packed: Buffer): Promise<Result<Buffer, string>> {
  const ratioBytes = packed.length * LIMITS.expansionRatio;
  const most = Math.min(ratioBytes, LIMITS.jsonDocumentBytes);
  try {
    const bytes = await unpack(packed, { maxOutputLength: most });
    return isGzip(bytes) ? err('gzip inside gzip: only one layer is unpacked') : ok(bytes);
  } catch (error) {
    return err(gzipReason(error, most === ratioBytes));
  }
}

function gzipReason(error: unknown, byRatio: boolean): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return byRatio
      ? `unpacks to more than ${LIMITS.expansionRatio} times its size: not read`
      : `unpacks to more than ${LIMITS.jsonDocumentBytes} bytes: not read; cut it into parts by time`;
  }
  if (code === 'Z_BUF_ERROR') return 'the gzip data is cut off';
  return 'the gzip data is damaged';
}
