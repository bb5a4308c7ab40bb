// Writes a snapshot of the index now and then, beside everything else, so that a start reads few records. A failed one
// is tried again later: a snapshot saves time and nothing else.

import type { Ledger } from '../ledger/ledger.ts';
import type { PartitionIndex } from '../partitions/partition-index.ts';
import { takeSnapshot } from '../partitions/snapshot.ts';

/** Records between two snapshots, and fewest that make one worth while at the end. */
const EVERY_RECORDS = 500_000;
const LAST_RECORDS = 10_000;

export class SnapshotKeeper {
  readonly #ledger: Pick<Ledger, 'writeSnapshot'>;
  readonly #index: PartitionIndex;
  readonly #everyRecords: number;
  /** The seq of the last one that was tried. */
  #seq: number;
  #writing: Promise<void> | null = null;

  /** `seq`: of the snapshot that the index came from; 0 for none. */
  constructor(ledger: Pick<Ledger, 'writeSnapshot'>, index: PartitionIndex, seq: number, everyRecords = EVERY_RECORDS) {
    this.#ledger = ledger;
    this.#index = index;
    this.#seq = seq;
    this.#everyRecords = everyRecords;
  }

  /** The index has moved on. */
  applied(): void {
    if (this.#writing === null && this.#index.asOfSeq - this.#seq >= this.#everyRecords) this.#write();
  }

  /** Writes a last one where it is worth while. */
  async close(): Promise<void> {
    await this.#writing;
    if (this.#index.asOfSeq - this.#seq >= Math.min(LAST_RECORDS, this.#everyRecords)) this.#write();
    await this.#writing;
  }

  #write(): void {
    const { seq, chunks, release } = takeSnapshot(this.#index);
    this.#seq = seq;
    this.#writing = this.#ledger
      .writeSnapshot(seq, chunks)
      .catch(() => {})
      .finally(() => {
        release();
        this.#writing = null;
      });
  }
}
