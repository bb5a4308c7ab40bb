// Snapshots: read as they were written, never half, never a damaged one, and the one before is kept.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Ledger } from '../../../../src-main/store/ledger/ledger.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { draft } from './support/drafts.ts';

async function ledgerWith(records: number): Promise<{ dir: string; ledger: Ledger }> {
  const dir = tempFolder();
  const { ledger } = await Ledger.open(dir);
  for (let number = 1; number <= records; number++) await ledger.append([draft(number)]);
  return { dir, ledger };
}

async function newest(ledger: Ledger): Promise<{ seq: number; chunks: Buffer[]; reasons: string[] } | null> {
  const { snapshot, problems } = await ledger.newestSnapshot();
  if (snapshot === null) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of snapshot.chunks) chunks.push(Buffer.from(chunk));
  return { seq: snapshot.seq, chunks, reasons: problems.map(({ reason }) => reason.split(';')[0]) };
}

const bytes = (text: string): Buffer => Buffer.from(text);

test('the newest one comes back chunk by chunk, and two are kept', async () => {
  const { dir, ledger } = await ledgerWith(4);
  expect(await newest(ledger)).toBeNull();
  const large = Buffer.alloc(3_000_000, 7);
  for (const seq of [1, 2, 3]) await ledger.writeSnapshot(seq, [bytes(`as of ${seq}`), bytes(''), large]);
  const found = await newest(ledger);
  expect({ seq: found?.seq, reasons: found?.reasons }).toEqual({ seq: 3, reasons: [] });
  expect(found?.chunks.map((chunk, at) => chunk.equals([bytes('as of 3'), bytes(''), large][at]))).toEqual([
    true,
    true,
    true,
  ]);
  expect(readdirSync(join(dir, 'snapshots'))).toEqual(['0000000000000002.snap', '0000000000000003.snap']);
  await ledger.close();
});

test('one that is not durable yet is refused', async () => {
  const { ledger } = await ledgerWith(1);
  await expect(ledger.writeSnapshot(2, [])).rejects.toMatchObject({ code: 'bad-request' });
  await ledger.close();
});

test('wherever a byte is flipped or the file is cut, the older one is used and the damage told', async () => {
  const { dir, ledger } = await ledgerWith(2);
  await ledger.writeSnapshot(1, [bytes('old')]);
  await ledger.writeSnapshot(2, [bytes('new'), bytes('er')]);
  const path = join(dir, 'snapshots', '0000000000000002.snap');
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at++) {
    for (const damaged of [flipped(whole, at), whole.subarray(0, at)]) {
      writeFileSync(path, damaged);
      const found = await newest(ledger);
      expect(found).toMatchObject({ seq: 1, chunks: [bytes('old')] });
      expect(found?.reasons.length).toBe(1);
      expect(existsSync(path)).toBe(false);
    }
  }
  await ledger.close();
});

test('one whose writing fails leaves the one before', async () => {
  const { dir, ledger } = await ledgerWith(2);
  await ledger.writeSnapshot(1, [bytes('old')]);
  const failing = function* (): Generator<Buffer> {
    yield bytes('new');
    throw new Error('index changed');
  };
  await expect(ledger.writeSnapshot(2, failing())).rejects.toThrow('index changed');
  expect(await newest(ledger)).toMatchObject({ seq: 1 });
  await ledger.close();
  const { ledger: again } = await Ledger.open(dir);
  expect(readdirSync(join(dir, 'snapshots'))).toEqual(['0000000000000001.snap']);
  await again.close();
});

test('one of another ledger is not used', async () => {
  const a = await ledgerWith(2);
  const b = await ledgerWith(2);
  await a.ledger.writeSnapshot(2, [bytes('a')]);
  await b.ledger.writeSnapshot(2, [bytes('b')]);
  const name = join('snapshots', '0000000000000002.snap');
  writeFileSync(join(b.dir, name), readFileSync(join(a.dir, name)));
  expect(await newest(b.ledger)).toBeNull();
  await a.ledger.close();
  await b.ledger.close();
});

function flipped(whole: Buffer, at: number): Buffer {
  const copy = Buffer.from(whole);
  copy[at] ^= 1 << (at % 8);
  return copy;
}
