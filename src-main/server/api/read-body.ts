// Reads a request's body within bounds, plain or gzip. What is too large is refused as soon as that is known (by its
// stated length, or while it arrives), never after it was read; all requests together hold at most so much.

import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { ServiceError } from '../../../shared/api/errors.ts';

/** Bodies that are being read, of all requests together. */
const HELD_BYTES_MAX = 128 * 1024 * 1024;
let heldBytes = 0;

/** What a body may weigh, by its first bytes; null while too few have come to tell. An error is made only when needed. */
export type BodyLimit = (start: Uint8Array) => { readonly bytes: number; refusal(): ServiceError } | null;

/** Rejects with a ServiceError; `isUnread` of it tells that the rest of the request was left unread. */
export class BodyRefused extends Error {
  readonly refusal: ServiceError;
  constructor(refusal: ServiceError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** `most` bounds every body, whatever its start says. */
export async function readBody(request: IncomingMessage, most: number, limitOf: BodyLimit): Promise<Uint8Array> {
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  const isZipped = encoding === 'gzip';
  if (!isZipped && encoding !== 'identity') {
    throw new BodyRefused(
      new ServiceError({ code: 'bad-encoding', message: `a body may be plain or gzip, not ${encoding}` }),
    );
  }
  const held = new Held();
  try {
    const bytes = await readRaw(request, most, isZipped ? () => null : limitOf, held);
    if (!isZipped) return bytes;
    const plain = await unzipped(bytes, most, held);
    const limit = limitOf(plain);
    if (limit !== null && plain.length > limit.bytes) throw limit.refusal();
    return plain;
  } finally {
    held.release();
  }
}

/** What one request holds of all that requests may hold, as it came and unzipped. */
class Held {
  #bytes = 0;

  /** False when that is too much. */
  take(bytes: number): boolean {
    this.#bytes += bytes;
    heldBytes += bytes;
    return heldBytes <= HELD_BYTES_MAX;
  }

  release(): void {
    heldBytes -= this.#bytes;
    this.#bytes = 0;
  }
}

/** Counted as it grows: a thousandth of the bytes may have come. */
function unzipped(bytes: Uint8Array, most: number, held: Held): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  const gunzip = createGunzip();
  return new Promise<Uint8Array>((resolve, reject) => {
    const refuse = (refusal: ServiceError): void => {
      gunzip.destroy();
      reject(refusal);
    };
    gunzip.on('data', (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > most) refuse(tooLarge(most));
      else if (!held.take(chunk.length)) refuse(busy());
    });
    gunzip.once('end', () => resolve(Buffer.concat(chunks)));
    gunzip.on('error', () =>
      refuse(new ServiceError({ code: 'bad-encoding', message: 'the body is no gzip, or is cut off' })),
    );
    gunzip.end(bytes);
  });
}

const tooLarge = (most: number): ServiceError =>
  new ServiceError({ code: 'batch-too-large', message: `a body has at most ${most} bytes` });

/** Rejects when the connection breaks: there is nobody to answer then. */
function readRaw(request: IncomingMessage, most: number, limitOf: BodyLimit, held: Held): Promise<Uint8Array> {
  const stated = Number(request.headers['content-length'] ?? 0);
  if (stated > most) return Promise.reject(new BodyRefused(tooLarge(most)));
  const chunks: Buffer[] = [];
  let length = 0;
  let limit: ReturnType<BodyLimit> = null;
  return new Promise<Uint8Array>((resolve, reject) => {
    const refuse = (refusal: ServiceError): void => {
      request.off('data', take);
      reject(new BodyRefused(refusal));
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      const isHeld = held.take(chunk.length);
      chunks.push(chunk);
      limit ??= limitOf(chunk);
      if (limit !== null && Math.max(length, stated) > limit.bytes) refuse(limit.refusal());
      else if (length > most) refuse(tooLarge(most));
      else if (!isHeld) refuse(busy());
    };
    request.on('data', take);
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new Error('the connection broke'));
    });
  });
}

const busy = (): ServiceError =>
  new ServiceError({ code: 'intake-stopped', message: 'too much is arriving at once; nothing of this was taken' });
