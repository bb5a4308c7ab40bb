// What is found when the ledger is opened: every sealed segment is checked against its footer, the last one frame by
// frame. A tail that nobody was promised is cut off, kept in quarantine and told. Whatever touches an acknowledged
// record throws `ledger-damaged` and changes nothing.
// Which records were acknowledged is known from the mark, from the batches that follow, and from sealed segments. All
// three must be gone before a loss can stay unnoticed; that the mark is gone is told.

import { basename, join } from 'node:path';
import type { Problem } from '../../../shared/base/problem.ts';
import { crc32c } from './crc32c.ts';
import { type Cut, cutTail, rewrite } from './cut-tail.ts';
import type { Disk, DiskFile } from './disk.ts';
import { readAll, withFile } from './disk-io.ts';
import { damagedLedger, newerLedger } from './ledger-failures.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import type { OnLedgerStep } from './ledger-steps.ts';
import { type MarkState, readMark } from './mark.ts';
import { hasLaterBatch, type SegmentScan, scanSegment } from './scan-segment.ts';
import {
  FOOTER_BYTES,
  firstSeqOfName,
  readSegmentFooter,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  saltOf,
} from './segment.ts';
import { readSnapshotHeader, snapshotNames } from './snapshots.ts';

/** Where the frame of a seq begins. */
export interface Place {
  readonly seq: number;
  readonly offset: number;
}

/** A segment on the disk. `end`: its bytes without footer. `places`: some in it, in order, where they are known. */
export interface Segment {
  readonly path: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly end: number;
  readonly places?: readonly Place[];
}

/** The segment that is written to. */
export interface Tail extends Segment {
  readonly records: number;
  readonly sum: number;
}

export interface Recovered {
  /** null for a ledger that does not exist yet. */
  readonly id: Buffer | null;
  readonly sealed: readonly Segment[];
  readonly tail: Tail | null;
  readonly lastSeq: number;
  readonly cut: Cut | null;
  readonly problems: readonly Problem[];
}

interface Context {
  readonly disk: Disk;
  readonly paths: LedgerPaths;
  readonly onStep: OnLedgerStep;
  readonly mark: MarkState | null;
}

/** Throws `ledger-damaged`, or `failed` for the format of a newer release. */
export async function recover(disk: Disk, paths: LedgerPaths, onStep: OnLedgerStep): Promise<Recovered> {
  const { state: mark, problem } = await readMark(disk, paths.mark, await disk.list(paths.workspace));
  const names = await sweptNames(disk, paths);
  const context = { disk, paths, onStep, mark };
  const problems: Problem[] = [];
  if (problem !== '') problems.push(markProblem(paths.mark, problem));
  if (names.length === 0) return await emptyLedger(context, problems);
  if (mark === null && problem === '') problems.push(markProblem(paths.mark, 'it is not there'));
  const found = await readSegments(context, names);
  return { ...found, problems: [...problems, ...found.problems] };
}

const markProblem = (file: string, what: string): Problem => ({
  severity: 'warning',
  file,
  line: null,
  reason: `${what}: whether records were cut off the end of the ledger could not be told for certain; made again`,
});

/** Segments by seq, half-made files removed. */
async function sweptNames(disk: Disk, paths: LedgerPaths): Promise<string[]> {
  for (const folder of [paths.segments, paths.snapshots]) {
    const parts = (await disk.list(folder)).filter((name) => name.endsWith('.part'));
    for (const name of parts) await disk.remove(join(folder, name));
  }
  return (await disk.list(paths.segments)).filter((name) => firstSeqOfName(name) !== null);
}

/** The seq of the newest snapshot of this ledger, or 0: it was only ever made of records that are durable. */
async function snapshotSeq({ disk, paths }: Context, id: Buffer): Promise<number> {
  for (const { name, seq } of await snapshotNames(disk, paths.snapshots)) {
    const header = await readSnapshotHeader(disk, join(paths.snapshots, name));
    if (header?.id.equals(id) && header.seq === seq) return seq;
  }
  return 0;
}

async function emptyLedger({ disk, paths, mark }: Context, problems: Problem[]): Promise<Recovered> {
  const promised = Math.max(mark?.seq ?? 0, (await snapshotNames(disk, paths.snapshots))[0]?.seq ?? 0);
  if (promised > 0) {
    throw damagedLedger(
      paths.workspace,
      paths.segments,
      `no segment is there, and ${promised} records were acknowledged`,
    );
  }
  return { id: mark?.id ?? null, sealed: [], tail: null, lastSeq: 0, cut: null, problems };
}

async function readSegments(context: Context, names: readonly string[]): Promise<Recovered> {
  const { paths, mark } = context;
  const sealed: Segment[] = [];
  let id = mark?.id ?? null;
  let lastSeq = 0;
  for (const [at, name] of names.entries()) {
    const path = join(paths.segments, name);
    const opened = context.disk.open(path, at === names.length - 1 ? 'change' : 'read');
    const found = await withFile(opened, async (file) => {
      const header = await checkedHeader(context, { file, path, id, lastSeq });
      id = header.id;
      return at === names.length - 1
        ? readLast(context, { file, path, ...header })
        : readSealed(context, { file, path, ...header });
    });
    lastSeq = found.lastSeq;
    if (!('scan' in found)) sealed.push(found);
    else return finished(found.id, sealed, found);
  }
  throw new Error('there is always a last segment');
}

