// The real disk, which a test can fill: then every write fails with ENOSPC, as a full one does.

import { type Disk, type DiskFile, REAL_DISK } from '../../../../src-main/store/ledger/disk.ts';

export interface FillableDisk extends Disk {
  fill(): void;
  empty(): void;
}

export function fillableDisk(): FillableDisk {
  let isFull = false;
  const write = (file: DiskFile): DiskFile['write'] => {
    return async (from, position) => {
      if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return file.write(from, position);
    };
  };
  const disk = new Proxy(REAL_DISK, {
    get: (real, name) =>
      name === 'open'
        ? async (...args: Parameters<Disk['open']>) => replaced(await real.open(...args), 'write', write)
        : bound(real, name),
  });
  return Object.assign(Object.create(disk) as Disk, { fill: () => (isFull = true), empty: () => (isFull = false) });
}

const replaced = (file: DiskFile, one: keyof DiskFile, by: (file: DiskFile) => unknown): DiskFile =>
  new Proxy(file, { get: (real, name) => (name === one ? by(real) : bound(real, name)) });

/** The real one, called on the real object: it has private parts. */
function bound(real: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(real, name);
  return typeof member === 'function' ? member.bind(real) : member;
}
