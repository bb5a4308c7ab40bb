// Makes a damaged ledger usable: every record that is intact stays under its seq; in the place of those that are not
// stands a frame that says so, so that no seq is given out twice. What was damaged is kept in quarantine as it was.
// Only the holder of the workspace's lock may call this, with no ledger open. It can be interrupted and called again.

import { basename, join } from 'node:path';
import type { LedgerRepair, RepairedPart, SeqRange } from '../../../shared/api/ledger-repair.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';
import { newPlace } from './cut-tail.ts';
import { type Disk, REAL_DISK } from './disk.ts';
import { createWhole, readAll, withFile, writeAll } from './disk-io.ts';
import { BATCH, closeFrame, FRAME_HEADER_BYTES } from './frame.ts';
import { damagedLedger } from './ledger-failures.ts';
import { type LedgerPaths, ledgerPaths } from './ledger-paths.ts';
import { readMark } from './mark.ts';
import { LOST_CODE } from './record-kinds.ts';
import { recover } from './recover.ts';
import { type Salvaged, salvageSegment } from './salvage-segment.ts';
import { lastLost } from './scan-segment.ts';
import {
  firstSeqOfName,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  saltOf,
  segmentFooter,
  segmentHeader,
  segmentName,
} from './segment.ts';
import { readSnapshotHeader, snapshotNames } from './snapshots.ts';
import { walkFrames } from './walk-frames.ts';

interface Repair {
  readonly disk: Disk;
  readonly paths: LedgerPaths;
  readonly id: Buffer;
  readonly salt: number;
  /** The last seq that is known to have been acknowledged. */
  readonly promised: number;
  readonly parts: RepairedPart[];
}

/** Throws when the ledger's id is nowhere to be read: without it no frame can be told from noise. */
export async function repairLedger(workspace: string, disk: Disk = REAL_DISK): Promise<LedgerRepair> {
  const paths = ledgerPaths(workspace);
  if (!(await isDamaged(disk, paths))) return summary(disk, paths, []);
  const repair: Repair = { disk, paths, ...(await identify(disk, paths)), parts: [] };
  await disk.makeFolder(paths.segments);
  await restoreNames(repair);
  let expected = 1;
  const names = (await disk.list(paths.segments)).filter((name) => firstSeqOfName(name) !== null);
  for (const [at, name] of names.entries())
    expected = await repairSegment(repair, name, expected, at === names.length - 1);
  if (repair.promised >= expected) await fillGap(repair, expected, repair.promised, 'acknowledged, and in no segment');
  return summary(disk, paths, repair.parts);
}

async function isDamaged(disk: Disk, paths: LedgerPaths): Promise<boolean> {
  try {
    await recover(disk, paths, () => {});
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ledger-damaged') return true;
    throw error;
  }
}

/** The ledger's id as most of its files have it, and how far its writers had been answered. */
async function identify(disk: Disk, paths: LedgerPaths): Promise<Pick<Repair, 'id' | 'salt' | 'promised'>> {
  const { state: mark } = await readMark(disk, paths.mark, await disk.list(paths.workspace));
  const snapshots: { id: Buffer; seq: number }[] = [];
  for (const { name } of await snapshotNames(disk, paths.snapshots)) {
    const header = await readSnapshotHeader(disk, join(paths.snapshots, name));
    if (header !== null) snapshots.push(header);
  }
  const ids = mark === null ? [] : [mark.id];
  for (const name of await disk.list(paths.segments)) {
    const header = firstSeqOfName(name) === null ? 'damaged' : await headerOf(disk, join(paths.segments, name));
    if (typeof header === 'object') ids.push(header.id);
  }
  ids.push(...snapshots.map((snapshot) => snapshot.id));
  const votes = (id: Buffer): number => ids.filter((other) => other.equals(id)).length;
  const id = ids.toSorted((a, b) => votes(b) - votes(a))[0];
  if (id === undefined) throw damagedLedger(paths.workspace, paths.segments, 'no file of it says which ledger it is');
  const promises = [...snapshots, ...(mark === null ? [] : [mark])].filter((known) => known.id.equals(id));
  return { id, salt: saltOf(id), promised: Math.max(0, ...promises.map(({ seq }) => seq)) };
}

