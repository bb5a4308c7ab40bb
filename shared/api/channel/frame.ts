// One message as bytes. A frame never holds rows where columns will do: typed arrays lie in it as they are, aligned, and
// are viewed, not copied, on arrival.
//
//   0   4 bytes   "LFC" and the version of this format
//   4   u32       bytes of the JSON text, little-endian
//   8   JSON      [value, [[kind, length], …]]; values.ts says how a value points at its columns
//       columns   each at the next multiple of 8
//
// Whatever comes from outside is refused unless all of it is exactly so; nothing is allocated before lengths are checked.

import { LIMITS } from '../../base/limits.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { ServiceError } from '../errors.ts';
import { bytesPerValue, type Column, type ColumnKind, columnKind, columnView } from './columns.ts';
import { utf8Bytes, utf8Text } from './text.ts';
import { packValue, unpackValue } from './values.ts';

const MAGIC = [0x4c, 0x46, 0x43, 1] as const;
const HEAD_BYTES = 8;
const ALIGNMENT = 8;
const COLUMN_LIMIT = 65_536;

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

/**
 * A value as a frame with a buffer of its own. Throws TypeError on a value of no contract (a Date, a class, a cycle)
 * and ServiceError `too-large` beyond `limitBytes`.
 */
export function encodeFrame(value: unknown, limitBytes: number = LIMITS.frameBytes): Uint8Array {
  const columns: Column[] = [];
  const packed = packValue(value, columns);
  if (columns.length > COLUMN_LIMIT) throw tooLarge(`${columns.length} columns`);
  const columnBytes = columns.reduce((sum, column) => sum + aligned(column.byteLength), 0);
  if (columnBytes > limitBytes) throw tooLarge(`${columnBytes} bytes`);
  const json = jsonBytes([packed, columns.map((column) => [columnKind(column), column.length])]);
  const totalBytes = frameBytes(json.length, columns);
  if (totalBytes > limitBytes) throw tooLarge(`${totalBytes} bytes`);
  return writeFrame(totalBytes, json, columns);
}

function jsonBytes(value: unknown): Uint8Array {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    // The tree is plain by now, so what is left is text longer than the engine's strings.
    throw tooLarge('more text than fits into one message');
  }
  return utf8Bytes(text);
}

function frameBytes(jsonLength: number, columns: readonly Column[]): number {
  return columns.reduce((end, column) => aligned(end) + column.byteLength, HEAD_BYTES + jsonLength);
}

function writeFrame(totalBytes: number, json: Uint8Array, columns: readonly Column[]): Uint8Array {
  const bytes = new Uint8Array(totalBytes);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length, true);
  bytes.set(json, HEAD_BYTES);
  let end = HEAD_BYTES + json.length;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), aligned(end));
    end = aligned(end) + column.byteLength;
  }
  return bytes;
}

const tooLarge = (what: string): ServiceError =>
  new ServiceError({
    code: 'too-large',
    message: `${what}: too large for one message`,
    hint: 'ask for a smaller part',
  });

/**
 * The value of a frame, or why it is refused. Columns are views into `bytes`, which the caller gives away; only when
 * its memory is not aligned is it copied, once.
 */
export function decodeFrame(bytes: Uint8Array, limitBytes: number = LIMITS.frameBytes): Result<unknown, string> {
  if (bytes.length > limitBytes) return err(`a frame of ${bytes.length} bytes, the limit is ${limitBytes}`);
  if (bytes.length < HEAD_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) return err('no frame of this version');
  const jsonLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (jsonLength > bytes.length - HEAD_BYTES) return err('a frame that is cut');
  try {
    const header: unknown = JSON.parse(utf8Text(bytes.subarray(HEAD_BYTES, HEAD_BYTES + jsonLength)));
    const columns = readColumns(bytes, HEAD_BYTES + jsonLength, header);
    return ok(unpackValue((header as [unknown])[0], columns));
  } catch (error) {
    return err(error instanceof Error ? error.message : 'not readable');
  }
}

function readColumns(bytes: Uint8Array, start: number, header: unknown): Column[] {
  if (!Array.isArray(header) || header.length !== 2 || !Array.isArray(header[1])) throw new TypeError('no header');
  const descriptors: readonly unknown[] = header[1];
  if (descriptors.length > COLUMN_LIMIT) throw new TypeError('too many columns');
  const memory = descriptors.length > 0 && bytes.byteOffset % ALIGNMENT !== 0 ? new Uint8Array(bytes) : bytes;
  let end = start;
  const columns = descriptors.map((descriptor) => {
    const { kind, length, byteLength } = readDescriptor(descriptor);
    const offset = aligned(end);
    end = offset + byteLength;
    if (end > bytes.length) throw new TypeError('a column beyond the end');
    return columnView(kind, memory.buffer, memory.byteOffset + offset, length);
  });
  if (end !== bytes.length) throw new TypeError('bytes after the last column');
  return columns;
}

function readDescriptor(descriptor: unknown): { kind: ColumnKind; length: number; byteLength: number } {
  const [kind, length] = Array.isArray(descriptor) && descriptor.length === 2 ? (descriptor as unknown[]) : [];
  const size = typeof kind === 'string' ? bytesPerValue(kind) : undefined;
  if (size === undefined || typeof length !== 'number') throw new TypeError('a column of no kind');
  if (!Number.isSafeInteger(length) || length < 0) throw new TypeError('a column of no length');
  return { kind: kind as ColumnKind, length, byteLength: length * size };
}
