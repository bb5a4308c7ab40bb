// The ledger as its users see it: order, durability before the answer, groups, reading, rotation, opening again.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as afterIo } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cancelSource, NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import type { LedgerDraft, LedgerRecord } from '../../../../shared/model/ledger.ts';
import { type Disk, REAL_DISK } from '../../../../src-main/store/ledger/disk.ts';
import { Ledger } from '../../../../src-main/store/ledger/ledger.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { allRecords, draft, numbersIn } from './support/drafts.ts';

test('a ledger that was only opened leaves nothing behind', async () => {
  const dir = tempFolder();
  const { ledger, recovery } = await Ledger.open(dir);
  expect(recovery).toEqual({ lastSeq: 0, cut: null, problems: [] });
  expect(await allRecords(ledger)).toEqual([]);
  await ledger.close();
  expect(readdirSync(dir)).toEqual([]);
});

test('seqs are given out in the order of the calls, and each record is told once, before its append resolves', async () => {
  const { ledger } = await Ledger.open(tempFolder());
  const said: string[] = [];
  ledger.onDurable((records) => said.push(...records.map(({ seq, atUs }) => `durable ${seq}: ${atUs}`)));
  const append = async (...numbers: number[]): Promise<void> => {
    const first = await ledger.append(numbers.map((number) => draft(number)));
    said.push(`answered ${first}`);
  };
  await Promise.all([append(10), append(20, 21), append(30)]);
  await append(40);
  const first = ['durable 1: 10', 'durable 2: 20', 'durable 3: 21', 'durable 4: 30'];
  expect(said).toEqual([...first, 'answered 1', 'answered 2', 'answered 4', 'durable 5: 40', 'answered 5']);
  expect(ledger.lastSeq).toBe(5);
  await ledger.close();
});

test('what was appended is there after it was opened again, across many segments', async () => {
  const dir = tempFolder();
  const sent: LedgerRecord[] = [];
  for (let round = 0; round < 3; round++) {
    const { ledger, recovery } = await Ledger.open(dir, { maxSegmentBytes: 2000 });
    expect(recovery).toEqual({ lastSeq: round * 40, cut: null, problems: [] });
    ledger.onDurable((records) => sent.push(...records));
    for (let group = 0; group < 20; group++) await ledger.append([draft(group), draft(group + 0.5, 100)]);
    expect(await allRecords(ledger)).toEqual(sent);
    await ledger.close();
  }
  expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, at) => at + 1));
  const segments = readdirSync(join(dir, 'ledger'));
  expect(segments.length).toBeGreaterThan(5);
  expect(segments[0]).toBe('0000000000000001.seg');
});

test('reading begins at any seq and ends with the last durable one', async () => {
  const { ledger } = await Ledger.open(tempFolder(), { maxSegmentBytes: 1000 });
  for (let number = 1; number <= 50; number++) await ledger.append([draft(number)]);
  for (const from of [0, 1, 2, 25, 49, 50]) {
    const seqs = (await allRecords(ledger, from)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 51 - Math.max(1, from) }, (_, at) => Math.max(1, from) + at));
  }
  expect(await allRecords(ledger, 51)).toEqual([]);
  await ledger.close();
});

test('reading on reads little of what was read before, in a segment that is long', async () => {
  let bytesRead = 0;
  const disk: Disk = {
    ...REAL_DISK,
    open: async (path, mode) => {
      const file = await REAL_DISK.open(path, mode);
      const read = file.read.bind(file);
      file.read = async (into, position) => {
        const count = await read(into, position);
        bytesRead += count;
        return count;
      };
      return file;
    },
  };
  const dir = tempFolder();
  const first = await Ledger.open(dir, { disk, maxSegmentBytes: 2_500_000 });
  for (let number = 1; number <= 20; number++) await first.ledger.append([draft(number, 30_000)]);
  await first.ledger.close();
  const { ledger } = await Ledger.open(dir, { disk, maxSegmentBytes: 2_500_000 });
  for (let number = 21; number <= 120; number++) await ledger.append([draft(number, 30_000)]);
  for (let from = 1; from <= 120; from += 7) {
    const seqs = (await allRecords(ledger, from)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 121 - from }, (_, at) => from + at));
  }
  bytesRead = 0;
  expect(await allRecords(ledger, 120)).toHaveLength(1);
  expect(bytesRead).toBeLessThan(600_000);
  await ledger.close();
});