const headerOf = async (disk: Disk, path: string): Promise<ReturnType<typeof readSegmentHeader>> =>
  readSegmentHeader(await wholeFile(disk, path));

const wholeFile = (disk: Disk, path: string): Promise<Buffer> =>
  withFile(disk.open(path, 'read'), async (file) => {
    const bytes = Buffer.allocUnsafe(await file.size());
    return bytes.subarray(0, await readAll(file, bytes, 0));
  });

const MOVED = '.moved';

/** Gives segments the names that their headers say. First all leave their wrong names, so that none takes another's. */
async function restoreNames(repair: Repair): Promise<void> {
  const { disk, paths, id } = repair;
  for (const name of await disk.list(paths.segments)) {
    const header = firstSeqOfName(name) === null ? 'damaged' : await headerOf(disk, join(paths.segments, name));
    if (typeof header === 'string' || !header.id.equals(id) || name === segmentName(header.firstSeq)) continue;
    await disk.rename(join(paths.segments, name), join(paths.segments, `${segmentName(header.firstSeq)}${MOVED}`));
  }
  const names = await disk.list(paths.segments);
  for (const name of names.filter((moved) => moved.endsWith(MOVED))) {
    const [from, to] = [join(paths.segments, name), join(paths.segments, name.slice(0, -MOVED.length))];
    if (names.includes(basename(to))) await setSegmentAside(repair, from, `${basename(to)} is there too`);
    else {
      await disk.rename(from, to);
      repair.parts.push({ file: to, reason: 'it had the name of another segment', keptIn: '' });
    }
  }
  await disk.syncFolder(paths.segments);
}

/** Returns the seq that the next segment should begin with. */
async function repairSegment(repair: Repair, name: string, expected: number, isLast: boolean): Promise<number> {
  const path = join(repair.paths.segments, name);
  const bytes = await wholeFile(repair.disk, path);
  const header = readSegmentHeader(bytes);
  if (typeof header === 'object' && !header.id.equals(repair.id)) {
    await setSegmentAside(repair, path, 'it belongs to another ledger');
    return expected;
  }
  const firstSeq = typeof header === 'object' ? header.firstSeq : (firstSeqOfName(name) ?? expected);
  if (firstSeq > expected) await fillGap(repair, expected, firstSeq - 1, `no segment before ${name} holds them`);
  const start = Math.max(expected, firstSeq);
  const found = salvageSegment(bytes, path, start, repair.salt);
  const frames = withoutOpenGroup(found.frames, repair.promised);
  const last = frames.at(-1)?.lastSeq ?? start - 1;
  const end = Math.max(last, found.isSealed ? found.lastSeq : 0, isLast ? repair.promised : 0);
  if (end < start) {
    await setSegmentAside(repair, path, 'no record of it can be read');
    return expected;
  }
  const isWhole = found.isClean && frames.length === found.frames.length && end === last;
  if (!isWhole || !(found.isSealed || isLast) || name !== segmentName(start)) {
    const lost = [...found.lost.filter(({ lastSeq }) => lastSeq <= last), ...rangeOf(last + 1, end)];
    await replaceSegment(repair, { path, firstSeq: start, lastSeq: end, frames, lost });
  }
  return end + 1;
}

/** Records at the end that nobody was promised and whose group is not whole never were. */
function withoutOpenGroup(salvaged: readonly Salvaged[], promised: number): Salvaged[] {
  const frames = [...salvaged];
  while (frames.at(-1)?.isOpen === true && (frames.at(-1)?.seq ?? 0) > promised) frames.pop();
  return frames;
}

async function setSegmentAside({ disk, paths, parts }: Repair, path: string, reason: string): Promise<void> {
  const keptIn = await keep(disk, paths, path, reason);
  await disk.remove(path);
  await disk.syncFolder(paths.segments);
  parts.push({ file: path, reason, keptIn });
}

/** A second name for the file in a new folder of the quarantine, with the reason beside it. */
async function keep(disk: Disk, paths: LedgerPaths, path: string, reason: string): Promise<string> {
  const place = await newPlace(disk, paths.quarantine, basename(path));
  await disk.link(path, join(place, basename(path)));
  const note = await createWhole(disk, join(place, 'REASON.txt'), (to) => writeAll(to, Buffer.from(`${reason}\n`), 0));
  await note.close();
  return place;
}

