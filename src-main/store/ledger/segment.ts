// A segment file: 48 bytes of header, frames, and, once it is sealed, a footer as its last frame.
//   header   0 "LFLEDGER"   8 u32 format   12 id of the ledger, 16 bytes   28 u48 first seq   34 zeros
//           44 u32 CRC-32C of bytes 0-43
//   footer   a frame of kind FOOTER whose payload is u48 first seq, u48 last seq, u32 records, u32 CRC-32C of all
//            bytes of the file before the footer
// A file is named after its first seq, so that names sort as seqs do.

import { ByteWriter } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';
import { closeFrame, emptyFrame, FRAME_HEADER_BYTES, readFrame } from './frame.ts';
import { FOOTER_CODE } from './record-kinds.ts';

export const SEGMENT_HEADER_BYTES = 48;
const FOOTER_PAYLOAD_BYTES = 20;
export const FOOTER_BYTES = FRAME_HEADER_BYTES + FOOTER_PAYLOAD_BYTES;
export const ID_BYTES = 16;

const MAGIC = Buffer.from('LFLEDGER');
const FORMAT = 1;
const NAME = /^(\d{16})\.seg$/;

export const segmentName = (firstSeq: number): string => `${String(firstSeq).padStart(16, '0')}.seg`;

/** The first seq that a file name promises, or null for a name that is none of ours. */
export function firstSeqOfName(name: string): number | null {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What the checksums of this ledger's frames start from. */
export const saltOf = (id: Uint8Array): number => crc32c(id);

export interface SegmentHeader {
  readonly id: Buffer;
  readonly firstSeq: number;
}

export function segmentHeader({ id, firstSeq }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(FORMAT, 8);
  id.copy(bytes, 12);
  bytes.writeUIntLE(firstSeq, 28, 6);
  bytes.writeUInt32LE(crc32c(bytes, 0, 0, SEGMENT_HEADER_BYTES - 4), SEGMENT_HEADER_BYTES - 4);
  return bytes;
}

/** The header, or why it is none. */
export function readSegmentHeader(bytes: Buffer): SegmentHeader | 'damaged' | 'newer' {
  if (bytes.length < SEGMENT_HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return 'damaged';
  const sum = crc32c(bytes, 0, 0, SEGMENT_HEADER_BYTES - 4);
  if (bytes.readUInt32LE(SEGMENT_HEADER_BYTES - 4) !== sum) return 'damaged';
  if (bytes.readUInt32LE(8) > FORMAT) return 'newer';
  return { id: Buffer.from(bytes.subarray(12, 12 + ID_BYTES)), firstSeq: bytes.readUIntLE(28, 6) };
}

export interface SegmentFooter {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Fewer than the seqs where records were lost. */
  readonly records: number;
  /** CRC-32C of everything before the footer. */
  readonly sum: number;
}

export function segmentFooter(footer: SegmentFooter, salt: number): Buffer {
  const writer = new ByteWriter();
  const payload = writer.skip(FOOTER_BYTES) + FRAME_HEADER_BYTES;
  const bytes = writer.written;
  bytes.writeUIntLE(footer.firstSeq, payload, 6);
  bytes.writeUIntLE(footer.lastSeq, payload + 6, 6);
  bytes.writeUInt32LE(footer.records, payload + 12);
  bytes.writeUInt32LE(footer.sum, payload + 16);
  closeFrame(writer, 0, { seq: footer.lastSeq, code: FOOTER_CODE, flags: 0 }, salt);
  return bytes;
}

/** The footer in the last FOOTER_BYTES of a sealed segment, or null. */
export function readSegmentFooter(bytes: Buffer, salt: number): SegmentFooter | null {
  const frame = emptyFrame();
  if (readFrame(bytes, 0, salt, frame) !== '') return null;
  if (frame.code !== FOOTER_CODE || frame.end - frame.payload !== FOOTER_PAYLOAD_BYTES) return null;
  return {
    firstSeq: bytes.readUIntLE(frame.payload, 6),
    lastSeq: bytes.readUIntLE(frame.payload + 6, 6),
    records: bytes.readUInt32LE(frame.payload + 12),
    sum: bytes.readUInt32LE(frame.payload + 16),
  };
}
