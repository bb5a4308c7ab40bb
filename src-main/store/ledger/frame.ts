// The frame around a payload in a segment, 16 bytes and the payload:
//   0 u32 length of the payload    4 u32 CRC-32C of the salt, of bytes 0-3 and of everything from byte 8 on
//   8 u48 seq                     14 u8 kind (record-kinds.ts)              15 u8 flags
// The salt is the ledger's own, so no frame of another ledger, and nothing that a payload holds, is taken for one.
// Two flags say what a crash may leave. Frames whose MORE is set belong together with the next one: all of them count or
// none. BATCH is set on the first frame of each batch, and a batch is only written after the one before it was synced.

import type { ByteWriter } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';

export const FRAME_HEADER_BYTES = 16;
export const MORE = 1;
export const BATCH = 2;
/** 64 MiB: more than any record may take; a length beyond it is damage. */
export const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

const LENGTH_BYTES = 4;
const SUMMED_FROM = 8;

export interface FrameHeader {
  seq: number;
  code: number;
  flags: number;
}

/** Where a frame is and what its header says; read into again and again. */
export interface Frame extends FrameHeader {
  /** Into the buffer that it was read from. */
  start: number;
  payload: number;
  end: number;
}

export const emptyFrame = (): Frame => ({ seq: 0, code: 0, flags: 0, start: 0, payload: 0, end: 0 });

/** Fills in the header of a frame that starts at `start` and whose payload is the rest of what was written. */
export function closeFrame(writer: ByteWriter, start: number, frame: FrameHeader, salt: number): void {
  const bytes = writer.written;
  bytes.writeUInt32LE(bytes.length - start - FRAME_HEADER_BYTES, start);
  bytes.writeUIntLE(frame.seq, start + 8, 6);
  bytes[start + 14] = frame.code;
  bytes[start + 15] = frame.flags;
  bytes.writeUInt32LE(frameSum(bytes, start, bytes.length, salt), start + LENGTH_BYTES);
}

const frameSum = (bytes: Buffer, start: number, end: number, salt: number): number =>
  crc32c(bytes, crc32c(bytes, salt, start, start + LENGTH_BYTES), start + SUMMED_FROM, end);

/**
 * Reads the frame at `at`. Returns "" when it is whole and its checksum is right; otherwise why not. A frame that goes
 * beyond `bytes` is `short`: with more bytes it may be whole.
 */
export function readFrame(bytes: Buffer, at: number, salt: number, into: Frame): '' | 'short' | 'length' | 'checksum' {
  const left = bytes.length - at;
  if (left < FRAME_HEADER_BYTES) return 'short';
  const length = bytes.readUInt32LE(at);
  if (length > MAX_PAYLOAD_BYTES) return 'length';
  if (length > left - FRAME_HEADER_BYTES) return 'short';
  const end = at + FRAME_HEADER_BYTES + length;
  if (bytes.readUInt32LE(at + LENGTH_BYTES) !== frameSum(bytes, at, end, salt)) return 'checksum';
  into.seq = bytes.readUIntLE(at + 8, 6);
  into.code = bytes[at + 14];
  into.flags = bytes[at + 15];
  into.start = at;
  into.payload = at + FRAME_HEADER_BYTES;
  into.end = end;
  return '';
}
