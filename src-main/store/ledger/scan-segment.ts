// What an unsealed segment holds: how far its groups of frames are whole and follow one another, and why it ends there.

import { ByteReader } from './byte-reader.ts';
import { crc32c } from './crc32c.ts';
import type { DiskFile } from './disk.ts';
import { BATCH, emptyFrame, FRAME_HEADER_BYTES, type Frame, MAX_PAYLOAD_BYTES, MORE, readFrame } from './frame.ts';
import { FOOTER_CODE, isKnownCode, LOST_CODE } from './record-kinds.ts';
import { SEGMENT_HEADER_BYTES } from './segment.ts';
import { walkFrames } from './walk-frames.ts';

/** Where a group of frames ended. */
interface GroupEnd {
  /** Bytes of the segment up to here. */
  end: number;
  lastSeq: number;
  records: number;
  /** CRC-32C of these bytes. */
  sum: number;
}

export interface SegmentScan extends Readonly<GroupEnd> {
  /** "" when the file ends here or a footer follows; otherwise what is wrong after `end`. */
  readonly problem: string;
  /** Whether its last frame is a footer that fits. */
  readonly sealed: boolean;
  /** A kind of a newer release, or null. */
  readonly unknownCode: number | null;
}

const PROBLEMS = {
  '': '',
  stopped: '',
  cut: 'the file ends within a frame',
  length: 'a frame has an impossible length',
  checksum: 'the checksum of a frame is wrong',
};

/** `size`: of the file, whose header is good. */
export async function scanSegment(
  file: DiskFile,
  header: Buffer,
  { firstSeq, size, salt }: { readonly firstSeq: number; readonly size: number; readonly salt: number },
): Promise<SegmentScan> {
  const start = { end: SEGMENT_HEADER_BYTES, lastSeq: firstSeq - 1, records: 0, sum: crc32c(header) };
  const whole: GroupEnd = { ...start };
  const now: GroupEnd = { ...start };
  let [stop, sealed, unknownCode]: [string, boolean, number | null] = ['', false, null];
  const range = { from: SEGMENT_HEADER_BYTES, to: size, salt };
  const walked = await walkFrames(file, range, (frame, bytes, offset) => {
    if (frame.code === FOOTER_CODE) {
      sealed = now.end === whole.end && offset + frame.end - frame.start === size;
      if (!sealed) stop = 'a footer stands where there should be none';
      return false;
    }
    if (frame.seq !== now.lastSeq + 1) stop = `seq ${frame.seq} follows ${now.lastSeq}`;
    else if (!isKnownCode(frame.code)) unknownCode = frame.code;
    if (stop !== '' || unknownCode !== null) return false;
    step(now, frame, bytes);
    if ((frame.flags & MORE) === 0) Object.assign(whole, now);
    return true;
  });
  const torn = !sealed && unknownCode === null && now.end !== whole.end ? 'a group of records ends early' : '';
  return { ...whole, problem: stop || PROBLEMS[walked.why] || torn, sealed, unknownCode };
}

function step(now: GroupEnd, frame: Frame, bytes: Buffer): void {
  now.end += frame.end - frame.start;
  now.sum = crc32c(bytes, now.sum, frame.start, frame.end);
  if (frame.code === LOST_CODE) now.lastSeq = lastLost(frame, bytes);
  else {
    now.lastSeq = frame.seq;
    now.records++;
  }
}

/** The last of the seqs that a frame of kind LOST stands for. */
export const lastLost = (frame: Frame, bytes: Buffer): number =>
  new ByteReader(bytes, frame.payload, frame.end).count();

/**
 * Looks for a whole frame in bytes that have lost their order, from `from` on, of a seq from `minSeq` on. Checksums are
 * salted, so what looks like one is one. Returns whether `into` was filled.
 */
export function findFrame(bytes: Buffer, from: number, minSeq: number, salt: number, into: Frame): boolean {
  for (let at = from; at + FRAME_HEADER_BYTES <= bytes.length; at++) {
    // Cheap doubts first: each would cost a checksum of as much as the length says.
    if (!isKnownCode(bytes[at + 14]) || bytes[at + 15] > (MORE | BATCH)) continue;
    if (bytes.readUInt32LE(at) > Math.min(MAX_PAYLOAD_BYTES, bytes.length - at - FRAME_HEADER_BYTES)) continue;
    if (bytes.readUIntLE(at + 8, 6) < minSeq) continue;
    if (readFrame(bytes, at, salt, into) === '') return true;
  }
  return false;
}

/** Whether a batch begins in these bytes: then whatever is before it had been synced. */
export function hasLaterBatch(bytes: Buffer, minSeq: number, salt: number): boolean {
  const frame = emptyFrame();
  for (let at = 0; findFrame(bytes, at, minSeq, salt, frame); at = frame.end) {
    if (frame.flags & BATCH || frame.code === FOOTER_CODE) return true;
  }
  return false;
}
