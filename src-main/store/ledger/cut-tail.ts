// Cutting a tail that nobody was promised off the last segment. Its bytes are kept first, with the reason beside them.

import { basename, join } from 'node:path';
import { uniqueSuffix } from '../files.ts';
import type { Disk, DiskFile } from './disk.ts';
import { createWhole, readAll, writeAll } from './disk-io.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import type { OnLedgerStep } from './ledger-steps.ts';

export interface Cut {
  readonly file: string;
  /** Where the cut bytes began, and how many there were. */
  readonly offset: number;
  readonly bytes: number;
  /** The last record that is there. */
  readonly lastSeq: number;
  readonly reason: string;
  /** The folder in quarantine that holds them. */
  readonly place: string;
}

interface Tear {
  readonly file: DiskFile;
  readonly path: string;
  readonly rest: Buffer;
  readonly offset: number;
  readonly lastSeq: number;
  readonly reason: string;
}

export async function cutTail(
  { disk, paths, onStep }: { readonly disk: Disk; readonly paths: LedgerPaths; readonly onStep: OnLedgerStep },
  { file, path, rest, offset, lastSeq, reason }: Tear,
): Promise<Cut> {
  const place = await keepBytes(disk, paths.quarantine, `${basename(path)}.from-${offset}`, rest, `${path}: ${reason}`);
  onStep('tail-copied');
  await file.truncate(offset);
  onStep('truncate');
  await file.sync();
  return { file: path, offset, bytes: rest.length, lastSeq, reason, place };
}

/** Puts bytes and a reason into a new folder of the quarantine and returns the folder. */
export async function keepBytes(
  disk: Disk,
  quarantine: string,
  name: string,
  bytes: Uint8Array,
  reason: string,
): Promise<string> {
  const place = await newPlace(disk, quarantine, name);
  for (const [file, content] of [
    [name, bytes],
    ['REASON.txt', Buffer.from(`${reason}\n`)],
  ] as const) {
    const made = await createWhole(disk, join(place, file), (to) => writeAll(to, content, 0));
    await made.close();
  }
  return place;
}

/** A new folder in the quarantine, named after the time and what goes there. */
export async function newPlace(disk: Disk, quarantine: string, name: string): Promise<string> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const place = join(quarantine, `${stamp}-${name}-${uniqueSuffix()}`);
  await disk.makeFolder(place);
  await disk.syncFolder(quarantine);
  return place;
}

const WINDOW_BYTES = 1024 * 1024;

/** Writes bytes `from … to` of a file over themselves, so that the next sync takes them to the disk whatever was before. */
export async function rewrite(file: DiskFile, from: number, to: number): Promise<void> {
  const window = Buffer.allocUnsafe(Math.min(WINDOW_BYTES, Math.max(0, to - from)));
  for (let at = from; at < to; at += window.length) {
    const bytes = window.subarray(0, Math.min(window.length, to - at));
    await readAll(file, bytes, at);
    await writeAll(file, bytes, at);
  }
  await file.sync();
}
