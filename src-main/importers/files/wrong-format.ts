// Says what a file is when it is none of the formats that can be imported, as far as its first bytes tell.

import { quote } from '../text/quote.ts';

const SIGNATURES: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['zstd data', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz data', [0xfd, 0x37, 0x7a, 0x58]],
  ['bzip2 data', [0x42, 0x5a, 0x68]],
  ['an Avro file', [0x4f, 0x62, 0x6a, 0x01]],
  ['an ORC file', [0x4f, 0x52, 0x43]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['UTF-16 text; save it as UTF-8', [0xff, 0xfe]],
  ['UTF-16 text; save it as UTF-8', [0xfe, 0xff]],
];

const WANTED = 'wanted are OpenLineage events (JSON) or the folder of a reference day';
const DAY_HEADER = /^(?:task,pipeline,release_ms|task,upstream,kind|pool,slots)/;

/** A reason why these bytes can be no text of any importable format, or null. */
export function binaryReason(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'the file is empty';
  const signature = SIGNATURES.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  if (signature) return `${signature[0]}: ${WANTED}`;
  const zero = bytes.indexOf(0);
  return zero >= 0 && zero < BINARY_LOOKED_AT ? `binary content (a zero byte at offset ${zero}): ${WANTED}` : null;
}

/** A zero byte later is damage, and whoever reads that line says so. */
const BINARY_LOOKED_AT = 512;

/** Why text that is no JSON was not read. */
export function textReason(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString().trimStart();
  if (head === '') return 'the file is empty but for blanks';
  if (DAY_HEADER.test(head)) return 'a table of a reference day: give its folder';
  return `not a format that can be imported (it starts with ${quote(head.split('\n', 1)[0])}): ${WANTED}`;
}
