// A disk whose n-th call fails, over the real one. What a failed call leaves is as bad as it gets: half of a write is
// there, a rename or a truncation may have happened or not, a sync has thrown its pages away for all anyone knows.

import type { Disk, DiskFile } from '../../../src-main/store/ledger/disk.ts';

/** `short`: a write takes half; not an error, but whoever believes it loses the rest. `sync`: only syncs count. */
export type Fault = 'ENOSPC' | 'EIO' | 'short' | 'sync';
export const FAULTS: readonly Fault[] = ['ENOSPC', 'EIO', 'short', 'sync'];

type Call = 'read' | 'write' | 'sync' | 'name';

export interface FaultyDisk extends Disk {
  /** Whether the n-th call came. */
  readonly failed: boolean;
  /** Lets all calls through from now on. */
  heal(): void;
}

/** `lasting`: all later calls of its kind fail too, until healed. */
export function faultyDisk(disk: Disk, n: number, fault: Fault, lasting: boolean): FaultyDisk {
  let calls = 0;
  let failed = false;
  let healed = false;
  const hits = (call: Call): boolean => {
    const counts = fault === 'sync' ? call === 'sync' : fault === 'short' ? call === 'write' : call !== 'read';
    if (healed || !counts) return false;
    calls++;
    if (calls === n) failed = true;
    return calls === n || (lasting && calls > n);
  };
  const code = fault === 'ENOSPC' ? 'ENOSPC' : 'EIO';
  const broken = (): Error => Object.assign(new Error(`${code}: asked to fail`), { code });
  const named = async (work: () => Promise<void>): Promise<void> => {
    if (hits('name')) throw broken();
    await work();
  };
  const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.ceil(bytes.length / 2));
  const faulty = (file: DiskFile): DiskFile => ({
    read: (into, position) => file.read(into, position),
    async write(from, position) {
      if (!hits('write')) return file.write(from, position);
      const count = await file.write(half(from), position);
      if (fault === 'short') return count;
      throw broken();
    },
    writeNow(from, position) {
      if (!hits('write')) return file.writeNow(from, position);
      const count = file.writeNow(half(from), position);
      if (fault === 'short') return count;
      throw broken();
    },
    sync: () => (hits('sync') ? Promise.reject(broken()) : file.sync()),
    truncate: (length) => named(() => file.truncate(length)),
    size: () => file.size(),
    close: () => file.close(),
  });
  return {
    get failed() {
      return failed;
    },
    heal: () => (healed = true),
    async open(path, mode) {
      if (mode === 'create' && hits('name')) throw broken();
      return faulty(await disk.open(path, mode));
    },
    list: (folder) => disk.list(folder),
    makeFolder: (path) => named(() => disk.makeFolder(path)),
    rename: (from, to) => named(() => disk.rename(from, to)),
    link: (from, to) => named(() => disk.link(from, to)),
    remove: (path) => named(() => disk.remove(path)),
    syncFolder: (path) => (hits('sync') ? Promise.reject(broken()) : disk.syncFolder(path)),
  };
}
