// The ledger's only way to the disk: few operations, so that a test can let the n-th of them fail and nothing goes
// around it. Whole files are read and written in pieces by the callers. Errors are Node's, with their codes.

import { close, fdatasync, fstat, ftruncate, open, read, write, writeSync } from 'node:fs';
import { link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { syncFolder } from '../files.ts';

/** `read`: must be there. `change`: read and write, must be there. `create`: read and write, must not be there. */
export type OpenMode = 'read' | 'change' | 'create';

export interface DiskFile {
  /** Bytes read into `into` from a place in the file; fewer than asked for at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Bytes that were written, which may be fewer than asked for. */
  write(from: Uint8Array, position: number): Promise<number>;
  /** The same, at once: for a few bytes that must not cost a trip through the thread pool. */
  writeNow(from: Uint8Array, position: number): number;
  /** Content and length are on the disk when it resolves. After it failed, this file must not be synced again. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

export interface Disk {
  open(path: string, mode: OpenMode): Promise<DiskFile>;
  /** Also when it is there. */
  makeFolder(path: string): Promise<void>;
  /** Sorted; none for a folder that is not there. */
  list(folder: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for the same content. */
  link(from: string, to: string): Promise<void>;
  /** Also when it is not there. */
  remove(path: string): Promise<void>;
  /** Makes new, changed and removed names in a folder durable. */
  syncFolder(path: string): Promise<void>;
}

const FLAGS: Readonly<Record<OpenMode, string>> = { read: 'r', change: 'r+', create: 'wx+' };

const calls = {
  open: promisify(open),
  close: promisify(close),
  fdatasync: promisify(fdatasync),
  ftruncate: promisify(ftruncate),
  fstat: promisify(fstat),
};

class RealFile implements DiskFile {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  read(into: Uint8Array, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      read(this.#fd, into, 0, into.length, position, (error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  write(from: Uint8Array, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.#fd, from, 0, from.length, position, (error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  writeNow(from: Uint8Array, position: number): number {
    return writeSync(this.#fd, from, 0, from.length, position);
  }

  sync(): Promise<void> {
    return calls.fdatasync(this.#fd);
  }

  truncate(length: number): Promise<void> {
    return calls.ftruncate(this.#fd, length);
  }

  async size(): Promise<number> {
    return (await calls.fstat(this.#fd)).size;
  }

  close(): Promise<void> {
    return calls.close(this.#fd);
  }
}

export const REAL_DISK: Disk = {
  open: async (path, mode) => new RealFile(await calls.open(path, FLAGS[mode])),
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  async list(folder) {
    try {
      return (await readdir(folder)).toSorted();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  },
  rename,
  link,
  remove: (path) => rm(path, { force: true }),
  syncFolder,
};