async function checkedHeader(
  { paths }: Context,
  at: { readonly file: DiskFile; readonly path: string; readonly id: Buffer | null; readonly lastSeq: number },
): Promise<OpenSegment> {
  const refuse = (what: string): Error => damagedLedger(paths.workspace, at.path, what);
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  const length = await readAll(at.file, bytes, 0);
  const header = readSegmentHeader(bytes.subarray(0, length));
  if (header === 'newer') throw newerLedger(at.path, 'its format is not known here');
  if (header === 'damaged') throw refuse('its header cannot be read');
  if (at.id !== null && !header.id.equals(at.id)) throw refuse('it belongs to another ledger');
  if (header.firstSeq !== firstSeqOfName(basename(at.path))) throw refuse('its name and its header disagree');
  if (header.firstSeq !== at.lastSeq + 1) {
    throw refuse(`it begins with seq ${header.firstSeq}: ${at.lastSeq + 1} to ${header.firstSeq - 1} are missing`);
  }
  return { ...header, header: bytes, size: await at.file.size(), salt: saltOf(header.id) };
}

interface OpenSegment {
  readonly id: Buffer;
  readonly firstSeq: number;
  readonly header: Buffer;
  readonly size: number;
  readonly salt: number;
}

type At = OpenSegment & { readonly file: DiskFile; readonly path: string };

const SUM_WINDOW_BYTES = 1024 * 1024;

async function readSealed({ paths }: Context, { file, path, firstSeq, size, salt }: At): Promise<Segment> {
  const refuse = (what: string): Error => damagedLedger(paths.workspace, path, what);
  const bytes = Buffer.alloc(FOOTER_BYTES);
  const end = size - FOOTER_BYTES;
  await readAll(file, bytes, Math.max(0, end));
  const footer = readSegmentFooter(bytes, salt);
  if (footer === null) throw refuse('its footer cannot be read');
  if (footer.firstSeq !== firstSeq) throw refuse('its footer is of another segment');
  if ((await sumOf(file, end)) !== footer.sum)
    throw refuse(`the checksum of seq ${firstSeq} to ${footer.lastSeq} is wrong`);
  return { path, firstSeq, lastSeq: footer.lastSeq, end };
}

async function sumOf(file: DiskFile, end: number): Promise<number> {
  const window = Buffer.allocUnsafe(Math.min(SUM_WINDOW_BYTES, end));
  let sum = 0;
  for (let at = 0; at < end; ) {
    const count = await readAll(file, window.subarray(0, end - at), at);
    if (count === 0) break;
    sum = crc32c(window, sum, 0, count);
    at += count;
  }
  return sum;
}

interface Last {
  readonly id: Buffer;
  readonly path: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly scan: SegmentScan;
  readonly cut: Cut | null;
}

/** The last segment: what may be missing from it without harm is cut off. */
async function readLast(context: Context, at: At): Promise<Last> {
  const { paths, mark } = context;
  const { file, path, firstSeq, size, salt } = at;
  const scan = await scanSegment(file, at.header, at);
  if (scan.unknownCode !== null)
    throw newerLedger(path, `seq ${scan.lastSeq + 1} is of the unknown kind ${scan.unknownCode}`);
  const place = `${scan.problem || 'it ends early'} after seq ${scan.lastSeq}, at byte ${scan.end}`;
  const promised = Math.max(mark?.seq ?? 0, await snapshotSeq(context, at.id));
  if (promised > scan.lastSeq) {
    throw damagedLedger(paths.workspace, path, `${place}, and all up to ${promised} were acknowledged`);
  }
  let cut: Cut | null = null;
  if (scan.problem !== '') {
    const rest = Buffer.alloc(size - scan.end);
    await readAll(file, rest, scan.end);
    if (hasLaterBatch(rest, scan.lastSeq + 1, salt)) {
      throw damagedLedger(paths.workspace, path, `${place}, and acknowledged records follow`);
    }
    cut = await cutTail(context, { file, path, rest, offset: scan.end, lastSeq: scan.lastSeq, reason: place });
  }
  await makeDurable(at, mark, scan);
  return { id: at.id, path, firstSeq, lastSeq: scan.lastSeq, scan, cut };
}

/**
 * Records beyond the mark may live in the cache of the operating system only, where a failed sync has left them looking
 * clean: written once more and synced before anyone builds on them.
 */
async function makeDurable(at: At, mark: MarkState | null, scan: SegmentScan): Promise<void> {
  if (mark !== null && mark.seq === scan.lastSeq) return;
  const from = mark !== null && mark.segment === at.firstSeq ? mark.end : SEGMENT_HEADER_BYTES;
  await rewrite(at.file, from, scan.sealed ? at.size : scan.end);
}

function finished(id: Buffer, sealed: readonly Segment[], last: Last): Recovered {
  const { scan, cut, path, firstSeq, lastSeq } = last;
  const segment = { path, firstSeq, lastSeq, end: scan.end };
  const problems: Problem[] =
    cut === null
      ? []
      : [
          {
            severity: 'warning',
            file: path,
            line: null,
            reason: `${cut.bytes} bytes of a write that nobody was promised were cut off (${cut.reason}); kept in ${cut.place}`,
          },
        ];
  const rest = { id, lastSeq, cut, problems };
  if (scan.sealed) return { ...rest, sealed: [...sealed, segment], tail: null };
  return { ...rest, sealed, tail: { ...segment, records: scan.records, sum: scan.sum } };
}
