// Bytes of a closed ledger are flipped, cut off and removed. Whatever is hit: every acknowledged record is there, or the
// ledger does not open, says so, and repair names exactly the records that are lost.

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Ledger } from '../../src-main/store/ledger/ledger.ts';
import { repairLedger } from '../../src-main/store/ledger/repair.ts';
import { draft, numbersIn } from '../src-main/store/ledger/support/drafts.ts';
import { cutAt, damage, flip, type MadeLedger, madeLedger } from '../src-main/store/ledger/support/segments.ts';

const COUNT = 12;
const ALL = Array.from({ length: COUNT }, (_, at) => at + 1);
const made = (): Promise<MadeLedger> => madeLedger(COUNT, 4, 6);

/** The numbers of the records and what was told, or the code of the error. */
async function opened(dir: string): Promise<{ numbers: number[]; told: string[] } | string> {
  const found = await Ledger.open(dir).catch((error: unknown) => error);
  if (found instanceof Error) return 'code' in found ? String(found.code) : String(found);
  const { ledger, recovery } = found as Awaited<ReturnType<typeof Ledger.open>>;
  const numbers = await numbersIn(ledger);
  const { problems } = await ledger.newestSnapshot();
  await ledger.close();
  return { numbers, told: [...recovery.problems, ...problems].map(({ reason }) => reason) };
}

/** Repairs and checks: what is there and what is lost make up everything, and the ledger goes on after it. */
async function repaired(dir: string): Promise<{ numbers: number[]; lost: number[] }> {
  const repair = await repairLedger(dir);
  const { ledger } = await Ledger.open(dir);
  const numbers = await numbersIn(ledger);
  const lost = repair.lost.flatMap(({ firstSeq, lastSeq }) => seqs(firstSeq, lastSeq));
  expect([...numbers, ...lost].toSorted((a, b) => a - b)).toEqual(ALL);
  expect(repair).toMatchObject({ repaired: true, records: numbers.length, lastSeq: COUNT });
  expect(await ledger.append([draft(13)])).toBe(13);
  expect(await numbersIn(ledger)).toEqual([...numbers, 13]);
  await ledger.close();
  expect(await opened(dir)).toMatchObject({ numbers: [...numbers, 13] });
  return { numbers, lost };
}

const seqs = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe('one damage in one file', () => {
  const KINDS = { flip, cut: cutAt };
  test.each(['flip', 'cut'] as const)(
    '%s, in every file: all records, or a refusal and the exact loss',
    async (kind) => {
      const { dir, segments } = await made();
      const files = [...segments, join(dir, 'ledger.mark'), join(dir, 'snapshots', '0000000000000006.snap')];
      const whole = new Map(files.map((file) => [file, readFileSync(file)]));
      for (const file of files) {
        const size = whole.get(file)?.length ?? 0;
        // Coprime with the frames, so that each part of a frame is hit somewhere.
        for (let at = 3; at < size; at += 97) {
          for (const [path, bytes] of whole) writeFileSync(path, bytes);
          for (const path of readdirSync(join(dir, 'ledger')).map((name) => join(dir, 'ledger', name))) {
            if (!whole.has(path)) rmSync(path);
          }
          damage(file, KINDS[kind](at));
          const found = await opened(dir);
          const where = `${kind} ${basename(file)} at ${at}`;
          const most = kind === 'cut' ? 4 : 1;
          if (typeof found === 'string') {
            const isSegment = segments.includes(file);
            expect({ where, found, isSegment }).toEqual({ where, found: 'ledger-damaged', isSegment: true });
            const { lost } = await repaired(dir);
            expect({ where, few: lost.length <= most }).toEqual({ where, few: true });
          } else {
            // Bytes of the mark that hold nothing may change unseen.
            const isHarmless = file.endsWith('.mark') && kind === 'flip';
            const isTold = isHarmless || found.told.length > 0;
            expect({ where, numbers: found.numbers, isTold }).toEqual({ where, numbers: ALL, isTold: true });
          }
        }
      }
    },
  );
});

describe('what outsiders take away', () => {
  test('a last segment cut at the boundary of two records is noticed', async () => {
    const { dir, segments } = await made();
    const last = segments[2];
    damage(last, cutAt(readFileSync(last).length - 54));
    expect(await opened(dir)).toBe('ledger-damaged');
    expect(await repaired(dir)).toEqual({ numbers: seqs(1, 11), lost: [12] });
  });

  test.each([0, 1, 2])('segment %d is gone', async (at) => {
    const { dir, segments } = await made();
    rmSync(segments[at]);
    expect(await opened(dir)).toBe('ledger-damaged');
    expect((await repaired(dir)).lost).toEqual(seqs(at * 4 + 1, at * 4 + 4));
  });

  test('the whole folder is gone', async () => {
    const { dir } = await made();
    rmSync(join(dir, 'ledger'), { recursive: true });
    expect(await opened(dir)).toBe('ledger-damaged');
    expect(await repaired(dir)).toEqual({ numbers: [], lost: ALL });
  });

  test('without the mark, the snapshot still knows how far it was', async () => {
    const { dir, segments } = await made();
    rmSync(join(dir, 'ledger.mark'));
    for (const segment of segments.slice(1)) rmSync(segment);
    expect(await opened(dir)).toBe('ledger-damaged');
    const repair = await repairLedger(dir);
    expect(repair.lost).toEqual([{ firstSeq: 5, lastSeq: 6 }]);
    expect(await opened(dir)).toMatchObject({ numbers: [1, 2, 3, 4] });
  });

  test('without the mark nothing is missing, and that it is gone is told', async () => {
    const { dir } = await made();
    rmSync(join(dir, 'ledger.mark'));
    const found = await opened(dir);
    expect(found).toMatchObject({ numbers: ALL });
    expect(JSON.stringify(found)).toContain('it is not there');
    expect(await opened(dir)).toEqual({ numbers: ALL, told: [] });
  });

  test('a segment of another ledger is refused, and kept by repair', async () => {
    const [a, b] = [await made(), await made()];
    writeFileSync(a.segments[1], readFileSync(b.segments[1]));
    expect(await opened(a.dir)).toBe('ledger-damaged');
    expect((await repaired(a.dir)).lost).toEqual(seqs(5, 8));
  });

  test('segments that swapped their names are found by what they hold', async () => {
    const { dir, segments } = await made();
    renameSync(segments[0], `${segments[0]}.x`);
    renameSync(segments[1], segments[0]);
    renameSync(`${segments[0]}.x`, segments[1]);
    expect(await opened(dir)).toBe('ledger-damaged');
    expect(await repaired(dir)).toEqual({ numbers: ALL, lost: [] });
  });
});

