// Records from the disk, in batches, from a seq on. Every frame is verified again: what was good at the start may not be.

import { type CancelSignal, throwIfCancelled } from '../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import { MalformedBytesError } from './byte-reader.ts';
import { decodeRecord } from './decode-record.ts';
import type { Disk, DiskFile } from './disk.ts';
import type { Frame } from './frame.ts';
import { damagedLedger } from './ledger-failures.ts';
import { kindOfCode } from './record-kinds.ts';
import type { Segment } from './recover.ts';
import { SEGMENT_HEADER_BYTES } from './segment.ts';
import { walkFrames } from './walk-frames.ts';

/** A batch is what is in so much of the file: a thousand records or two, a millisecond or two. */
const BATCH_BYTES = 256 * 1024;

export interface ReadFrom {
  readonly disk: Disk;
  readonly workspace: string;
  readonly salt: number;
  readonly segments: readonly Segment[];
}

/** The records of these segments from `fromSeq` on. Throws CancelledError, or `ledger-damaged`. */
export async function* readRecords(
  from: ReadFrom,
  fromSeq: number,
  signal: CancelSignal,
): AsyncGenerator<readonly LedgerRecord[]> {
  for (const segment of from.segments) {
    if (segment.lastSeq < fromSeq) continue;
    const file = await from.disk.open(segment.path, 'read');
    try {
      let offset = offsetOf(segment, fromSeq);
      while (offset < segment.end) {
        throwIfCancelled(signal);
        const batch: LedgerRecord[] = [];
        offset = await readBatch(from, { segment, file, offset, fromSeq }, batch);
        if (batch.length > 0) yield batch;
      }
    } finally {
      await file.close();
    }
  }
}

/** Where to begin to read from a seq on: its frame, or one before it. */
function offsetOf({ places = [] }: Segment, fromSeq: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle].seq <= fromSeq) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? SEGMENT_HEADER_BYTES : places[low - 1].offset;
}

interface Reading {
  readonly segment: Segment;
  readonly file: DiskFile;
  readonly offset: number;
  readonly fromSeq: number;
}

/** Reads on from a place; returns where the next batch begins. */
async function readBatch(from: ReadFrom, place: Reading, batch: LedgerRecord[]): Promise<number> {
  const { segment, file, offset } = place;
  const take = (frame: Frame, bytes: Buffer): void => {
    if (frame.seq >= place.fromSeq) decodeInto(batch, frame, bytes);
  };
  const damage = (what: string, at: number): Error =>
    damagedLedger(from.workspace, segment.path, `${what} at byte ${at}`);
  try {
    const to = Math.min(offset + BATCH_BYTES, segment.end);
    const some = await walkFrames(file, { from: offset, to, salt: from.salt }, (frame, bytes) => {
      take(frame, bytes);
      return true;
    });
    if (some.offset > offset && (some.why === '' || (some.why === 'cut' && to < segment.end))) return some.offset;
    if (some.offset > offset || some.why !== 'cut') throw damage(`a frame is damaged (${some.why})`, some.offset);
    return await readLargeFrame(from, place, take, damage);
  } catch (error) {
    if (error instanceof MalformedBytesError) throw damage(`a record cannot be read: ${error.message}`, offset);
    throw error;
  }
}

/** A frame of its own that is larger than a batch. */
async function readLargeFrame(
  { salt }: ReadFrom,
  { segment, file, offset }: Reading,
  take: (frame: Frame, bytes: Buffer) => void,
  damage: (what: string, at: number) => Error,
): Promise<number> {
  let end = offset;
  const walked = await walkFrames(file, { from: offset, to: segment.end, salt }, (frame, bytes, at) => {
    if (at > offset) return false;
    take(frame, bytes);
    end = offset + frame.end - frame.start;
    return true;
  });
  if (end === offset) throw damage(`a frame is damaged (${walked.why})`, offset);
  return end;
}

function decodeInto(batch: LedgerRecord[], frame: Frame, bytes: Buffer): void {
  const kind = kindOfCode(frame.code);
  // A gap that repair left: records that are known to be lost.
  if (kind !== undefined) batch.push(decodeRecord(kind, frame.seq, bytes, frame.payload, frame.end));
}
