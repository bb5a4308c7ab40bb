// Snapshots of what was made from the ledger, as of a seq, for a fast start: chunks of bytes that mean nothing here.
// A snapshot has its name only when it is whole and durable, and is read only when all of it proves right; the one
// before it is kept. Losing all of them loses nothing but time.
//   header   0 "LFSNAP01"   8 id of the ledger, 16 bytes   24 u48 seq   30 zeros   36 u32 CRC-32C of bytes 0-35
//   chunk    0 u32 length   4 u32 CRC-32C of the bytes, going on from the chunk before   8 the bytes
//   end      0 u32 0xffffffff   4 u32 CRC-32C of the last chunk   8 u32 chunks

import { join } from 'node:path';
import type { Problem } from '../../../shared/base/problem.ts';
import { crc32c } from './crc32c.ts';
import { newPlace } from './cut-tail.ts';
import type { Disk, DiskFile } from './disk.ts';
import { createWhole, readAll, withFile, writeAll } from './disk-io.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import type { OnLedgerStep } from './ledger-steps.ts';
import { ID_BYTES } from './segment.ts';

export interface Snapshot {
  /** The last record that is in it. */
  readonly seq: number;
  /** The chunks as they were written; to be read once, or closed. */
  readonly chunks: AsyncGenerator<Uint8Array>;
}

export interface NewestSnapshot {
  readonly snapshot: Snapshot | null;
  /** Snapshots that could not be used and were set aside. */
  readonly problems: readonly Problem[];
}

export interface SnapshotContext {
  readonly disk: Disk;
  readonly paths: LedgerPaths;
  readonly onStep: OnLedgerStep;
  readonly id: Buffer;
}

const MAGIC = Buffer.from('LFSNAP01');
const SNAPSHOT_HEADER_BYTES = 40;
const CHUNK_HEADER_BYTES = 8;
const END_BYTES = 12;
const END = 0xffffffff;
const KEPT = 2;
const WINDOW_BYTES = 1024 * 1024;
const NAME = /^(\d{16})\.snap$/;

const snapshotName = (seq: number): string => `${String(seq).padStart(16, '0')}.snap`;

/** Names of snapshots, the newest first. */
export async function snapshotNames(disk: Disk, folder: string): Promise<{ name: string; seq: number }[]> {
  const names = await disk.list(folder);
  return names
    .flatMap((name) => {
      const seq = NAME.exec(name)?.[1];
      return seq === undefined ? [] : [{ name, seq: Number(seq) }];
    })
    .toReversed();
}

/** Durable when it resolves; then all but the newest two go. */
export async function writeSnapshot(
  context: SnapshotContext,
  seq: number,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const { disk, paths, onStep } = context;
  await disk.makeFolder(paths.snapshots);
  await disk.syncFolder(paths.workspace);
  const file = await createWhole(disk, join(paths.snapshots, snapshotName(seq)), async (to) => {
    await writeContent(to, snapshotHeader(context.id, seq), chunks);
    onStep('snapshot-written');
  });
  await file.close();
  onStep('snapshot');
  for (const { name } of (await snapshotNames(disk, paths.snapshots)).slice(KEPT)) {
    await disk.remove(join(paths.snapshots, name));
  }
}

async function writeContent(
  to: DiskFile,
  start: Buffer,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  await writeAll(to, start, 0);
  let [at, sum, count] = [start.length, 0, 0];
  const head = Buffer.alloc(CHUNK_HEADER_BYTES);
  for await (const chunk of chunks) {
    sum = crc32c(chunk, sum);
    head.writeUInt32LE(chunk.length, 0);
    head.writeUInt32LE(sum, 4);
    await writeAll(to, head, at);
    await writeAll(to, chunk, at + head.length);
    at += head.length + chunk.length;
    count++;
  }
  const end = Buffer.alloc(END_BYTES);
  for (const [index, value] of [END, sum, count].entries()) end.writeUInt32LE(value, index * 4);
  await writeAll(to, end, at);
}

