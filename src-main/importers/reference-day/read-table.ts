// Streams one table of a reference day from disk through the integer parser: a megabyte at a time, so memory is the
// columns and nothing else. A file whose last line has no end is refused: it was cut, perhaps inside a number.

import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { withRegularFile } from '../files/open-regular.ts';
import type { ProblemList } from '../problem-list.ts';
import { IntegerCsv, type IntegerTable } from './integer-csv.ts';

const CHUNK_BYTES = 1 << 20;
const LF = 10;

/** Where everything that is read of a day goes: problems, and all bytes to a hash when one is wanted. */
export interface DaySink {
  readonly problems: ProblemList;
  readonly hash: Hash | null;
}

/** The columns in the order of `names`, or null when there is nothing to work with. */
export async function readTable(path: string, names: readonly string[], sink: DaySink): Promise<IntegerTable | null> {
  const read = await withRegularFile(path, async (file, sizeBytes) => {
    const csv = new IntegerCsv(path, names, sink.problems, sizeBytes);
    const restBytes = await feedAll(file, csv, sink.hash);
    const reason = sizeBytes === 0 ? 'the file is empty' : restReason(restBytes);
    if (reason) sink.problems.error(path, csv.nextLine, reason);
    return csv.finish();
  });
  if (read.ok) return read.value;
  sink.problems.error(path, null, read.error);
  return null;
}

/** Feeds whole lines and carries the rest over; returns how many bytes are left without an end of line. */
async function feedAll(file: FileHandle, csv: IntegerCsv, hash: Hash | null): Promise<number> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let carried = 0;
  while (carried < CHUNK_BYTES) {
    const { bytesRead } = await file.read(chunk, carried, CHUNK_BYTES - carried);
    if (bytesRead === 0) break;
    const filled = carried + bytesRead;
    hash?.update(chunk.subarray(carried, filled));
    const end = chunk.lastIndexOf(LF, filled - 1) + 1;
    if (end > 0) csv.feed(chunk, 0, end);
    chunk.copyWithin(0, end, filled);
    carried = filled - end;
  }
  return carried;
}

function restReason(restBytes: number): string | null {
  if (restBytes === 0) return null;
  if (restBytes === CHUNK_BYTES) return `a line of more than ${CHUNK_BYTES} bytes: this is no table of a reference day`;
  return 'the last line does not end: the file was cut off (every line ends in a line feed)';
}