interface Replacement extends SeqRange {
  readonly path: string;
  readonly frames: readonly Salvaged[];
  readonly lost: readonly SeqRange[];
}

/** Writes what is whole of a segment, and what of it is lost, in its place. */
async function replaceSegment(repair: Repair, { path, firstSeq, lastSeq, frames, lost }: Replacement): Promise<void> {
  const reason =
    lost.length === 0 ? 'it was damaged; no record is lost' : `damaged: ${lost.map(rangeText).join(', ')} lost`;
  const keptIn = await keep(repair.disk, repair.paths, path, reason);
  await writeSegment(repair, firstSeq, lastSeq, [...frames, ...lost.map((range) => lostFrame(range, reason))]);
  if (basename(path) !== segmentName(firstSeq)) await repair.disk.remove(path);
  repair.parts.push({ file: path, reason, keptIn });
}

const rangeOf = (firstSeq: number, lastSeq: number): SeqRange[] => (lastSeq < firstSeq ? [] : [{ firstSeq, lastSeq }]);

const rangeText = ({ firstSeq, lastSeq }: SeqRange): string =>
  firstSeq === lastSeq ? `seq ${firstSeq}` : `seq ${firstSeq} to ${lastSeq}`;

/** A segment of nothing but the news that its records are lost. */
async function fillGap(repair: Repair, firstSeq: number, lastSeq: number, why: string): Promise<void> {
  const reason = `${rangeText({ firstSeq, lastSeq })} lost: ${why}`;
  await writeSegment(repair, firstSeq, lastSeq, [lostFrame({ firstSeq, lastSeq }, reason)]);
  repair.parts.push({ file: join(repair.paths.segments, segmentName(firstSeq)), reason, keptIn: '' });
}

function lostFrame({ firstSeq, lastSeq }: SeqRange, reason: string): Salvaged {
  const writer = new ByteWriter();
  writer.count(lastSeq);
  writer.text(reason);
  return { seq: firstSeq, lastSeq, code: LOST_CODE, isOpen: false, payload: Buffer.from(writer.written) };
}

async function writeSegment(
  { disk, paths, id, salt }: Repair,
  firstSeq: number,
  lastSeq: number,
  frames: readonly Salvaged[],
): Promise<void> {
  const writer = new ByteWriter();
  for (const { seq, code, payload } of frames.toSorted((a, b) => a.seq - b.seq)) {
    const start = writer.skip(FRAME_HEADER_BYTES);
    writer.raw(payload);
    closeFrame(writer, start, { seq, code, flags: BATCH }, salt);
  }
  const header = segmentHeader({ id, firstSeq });
  const sum = crc32c(writer.written, crc32c(header));
  const records = frames.filter(({ code }) => code !== LOST_CODE).length;
  const bytes = Buffer.concat([header, writer.written, segmentFooter({ firstSeq, lastSeq, records, sum }, salt)]);
  const file = await createWhole(disk, join(paths.segments, segmentName(firstSeq)), (to) => writeAll(to, bytes, 0));
  await file.close();
}

/** Reads the ledger as the next owner will, so that an answer means that it opens. */
async function summary(disk: Disk, paths: LedgerPaths, parts: readonly RepairedPart[]): Promise<LedgerRepair> {
  const { id, sealed, tail, lastSeq } = await recover(disk, paths, () => {});
  const lost: SeqRange[] = [];
  let records = 0;
  const segments = tail === null ? sealed : [...sealed, tail];
  for (const { path, end } of segments) {
    const salt = saltOf(id ?? Buffer.alloc(0));
    await withFile(disk.open(path, 'read'), (file) =>
      walkFrames(file, { from: SEGMENT_HEADER_BYTES, to: end, salt }, (frame, bytes) => {
        if (frame.code === LOST_CODE) lost.push({ firstSeq: frame.seq, lastSeq: lastLost(frame, bytes) });
        else records++;
        return true;
      }),
    );
  }
  return { repaired: parts.length > 0, records, lastSeq, lost, parts };
}
