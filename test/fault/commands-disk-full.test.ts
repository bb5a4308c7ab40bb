// A disk that fills up under the commands: intake stops and says so, nothing that was not durable shows, and everything
// goes on as if the lost commands had never come once there is space again.

import { expect, it } from 'vitest';
import { ServiceError } from '../../shared/api/errors.ts';
import { HTTP_STATUS } from '../../shared/api/http-status.ts';
import { REAL_DISK } from '../../src-main/store/ledger/disk.ts';
import { RealStore } from '../src-main/store/commands/real-store.ts';

const NAME = { namespace: 'w', dataset: 'events', partition: 'date=2025-12-24' };

const codeOf = (command: Promise<unknown>): Promise<string> =>
  command.then(
    () => 'accepted',
    (error: unknown) => (error instanceof ServiceError ? `${error.code} ${HTTP_STATUS[error.code]}` : `${error}`),
  );

it('stops intake, forgets what was not durable, and goes on when there is space', async () => {
  let isFull = false;
  const full = (): void => {
    if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  };
  const disk: typeof REAL_DISK = {
    makeFolder: (path) => REAL_DISK.makeFolder(path),
    list: (folder) => REAL_DISK.list(folder),
    rename: (from, to) => REAL_DISK.rename(from, to),
    link: (from, to) => REAL_DISK.link(from, to),
    remove: (path) => REAL_DISK.remove(path),
    syncFolder: (path) => REAL_DISK.syncFolder(path),
    open: async (path, mode) => {
      const file = await REAL_DISK.open(path, mode);
      return {
        read: (into, position) => file.read(into, position),
        write: async (from, position) => {
          full();
          return file.write(from, position);
        },
        writeNow: (from, position) => file.writeNow(from, position),
        sync: () => file.sync(),
        truncate: (length) => file.truncate(length),
        size: () => file.size(),
        close: () => file.close(),
      };
    },
  };
  const real = await RealStore.make({ disk, retryMs: 0 });
  const finalize = (rowCount: number) =>
    real.store.finalize({ run: 'r', outputs: [{ ...NAME, token: 1, metrics: { rowCount } }] });
  try {
    await real.store.open({ ...NAME, run: 'r', attempt: 1 });
    isFull = true;
    const other = { ...NAME, partition: 'date=2025-12-25' };
    // Decided before the disk failed, so both were on their way.
    const lost = [finalize(1), real.store.open({ ...other, run: 'r', attempt: 1 })];
    expect(await Promise.all(lost.map(codeOf))).toEqual(['outcome-unknown 503', 'outcome-unknown 503']);
    expect(real.store.ready({ inputs: [NAME] })).toEqual({ ready: false, versions: [0], asOfSeq: 1 });
    expect(await codeOf(finalize(1))).toBe('intake-stopped 503');
    expect(await codeOf(real.store.declare({ ...NAME, gate: null }))).toBe('intake-stopped 503');
    isFull = false;
    await real.ledger.reopen();
    // As if they had never come: another payload is no second finalize, and the open gets version 1.
    expect(await finalize(2)).toEqual({ seq: 2 });
    expect(await real.store.open({ ...other, run: 's', attempt: 1 })).toMatchObject({ token: 1 });
    await real.settled();
    await real.reopen();
    expect(real.store.ready({ inputs: [NAME], when: 'published' })).toMatchObject({ ready: true, versions: [1] });
    isFull = true;
    const whole = real.store.finalize({ run: 's', outputs: [{ ...other, token: 1 }] });
    expect(await codeOf(whole)).toBe('outcome-unknown 503');
    isFull = false;
    await real.ledger.reopen();
    await real.store.finalize({ run: 's', outputs: [{ ...other, token: 1 }] });
    // The event of a finalize that came between two failures is made good by the timer.
    real.clock.advance(2_000);
    await real.settled();
    expect(real.store.ready({ inputs: [other], when: 'published' }).ready).toBe(true);
  } finally {
    await real.remove();
  }
});