describe('damage of several parts at once', () => {
  test('damage in the middle of the last batches is not taken for a torn tail, even without the mark', async () => {
    const { dir, segments } = await made();
    rmSync(join(dir, 'ledger.mark'));
    damage(segments[2], flip(48 + 54 + 20));
    expect(await opened(dir)).toBe('ledger-damaged');
    expect(await repaired(dir)).toEqual({ numbers: ALL.filter((n) => n !== 10), lost: [10] });
  });

  test('several records of several segments: exactly they are lost, and the damaged files are kept', async () => {
    const { dir, segments } = await made();
    damage(segments[0], flip(48 + 53 + 30));
    damage(segments[1], flip(48 + 10));
    damage(segments[2], flip(48 + 54 * 3 + 40));
    const before = segments.map((path) => readFileSync(path));
    expect(await repaired(dir)).toEqual({ numbers: [1, 3, 4, 6, 7, 8, 9, 10, 11], lost: [2, 5, 12] });
    const places = readdirSync(join(dir, 'quarantine'))
      .filter((name) => name.includes('.seg'))
      .toSorted();
    const kept = places.map((place) => readdirSync(join(dir, 'quarantine', place)));
    expect(kept.flat().filter((name) => name === 'REASON.txt').length).toBe(3);
    for (const [at, path] of segments.entries()) {
      const place = places.find((name) => name.includes(basename(path))) ?? '';
      expect(readFileSync(join(dir, 'quarantine', place, basename(path))).equals(before[at])).toBe(true);
    }
  });

  test('repair of a ledger that is whole changes nothing', async () => {
    const { dir, segments } = await made();
    const before = segments.map((path) => readFileSync(path));
    expect(await repairLedger(dir)).toEqual({ repaired: false, records: COUNT, lastSeq: COUNT, lost: [], parts: [] });
    expect(segments.map((path, at) => readFileSync(path).equals(before[at]))).toEqual([true, true, true]);
  });

  test('a repaired ledger can be damaged and repaired again: what was lost before stays lost', async () => {
    const { dir, segments } = await made();
    damage(segments[0], flip(48 + 53 + 30));
    await repairLedger(dir);
    damage(segments[0], flip(48 + 10));
    expect(await repaired(dir)).toEqual({ numbers: seqs(3, 12), lost: [1, 2] });
  });
});

describe('a tail that nobody was promised', () => {
  test.each([1, 16, 40])('%d bytes of a frame are cut off, told and kept', async (count) => {
    const { dir, segments } = await made();
    damage(segments[2], (bytes) => Buffer.concat([bytes, bytes.subarray(-54, -54 + count)]));
    const found = await opened(dir);
    expect(found).toMatchObject({ numbers: ALL });
    expect(JSON.stringify(found)).toContain(`${count} bytes of a write that nobody was promised were cut off`);
    expect(await opened(dir)).toEqual({ numbers: ALL, told: [] });
    expect(readdirSync(join(dir, 'quarantine')).length).toBe(1);
  });

  test('zeros after the end, as a file system leaves them after a power failure', async () => {
    const { dir, segments } = await made();
    damage(segments[2], (bytes) => Buffer.concat([bytes, Buffer.alloc(4096)]));
    expect(await opened(dir)).toMatchObject({ numbers: ALL });
  });

  test('a newer kind of record is refused by name, not cut off', async () => {
    const { dir, segments } = await made();
    const { ledger } = await Ledger.open(dir);
    await ledger.close();
    const { ByteWriter } = await import('../../src-main/store/ledger/byte-writer.ts');
    const { closeFrame, FRAME_HEADER_BYTES } = await import('../../src-main/store/ledger/frame.ts');
    const { readSegmentHeader, saltOf } = await import('../../src-main/store/ledger/segment.ts');
    const header = readSegmentHeader(readFileSync(segments[2]));
    if (typeof header === 'string') throw new Error(header);
    const writer = new ByteWriter();
    writer.skip(FRAME_HEADER_BYTES);
    closeFrame(writer, 0, { seq: 13, code: 99, flags: 2 }, saltOf(header.id));
    damage(segments[2], (bytes) => Buffer.concat([bytes, writer.written]));
    await expect(Ledger.open(dir)).rejects.toThrow('was written by a newer Landfall: seq 13 is of the unknown kind 99');
  });
});
