// A workspace whose repaired ledger lacks any one of its records: it opens, takes commands, and gives no token twice.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cancelSource } from '../../../../shared/base/cancel.ts';
import { LedgerStore } from '../../../../src-main/store/commands/ledger-store.ts';
import { Ledger } from '../../../../src-main/store/ledger/ledger.ts';
import { repairLedger } from '../../../../src-main/store/ledger/repair.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ORDERS = { namespace: 'shop', dataset: 'orders', partition: 'date=2025-12-24' };

/** Opened, finalized, published; opened by another run, failed; opened again: 6 records, 3 versions. */
async function writtenLedger(): Promise<string> {
  const dir = tempFolder();
  const { ledger } = await Ledger.open(dir);
  const store = await LedgerStore.open(ledger);
  const open = (run: string): Promise<{ token: number }> => store.open({ ...ORDERS, run, attempt: 1 });
  const first = await open('a');
  await store.finalize({ run: 'a', outputs: [{ ...ORDERS, token: first.token }] });
  while (ledger.lastSeq < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  const second = await open('b');
  await store.fail({ ...ORDERS, run: 'b', token: second.token, reason: 'broke' });
  await open('c');
  await store.close();
  await ledger.close();
  return dir;
}

/** Flips a byte in the payload of the record with this seq, and repairs. */
async function lose(dir: string, seq: number): Promise<void> {
  flip(dir, seq);
  expect((await repairLedger(dir)).lost).toEqual([{ firstSeq: seq, lastSeq: seq }]);
}

function flip(dir: string, seq: number): void {
  const path = join(dir, 'ledger', readdirSync(join(dir, 'ledger'))[0]);
  const bytes = readFileSync(path);
  let at = 48;
  for (let before = 1; before < seq; before++) at += 16 + bytes.readUInt32LE(at);
  bytes[at + 20] ^= 1;
  writeFileSync(path, bytes);
}

test.each([1, 2, 3, 4, 5, 6])('record %d is lost', async (seq) => {
  const dir = await writtenLedger();
  await lose(dir, seq);
  const { ledger } = await Ledger.open(dir);
  const store = await LedgerStore.open(ledger);
  expect(store.lastSeq).toBe(ledger.lastSeq);
  // Without its finalize the published event still shows that it was whole.
  expect(store.ready({ inputs: [ORDERS] }).ready).toBe(true);
  const { token } = await store.open({ ...ORDERS, run: 'd', attempt: 1, takeover: true });
  // The third open is what told of its token: lost as the last record, nothing else names it.
  expect(token).toBe(seq === 6 ? 3 : 4);
  await store.close();
  await ledger.close();
});

test.each([
  ['in the middle', [2, 3], [1, 4, 5, 6, 7]],
  ['at the end', [5, 6], [1, 2, 3, 4, 7]],
])('subscribers of a ledger with records lost %s get the others once, and wait for none', async (_, lost, expected) => {
  const dir = await writtenLedger();
  for (const seq of lost) flip(dir, seq);
  expect((await repairLedger(dir)).lost.flatMap(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toContain(lost[1]);
  const { ledger } = await Ledger.open(dir);
  const store = await LedgerStore.open(ledger);
  const { token } = await store.open({ ...ORDERS, dataset: 'returns', run: 'e', attempt: 1 });
  expect(token).toBe(1);
  const stop = cancelSource();
  const seen: number[] = [];
  let last = 0;
  for await (const records of store.subscribe({ fromSeq: 1 }, stop.signal)) {
    for (const { seq } of records) seen.push(seq);
    if (seen.length < expected.length) continue;
    if (seen.at(-1) === last) stop.cancel();
    else if (last === 0) last = (await store.declare({ ...ORDERS, gate: null })).seq;
  }
  // Lost at the end: a record of nothing stands after them, so that whoever follows gets past them.
  expect(seen).toEqual([...expected, ...(lost[1] === 6 ? [8, 9] : [8])]);
  await store.close();
  await ledger.close();
});
