// Records that follow each other as a ledger's do, made from a list of small choices: whatever the choices, the records
// are ones that the commands could have written. And the state that they lead to, kept the slow way: as objects.

import type { LedgerDraft, LedgerRecord, VersionMetrics } from '../../../../shared/model/ledger.ts';

export interface Choice {
  readonly dataset: number;
  readonly key: number;
  readonly step: 'open' | 'heartbeat' | 'check' | 'fail-check' | 'finalize' | 'publish' | 'fail' | 'expire' | 'declare';
}

interface SlowVersion {
  status: 'open' | 'whole' | 'published' | 'ended';
  readonly run: string;
  endSeq: number;
  publishSeq: number;
}

export const metrics = (rowCount: number): VersionMetrics => ({
  rowCount,
  byteSize: Number.NaN,
  nullRates: {},
  schemaFingerprint: 'f',
  newestUs: Number.NaN,
});

export const nameOf = ({ dataset, key }: Pick<Choice, 'dataset' | 'key'>) => ({
  namespace: 'warehouse',
  dataset: `table ${dataset}`,
  partition: `date=${key}`,
});

export class RecordMaker {
  readonly records: LedgerRecord[] = [];
  /** By dataset and key; version n at n - 1. */
  readonly partitions = new Map<string, SlowVersion[]>();

  get seq(): number {
    return this.records.length;
  }

  /** Adds the record of a choice, if it can follow. */
  make(choice: Choice): void {
    const name = nameOf(choice);
    const id = `${choice.dataset} ${choice.key}`;
    const versions = this.partitions.get(id) ?? [];
    const last = versions.at(-1);
    const isLive = last?.status === 'open';
    const version = versions.length;
    const run = `run ${this.seq}`;
    if (choice.step === 'declare') {
      const publishedBy = choice.key % 2 === 0 ? 'writer' : 'store';
      return this.#add({ kind: 'declared', ...name, gate: null, publishedBy } as Omit<
        LedgerDraft,
        'atUs' | 'receivedUs'
      >);
    }
    if (choice.step === 'open') {
      const closed = isLive ? { version, as: 'superseded' as const, reason: 'taken' } : null;
      const details = { pipeline: 'p', task: 't', logicalKey: '', parentRun: '' };
      this.#add({ kind: 'opened', ...name, version: version + 1, run, attempt: 1, details, leaseUs: 1e6, closed });
      if (last && isLive) Object.assign(last, { status: 'ended', endSeq: this.seq });
      this.partitions.set(id, [...versions, { status: 'open', run, endSeq: 0, publishSeq: 0 }]);
      return;
    }
    if (choice.step === 'publish') {
      const at = versions.findLastIndex(({ status }) => status === 'whole');
      if (at < 0) return;
      this.#add({ kind: 'published', ...name, version: at + 1 });
      Object.assign(versions[at], { status: 'published', publishSeq: this.seq });
      return;
    }
    if (!last || !isLive) return;
    if (choice.step === 'heartbeat') return this.#add({ kind: 'heartbeats', versions: [{ ...name, version }] });
    if (choice.step === 'check') {
      return this.#add({ kind: 'checked', ...name, version, passed: true, metrics: metrics(1), reason: '' });
    }
    if (choice.step === 'fail-check') {
      this.#add({ kind: 'checked', ...name, version, passed: false, metrics: metrics(0), reason: 'few' });
    } else if (choice.step === 'finalize') {
      const payloadHash = this.seq.toString(16).padStart(16, '0');
      const outputs = [{ ...name, version, metrics: metrics(this.seq), payloadHash }];
      this.#add({ kind: 'finalized', run: last.run, attempt: 1, outputs, inputs: [] });
      Object.assign(last, { status: 'whole', endSeq: this.seq });
      return;
    } else {
      this.#add({ kind: choice.step === 'fail' ? 'failed' : 'expired', ...name, version, reason: 'why' });
    }
    Object.assign(last, { status: 'ended', endSeq: this.seq });
  }

  #add(body: Record<string, unknown>): void {
    const seq = this.seq + 1;
    this.records.push({ seq, atUs: seq * 10, receivedUs: seq * 10, ...body } as LedgerRecord);
  }
}
