// Every whole frame of a segment whose bytes may be damaged anywhere, and the seqs that are missing between them. A
// frame is found by its salted checksum, so nothing that is damaged is taken for a record.

import type { SeqRange } from '../../../shared/api/ledger-repair.ts';
import { emptyFrame, type Frame, MORE, readFrame } from './frame.ts';
import { newerLedger } from './ledger-failures.ts';
import { FOOTER_CODE, isKnownCode, LOST_CODE } from './record-kinds.ts';
import { findFrame, lastLost } from './scan-segment.ts';
import { readSegmentFooter, readSegmentHeader, SEGMENT_HEADER_BYTES } from './segment.ts';

/** A frame that is whole: a record, or what an earlier repair said is lost. */
export interface Salvaged {
  readonly seq: number;
  readonly lastSeq: number;
  readonly code: number;
  /** Its group goes on after it. */
  readonly isOpen: boolean;
  readonly payload: Buffer;
}

export interface Salvage {
  readonly frames: readonly Salvaged[];
  /** Missing before, between and, as far as a footer tells, after the frames. */
  readonly lost: readonly SeqRange[];
  /** The last seq that a frame or the footer names. */
  readonly lastSeq: number;
  /** Whether all bytes are as they were written. */
  readonly isClean: boolean;
  readonly isSealed: boolean;
}

/** `expected`: the seq that this segment should begin with. Throws for kinds of a newer release. */
export function salvageSegment(bytes: Buffer, path: string, expected: number, salt: number): Salvage {
  const header = readSegmentHeader(bytes);
  if (header === 'newer') throw newerLedger(path, 'its format is not known here');
  const frames: Salvaged[] = [];
  const lost: SeqRange[] = [];
  let isClean = header !== 'damaged' && header.firstSeq === expected;
  let next = expected;
  let footerSeq = 0;
  const frame = emptyFrame();
  for (let at = SEGMENT_HEADER_BYTES; at < bytes.length; at = frame.end) {
    if (readFrame(bytes, at, salt, frame) !== '') {
      isClean = false;
      if (!findFrame(bytes, at + 1, next, salt, frame)) break;
    }
    if (frame.code === FOOTER_CODE) {
      footerSeq = readSegmentFooter(bytes.subarray(frame.start, frame.end), salt)?.lastSeq ?? 0;
      continue;
    }
    if (!isKnownCode(frame.code)) throw newerLedger(path, `seq ${frame.seq} is of the unknown kind ${frame.code}`);
    // Out of its place: a record is kept once.
    if (frame.seq < next) continue;
    if (frame.seq > next) lost.push({ firstSeq: next, lastSeq: frame.seq - 1 });
    frames.push(salvaged(frame, bytes));
    next = frames[frames.length - 1].lastSeq + 1;
  }
  if (footerSeq >= next) lost.push({ firstSeq: next, lastSeq: footerSeq });
  const lastSeq = Math.max(next - 1, footerSeq);
  return { frames, lost, lastSeq, isClean: isClean && lost.length === 0, isSealed: footerSeq > 0 };
}

function salvaged(frame: Frame, bytes: Buffer): Salvaged {
  const { seq, code, flags, payload, end } = frame;
  const lastSeq = code === LOST_CODE ? lastLost(frame, bytes) : seq;
  return { seq, lastSeq, code, isOpen: (flags & MORE) !== 0, payload: bytes.subarray(payload, end) };
}