test('a record larger than a read batch, and one larger than a window, are read whole', async () => {
  const { ledger } = await Ledger.open(tempFolder());
  const sizes = [10, 300_000, 10, 3_000_000, 10];
  for (const [at, size] of sizes.entries()) await ledger.append([draft(at, size)]);
  const read = (await allRecords(ledger)).map((record) => (record.kind === 'marker' ? record.path.length : -1));
  expect(read).toEqual(sizes);
  await ledger.close();
});

test('a cancelled read stops, and leaves nothing open', async () => {
  const { ledger } = await Ledger.open(tempFolder(), { maxSegmentBytes: 100 });
  for (let number = 1; number <= 10; number++) await ledger.append([draft(number)]);
  const source = cancelSource();
  const read: number[] = [];
  const reading = async (): Promise<void> => {
    for await (const batch of ledger.read(1, source.signal)) {
      read.push(batch.length);
      source.cancel();
    }
  };
  await expect(reading()).rejects.toThrow('cancelled');
  expect(read.length).toBe(1);
  await ledger.close();
});

test('a draft that cannot be written is refused alone: the seqs stay gapless', async () => {
  const { ledger } = await Ledger.open(tempFolder());
  const bad = { ...draft(2), version: -1 } as LedgerDraft;
  const answers = await Promise.allSettled([
    ledger.append([draft(1)]),
    ledger.append([draft(2), bad]),
    ledger.append([draft(3)]),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await numbersIn(ledger)).toEqual([1, 3]);
  expect(ledger.lastSeq).toBe(2);
  await ledger.close();
});

test('one record of more than 64 MiB is too large', async () => {
  const { ledger } = await Ledger.open(tempFolder());
  await expect(ledger.append([draft(1, 64 * 1024 * 1024)])).rejects.toMatchObject({ code: 'too-large' });
  await ledger.append([draft(2)]);
  expect(await numbersIn(ledger)).toEqual([2]);
  await ledger.close();
});

test('closing waits for what is under way and takes nothing more', async () => {
  const { ledger } = await Ledger.open(tempFolder());
  const under = ledger.append([draft(1)]);
  const closed = ledger.close();
  await expect(ledger.append([draft(2)])).rejects.toMatchObject({ code: 'closed' });
  await closed;
  expect(await under).toBe(1);
});

test('a listener that throws ends the ledger instead of letting it and the listener differ', async () => {
  const { ledger } = await Ledger.open(tempFolder(), { retryMs: 0 });
  ledger.onDurable(() => {
    throw new Error('index full');
  });
  await expect(ledger.append([draft(1)])).rejects.toMatchObject({ code: 'outcome-unknown' });
  await expect(ledger.append([draft(2)])).rejects.toMatchObject({ code: 'intake-stopped' });
  await expect(ledger.reopen()).rejects.toThrow('index full');
  expect(ledger.state).toBe('stopped');
  await ledger.close();
});

test('readers read while it is written to', async () => {
  const { ledger } = await Ledger.open(tempFolder(), { maxSegmentBytes: 1000 });
  const writing = (async () => {
    for (let number = 1; number <= 60; number++) await ledger.append([draft(number)]);
  })();
  while (ledger.lastSeq < 60) {
    await afterIo();
    const seqs: number[] = [];
    const upTo = ledger.lastSeq;
    for await (const batch of ledger.read(1, NEVER_CANCELLED)) seqs.push(...batch.map(({ seq }) => seq));
    expect(seqs.length).toBeGreaterThanOrEqual(upTo);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  }
  await writing;
  await ledger.close();
});
