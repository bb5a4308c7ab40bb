// ledger.mark: how far the ledger was durable when someone was last told so. Written after each sync and before the
// answers, never synced itself but at quiet moments: after a kill it is exact, after a power failure it may be old, and
// it is never too high. So it tells acknowledged records that were cut off from a tail that nobody was promised.
// Two slots of 64 bytes in sectors of their own, written in turn, so that one is always whole.
//   0 "LFMARK01"   8 id of the ledger, 16 bytes   24 u48 turn   30 u48 seq   36 u48 first seq of the segment
//  42 u48 end of the durable bytes in it   48 zeros   60 u32 CRC-32C of bytes 0-59

import { basename } from 'node:path';
import { crc32c } from './crc32c.ts';
import type { Disk, DiskFile } from './disk.ts';
import { createWhole, readAll, withFile, writeAll } from './disk-io.ts';
import { ID_BYTES } from './segment.ts';

const SLOT_BYTES = 64;
const SLOT_STRIDE_BYTES = 512;
const FILE_BYTES = 2 * SLOT_STRIDE_BYTES;
const MAGIC = Buffer.from('LFMARK01');

export interface MarkState {
  readonly id: Buffer;
  /** The last durable seq; 0 for none. */
  readonly seq: number;
  readonly segment: number;
  readonly end: number;
}

export interface ReadMark {
  readonly state: MarkState | null;
  /** "", or what is wrong with the file. */
  readonly problem: string;
}

const NO_MARK: ReadMark = { state: null, problem: '' };

/** What the file says; `state` is null when there is none or nothing of it can be read. */
export async function readMark(disk: Disk, path: string, folderNames: readonly string[]): Promise<ReadMark> {
  if (!folderNames.includes(basename(path))) return NO_MARK;
  const bytes = Buffer.alloc(FILE_BYTES);
  const length = await withFile(disk.open(path, 'read'), (file) => readAll(file, bytes, 0));
  const slots = [0, SLOT_STRIDE_BYTES].map((at) => readSlot(bytes.subarray(at, at + SLOT_BYTES)));
  const newest = slots.filter((slot) => slot !== null).toSorted((a, b) => b.turn - a.turn)[0];
  if (newest === undefined) return { ...NO_MARK, problem: 'no part of it can be read' };
  const problem = length < FILE_BYTES || slots.includes(null) ? 'a part of it cannot be read' : '';
  return { state: newest.state, problem };
}

function readSlot(bytes: Buffer): { state: MarkState; turn: number } | null {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  if (bytes.readUInt32LE(SLOT_BYTES - 4) !== crc32c(bytes, 0, 0, SLOT_BYTES - 4)) return null;
  return {
    state: {
      id: Buffer.from(bytes.subarray(8, 8 + ID_BYTES)),
      seq: bytes.readUIntLE(30, 6),
      segment: bytes.readUIntLE(36, 6),
      end: bytes.readUIntLE(42, 6),
    },
    turn: bytes.readUIntLE(24, 6),
  };
}

function fillSlot(bytes: Buffer, state: MarkState, turn: number): void {
  MAGIC.copy(bytes, 0);
  state.id.copy(bytes, 8);
  bytes.writeUIntLE(turn, 24, 6);
  bytes.writeUIntLE(state.seq, 30, 6);
  bytes.writeUIntLE(state.segment, 36, 6);
  bytes.writeUIntLE(state.end, 42, 6);
  bytes.writeUInt32LE(crc32c(bytes, 0, 0, SLOT_BYTES - 4), SLOT_BYTES - 4);
}

export class Mark {
  readonly #file: DiskFile;
  readonly #slot = Buffer.alloc(SLOT_BYTES);
  #turn: number;

  private constructor(file: DiskFile, turn: number) {
    this.#file = file;
    this.#turn = turn;
  }

  /** Makes the file anew, both slots saying the same. */
  static async create(disk: Disk, path: string, state: MarkState): Promise<Mark> {
    const bytes = Buffer.alloc(FILE_BYTES);
    fillSlot(bytes.subarray(0, SLOT_BYTES), state, 2);
    fillSlot(bytes.subarray(SLOT_STRIDE_BYTES, SLOT_STRIDE_BYTES + SLOT_BYTES), state, 1);
    const file = await createWhole(disk, path, (to) => writeAll(to, bytes, 0));
    return new Mark(file, 2);
  }

  /** After the sync of what it speaks of. Throws when it could not be written. */
  write(state: MarkState): void {
    const turn = this.#turn + 1;
    fillSlot(this.#slot, state, turn);
    // A part of it would be a slot that cannot be read; the other one holds.
    if (this.#file.writeNow(this.#slot, (turn % 2) * SLOT_STRIDE_BYTES) !== SLOT_BYTES) {
      throw Object.assign(new Error('ENOSPC: the mark was written in part'), { code: 'ENOSPC' });
    }
    this.#turn = turn;
  }

  sync(): Promise<void> {
    return this.#file.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