function snapshotHeader(id: Buffer, seq: number): Buffer {
  const bytes = Buffer.alloc(SNAPSHOT_HEADER_BYTES);
  MAGIC.copy(bytes, 0);
  id.copy(bytes, 8);
  bytes.writeUIntLE(seq, 24, 6);
  bytes.writeUInt32LE(crc32c(bytes, 0, 0, SNAPSHOT_HEADER_BYTES - 4), SNAPSHOT_HEADER_BYTES - 4);
  return bytes;
}

/** What the first bytes of a snapshot say, or null when they are damaged. */
export async function readSnapshotHeader(disk: Disk, path: string): Promise<{ id: Buffer; seq: number } | null> {
  const start = Buffer.alloc(SNAPSHOT_HEADER_BYTES);
  await withFile(disk.open(path, 'read'), (file) => readAll(file, start, 0));
  const [id, seq] = [Buffer.from(start.subarray(8, 8 + ID_BYTES)), start.readUIntLE(24, 6)];
  return start.equals(snapshotHeader(id, seq)) ? { id, seq } : null;
}

/** The newest snapshot up to `lastSeq` that is whole. What is not is set aside and told. */
export async function newestSnapshot(context: SnapshotContext, lastSeq: number): Promise<NewestSnapshot> {
  const { disk, paths } = context;
  const problems: Problem[] = [];
  for (const { name, seq } of await snapshotNames(disk, paths.snapshots)) {
    const path = join(paths.snapshots, name);
    const file = await disk.open(path, 'read');
    const wrong = seq > lastSeq ? 'it is newer than the ledger' : await problemOf(file, context.id, seq);
    if (wrong === '') return { snapshot: { seq, chunks: readChunks(file) }, problems };
    await file.close();
    const place = await newPlace(disk, paths.quarantine, name);
    await disk.rename(path, join(place, name));
    const reason = `${wrong}; set aside in ${place}; an older one, or the ledger alone, serves as well`;
    problems.push({ severity: 'warning', file: path, line: null, reason });
  }
  return { snapshot: null, problems };
}

/** Reads all of it. "" when it is whole and of this ledger. */
async function problemOf(file: DiskFile, id: Buffer, seq: number): Promise<string> {
  const start = Buffer.alloc(SNAPSHOT_HEADER_BYTES);
  const there = await readAll(file, start, 0);
  if (there < SNAPSHOT_HEADER_BYTES || !start.subarray(0, MAGIC.length).equals(MAGIC))
    return 'its header cannot be read';
  if (!start.equals(snapshotHeader(start.subarray(8, 8 + ID_BYTES), start.readUIntLE(24, 6))))
    return 'its header is damaged';
  if (!start.equals(snapshotHeader(id, seq))) return 'it belongs to another ledger or seq';
  const size = await file.size();
  const window = Buffer.allocUnsafe(WINDOW_BYTES);
  let [at, sum, count] = [SNAPSHOT_HEADER_BYTES, 0, 0];
  for (;;) {
    const head = Buffer.alloc(END_BYTES);
    await readAll(file, head, at);
    const length = head.readUInt32LE(0);
    if (length === END) {
      const isWhole = at + END_BYTES === size && head.readUInt32LE(4) === sum && head.readUInt32LE(8) === count;
      return isWhole ? '' : 'its end is damaged';
    }
    at += CHUNK_HEADER_BYTES;
    if (at + length + END_BYTES > size) return 'it ends early';
    for (const end = at + length; at < end; ) {
      const part = window.subarray(0, Math.min(WINDOW_BYTES, end - at));
      at += await readAll(file, part, at);
      sum = crc32c(part, sum);
    }
    if (head.readUInt32LE(4) !== sum) return 'a checksum is wrong';
    count++;
  }
}

/** The chunks of a file that was found whole. */
async function* readChunks(file: DiskFile): AsyncGenerator<Uint8Array> {
  try {
    const head = Buffer.alloc(CHUNK_HEADER_BYTES);
    for (let at = SNAPSHOT_HEADER_BYTES; ; ) {
      await readAll(file, head, at);
      const length = head.readUInt32LE(0);
      if (length === END) return;
      // Memory of its own, so that a typed array may stand on it.
      const chunk = new Uint8Array(length);
      await readAll(file, chunk, at + CHUNK_HEADER_BYTES);
      at += CHUNK_HEADER_BYTES + length;
      yield chunk;
    }
  } finally {
    await file.close();
  }
}
