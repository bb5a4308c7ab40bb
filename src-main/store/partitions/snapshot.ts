// The partition index as bytes and back: a header, then the columns as they lie in memory, so that ten million
// partitions are ready in seconds. Taking one copies nothing but what changes while it is written. Bytes are in the
// machine's own order, which the header says; a snapshot of another order or format is not used and the ledger is read
// instead. Checksums are the ledger's business.

import { decodeFrame, encodeFrame } from '../../../shared/api/channel/frame.ts';
import type { QualityGate } from '../../../shared/model/ledger.ts';
import { ByteSource } from './byte-source.ts';
import { DatasetBook, type DatasetState } from './dataset-book.ts';
import { NameTable } from './name-table.ts';
import { type OpenVersion, PartitionIndex } from './partition-index.ts';
import { RecentEnds, type VersionEnd } from './recent-ends.ts';
import { SeenEvents } from './seen-events.ts';
import { BLOCK_BYTES, BLOCK_ROWS } from './version-block.ts';
import { VersionRows } from './version-rows.ts';

const FORMAT = 2;
/** Names can be hundreds of MB: whoever sums and writes chunks gives the others their turn between them. */
const PIECE_BYTES = 1024 * 1024;
const HEADER_LIMIT_BYTES = 1024 * 1024 * 1024;
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

interface Header {
  readonly format: number;
  readonly isLittleEndian: boolean;
  readonly blockRows: number;
  readonly asOfSeq: number;
  readonly lastReceivedUs: number;
  readonly latestRows: number;
  readonly earlierRows: number;
  readonly keys: number;
  readonly keyBytes: number;
  readonly datasets: readonly (DatasetState & { gate: QualityGate | null })[];
  readonly open: readonly (readonly [number, OpenVersion])[];
  readonly ends: readonly (readonly [number, VersionEnd])[];
  readonly outbox: readonly (readonly [number, number])[];
  readonly seen: readonly { readonly size: number; readonly words: Uint32Array; readonly seqs: Float64Array }[];
}

export interface IndexSnapshot {
  readonly seq: number;
  readonly chunks: Iterable<Uint8Array>;
  /** To be called when the chunks were written, or will not be. */
  release(): void;
}

/** The index as of now, in chunks that stay as they are while the index moves on. One at a time. */
export function takeSnapshot(index: PartitionIndex): IndexSnapshot {
  const { keys, latest, earlier, datasets, open, ends, seen, outbox } = index.parts;
  const names = keys.contentOf(keys.size);
  const frozen = [latest.freeze(), earlier.freeze()] as const;
  const header: Header = {
    format: FORMAT,
    isLittleEndian: LITTLE_ENDIAN,
    blockRows: BLOCK_ROWS,
    asOfSeq: index.asOfSeq,
    lastReceivedUs: index.lastReceivedUs,
    latestRows: frozen[0].size,
    earlierRows: frozen[1].size,
    keys: names.ends.length,
    keyBytes: names.bytes.length,
    datasets: datasets.states,
    open: [...open],
    ends: ends.entries,
    outbox: [...outbox],
    seen: seen.content,
  };
  const bytes = encodeFrame(header, HEADER_LIMIT_BYTES);
  const size = new Uint8Array(new Float64Array([bytes.length]).buffer);
  const { buffer, byteOffset, byteLength } = names.ends;
  const head = [size, bytes, new Uint8Array(buffer, byteOffset, byteLength), names.bytes];
  const blocks = frozen.flatMap((rows) => rows.blocks.map((memory) => new Uint8Array(memory)));
  const release = (): void => {
    for (const rows of frozen) rows.release();
  };
  return { seq: index.asOfSeq, chunks: [...head, ...blocks].flatMap(inPieces), release };
}

function inPieces(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length <= PIECE_BYTES) return [bytes];
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES));
}

/** The index that `takeSnapshot` gave as bytes. Throws when the bytes are not one, or of another machine or format. */
export async function readSnapshot(chunks: AsyncIterable<Uint8Array>): Promise<PartitionIndex> {
  const source = new ByteSource(chunks);
  const header = await readHeader(source);
  const ends = new Uint32Array(await source.take(header.keys * 4));
  const keys = NameTable.of(ends, Buffer.from(await source.take(header.keyBytes)));
  const latest = await readRows(source, header.latestRows);
  const earlier = await readRows(source, header.earlierRows);
  await source.finish();
  const parts = {
    keys,
    latest,
    earlier,
    datasets: new DatasetBook(header.datasets),
    open: new Map(header.open.map(([row, open]) => [row, { ...open }])),
    ends: new RecentEnds(header.ends),
    seen: SeenEvents.of(header.seen),
    outbox: new Map(header.outbox),
  };
  return new PartitionIndex(parts, header.asOfSeq, header.lastReceivedUs);
}

async function readHeader(source: ByteSource): Promise<Header> {
  const [size] = new Float64Array(await source.take(8));
  if (!Number.isSafeInteger(size) || size < 0 || size > HEADER_LIMIT_BYTES)
    throw new Error('no snapshot of this format');
  const frame = decodeFrame(new Uint8Array(await source.take(size)), HEADER_LIMIT_BYTES);
  if (!frame.ok) throw new Error(`no snapshot of this format: ${frame.error}`);
  const header = frame.value as Header;
  const { format, isLittleEndian, blockRows } = header;
  if (format !== FORMAT || isLittleEndian !== LITTLE_ENDIAN || blockRows !== BLOCK_ROWS) {
    throw new Error('a snapshot of another format');
  }
  return header;
}

async function readRows(source: ByteSource, size: number): Promise<VersionRows> {
  const blocks: ArrayBuffer[] = [];
  while (blocks.length * BLOCK_ROWS < size) blocks.push(await source.take(BLOCK_BYTES));
  return VersionRows.of(blocks, size);
}
