// A ledger on the disk for tests that damage it: closed, a few small segments.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger } from '../../../../../src-main/store/ledger/ledger.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { draft } from './drafts.ts';

export interface MadeLedger {
  readonly dir: string;
  /** Paths of the segments. */
  readonly segments: readonly string[];
}

/** Records numbered 1 … count, each a batch of its own; a segment holds `perSegment` of them. */
export async function madeLedger(count: number, perSegment: number, snapshotAt = 0): Promise<MadeLedger> {
  const dir = tempFolder();
  // 48 bytes of header; each of these records takes 53 or 54 bytes.
  const { ledger } = await Ledger.open(dir, { maxSegmentBytes: 48 + perSegment * 53 - 20 });
  for (let number = 1; number <= count; number++) {
    await ledger.append([draft(number)]);
    if (number === snapshotAt) await ledger.writeSnapshot(number, [Buffer.from('index')]);
  }
  await ledger.close();
  const folder = join(dir, 'ledger');
  return { dir, segments: readdirSync(folder).map((name) => join(folder, name)) };
}

export function damage(path: string, change: (bytes: Buffer) => Buffer): void {
  writeFileSync(path, change(readFileSync(path)));
}

export const flip =
  (at: number) =>
  (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at] ^= 1 << (at % 8);
    return copy;
  };
export const cutAt =
  (at: number) =>
  (bytes: Buffer): Buffer =>
    bytes.subarray(0, at);
