// A ledger in memory whose syncs happen when the scheduler says: what arrives during one is the next batch, as on a disk.

import type { Scheduler } from 'fast-check';
import type { LedgerDraft, LedgerRecord } from '../../../../shared/model/ledger.ts';
import type { LedgerPort } from '../../../../src-main/store/commands/intake.ts';

export class ScheduledLedger implements LedgerPort {
  readonly durable: LedgerRecord[] = [];
  readonly state = 'open';
  readonly #scheduler: Scheduler;
  readonly #listeners = new Set<(records: readonly LedgerRecord[]) => void>();
  #arriving: { readonly records: LedgerRecord[]; readonly resolve: () => void }[] = [];
  #isSyncing = false;
  nextSeq = 1;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  get lastSeq(): number {
    return this.durable.length;
  }

  append(drafts: readonly LedgerDraft[]): Promise<number> {
    const first = this.nextSeq;
    const records = drafts.map((draft, i) => ({ ...draft, seq: first + i }) as LedgerRecord);
    this.nextSeq += drafts.length;
    const durable = new Promise<number>((resolve) => {
      this.#arriving.push({ records, resolve: () => resolve(first) });
    });
    if (!this.#isSyncing) void this.#sync();
    return durable;
  }

  onDurable(listener: (records: readonly LedgerRecord[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *read(fromSeq: number): AsyncGenerator<readonly LedgerRecord[]> {
    if (fromSeq <= this.durable.length) yield this.durable.slice(fromSeq - 1);
  }

  async #sync(): Promise<void> {
    this.#isSyncing = true;
    while (this.#arriving.length > 0) {
      const batch = this.#arriving;
      this.#arriving = [];
      await this.#scheduler.schedule(Promise.resolve(), 'sync');
      const records = batch.flatMap((append) => append.records);
      this.durable.push(...records);
      for (const listener of this.#listeners) listener(records);
      for (const { resolve } of batch) resolve();
    }
    this.#isSyncing = false;
  }
}
