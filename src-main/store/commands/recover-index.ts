// The index as a start finds it: the newest snapshot that can be used, and the ledger from there on.

import type { Problem } from '../../../shared/base/problem.ts';
import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { PartitionIndex } from '../partitions/partition-index.ts';
import { readSnapshot } from '../partitions/snapshot.ts';

export interface RecoveredIndex {
  readonly index: PartitionIndex;
  /** Of the snapshot that it came from; 0 for none. */
  readonly snapshotSeq: number;
  readonly problems: readonly Problem[];
}

export async function recoverIndex(ledger: Pick<Ledger, 'newestSnapshot' | 'read'>): Promise<RecoveredIndex> {
  const { snapshot, problems: earlier } = await ledger.newestSnapshot();
  const problems = [...earlier];
  let index = new PartitionIndex();
  if (snapshot !== null) {
    try {
      index = await readSnapshot(snapshot.chunks);
    } catch (error) {
      await snapshot.chunks.return(undefined);
      const reason = `the snapshot as of record ${snapshot.seq} was not used: ${error instanceof Error ? error.message : error}`;
      problems.push({ severity: 'warning', file: 'snapshots', line: null, reason });
    }
  }
  const snapshotSeq = index.asOfSeq;
  for await (const records of ledger.read(index.asOfSeq + 1, NEVER_CANCELLED)) {
    for (const record of records) index.apply(record);
  }
  return { index, snapshotSeq, problems };
}
