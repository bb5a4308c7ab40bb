// The state of every partition in memory, made from the ledger's durable records and from nothing else. Answers
// readiness without any query engine: interned ids, open addressing, columns; no object for a partition that has ended.
// It never sees a record that is not durable, and a record is applied whole in one turn, so no reader sees a part of it.
// Limits: 2^31 partitions; of versions that ended long ago it can no longer name the run (RecentEnds).

import { hashText } from '../../../shared/base/hash.ts';
import { isWhole, Status } from '../../../shared/lifecycle/status.ts';
import type { VersionState } from '../../../shared/lifecycle/version-state.ts';
import type { LedgerRecord, PartitionName, VersionMetrics, VersionName } from '../../../shared/model/ledger.ts';
import { DatasetBook } from './dataset-book.ts';
import { NameTable } from './name-table.ts';
import { PartitionFinder } from './partition-finder.ts';
import { RecentEnds, type VersionEnd } from './recent-ends.ts';
import { SeenEvents } from './seen-events.ts';
import { copyVersion, FIRST, NUMBER, SECOND, STATE, type VersionBlock } from './version-block.ts';
import { placeOf, VersionRows } from './version-rows.ts';

/** A version that someone may still write to. */
export interface OpenVersion {
  readonly number: number;
  readonly run: string;
  readonly attempt: number;
  readonly openedUs: number;
  readonly openSeq: number;
  readonly leaseUs: number;
  /** Of its passed check, and that check's seq; null and 0 before. */
  checked: VersionMetrics | null;
  checkSeq: number;
}

type Of<Kind> = Extract<LedgerRecord, { kind: Kind }>;

const STATUS_BITS = 4;
const STATUS_MASK = 15;
/** Stands in for a run whose name was let go. */
const ANOTHER_RUN = 'another run';

/** What an index is made of; a snapshot keeps all of it. */
export interface IndexParts {
  readonly keys: NameTable;
  readonly latest: VersionRows;
  readonly earlier: VersionRows;
  readonly datasets: DatasetBook;
  readonly open: Map<number, OpenVersion>;
  readonly ends: RecentEnds;
  readonly seen: SeenEvents;
  /** Finalized versions whose published event the store owes, as the version's number by row. */
  readonly outbox: Map<number, number>;
}

export const emptyParts = (): IndexParts => ({
  keys: new NameTable(),
  latest: new VersionRows(),
  earlier: new VersionRows(),
  datasets: new DatasetBook(),
  open: new Map(),
  ends: new RecentEnds(),
  seen: new SeenEvents(),
  outbox: new Map(),
});

export class PartitionIndex {
  readonly parts: IndexParts;
  readonly #finder: PartitionFinder;
  /** The seq of the last record that was applied; 0 before the first. */
  asOfSeq: number;
  /** The latest time at which a record was received, µs; 0 before the first. */
  lastReceivedUs: number;

  constructor(parts: IndexParts = emptyParts(), asOfSeq = 0, lastReceivedUs = 0) {
    this.parts = parts;
    this.#finder = new PartitionFinder(parts.datasets, parts.keys, parts.latest);
    this.asOfSeq = asOfSeq;
    this.lastReceivedUs = lastReceivedUs;
  }

  get partitionCount(): number {
    return this.parts.latest.size;
  }

  /** Bytes of its columns and names. */
  get byteLength(): number {
    const { keys, latest, earlier } = this.parts;
    return keys.byteLength + latest.byteLength + earlier.byteLength + this.#finder.byteLength;
  }

  /** The row of a partition, or -1 when nothing was ever opened in it. */
  find(name: PartitionName): number {
    return this.#finder.find(name);
  }

  nameOf(row: number): PartitionName {
    const block = this.parts.latest.blockOf(row);
    const { namespace, dataset } = this.parts.datasets.of(block.get(placeOf(row), FIRST));
    return { namespace, dataset, partition: this.parts.keys.nameOf(block.get(placeOf(row), SECOND)) };
  }

  /** The newest whole, or published, version of a partition; 0 when there is none. */
  readable(name: PartitionName, when: 'finalized' | 'published'): number {
    const row = this.find(name);
    return row < 0 ? 0 : this.#readableOf(row, when);
  }

  /** `readable` of each name: of many in a large index much faster than one after another. */
  readableAll(names: readonly PartitionName[], when: 'finalized' | 'published'): number[] {
    return this.#finder.mapMany(names, (row) => (row < 0 ? 0 : this.#readableOf(row, when)));
  }

  #readableOf(row: number, when: 'finalized' | 'published'): number {
    const block = this.parts.latest.blockOf(row);
    const i = placeOf(row);
    const status = block.get(i, STATE) & STATUS_MASK;
    const isReadable = status === Status.published || (status === Status.finalized && when === 'finalized');
    return isReadable ? block.get(i, NUMBER) : this.#earlierReadable(block.earlier[i], when);
  }

  latestNumber(row: number): number {
    return this.parts.latest.blockOf(row).get(placeOf(row), NUMBER);
  }

  /**
   * A version as the lifecycle sees it, or null. `askingRun` is the run of the command: it is known again by its hash
   * after its name was let go. Leases are not the index's: `leaseUntilUs` is NaN.
   */
  version(row: number, number: number, askingRun: string): VersionState | null {
    const found = this.#locate(row, number);
    if (found === null) return null;
    const [block, i] = found;
    const end = this.parts.ends.of(row, number);
    const open = this.parts.open.get(row);
    const status = (block.get(i, STATE) & STATUS_MASK) as Status;
    const isOpenOne = open?.number === number;
    const run = isOpenOne ? open.run : (end?.run ?? this.#runByHash(block.runHash[i], askingRun));
    const lastUs = block.lastUs[i];
    return {
      number,
      status,
      run,
      attempt: block.get(i, STATE) >>> STATUS_BITS,
      openedUs: isOpenOne ? open.openedUs : Number.NaN,
      leaseUntilUs: Number.NaN,
      lastUs,
      finalizedUs: isWhole(status) ? lastUs : Number.NaN,
      publishedUs: status === Status.published ? lastUs : Number.NaN,
      rowCount: Number.NaN,
      payloadHash: isWhole(status) ? payloadText(block.payloadHigh[i], block.payloadLow[i]) : '',
      reason: end?.reason ?? '',
    };
  }

  /** The seqs that a version's first answers named: of its end, and of its publish (0 before). */
  seqsOf(row: number, number: number): { readonly endSeq: number; readonly publishSeq: number } {
    const found = this.#locate(row, number);
    if (found === null) return { endSeq: 0, publishSeq: 0 };
    const [block, i] = found;
    const delta = block.publishDelta[i];
    return { endSeq: block.endSeq[i], publishSeq: delta === 0 ? 0 : block.endSeq[i] + delta };
  }

  /** Takes in the next durable record. Throws when it does not follow the ones before. */
  apply(record: LedgerRecord): void {
    if (record.seq !== this.asOfSeq + 1) throw new Error(`record ${record.seq} does not follow ${this.asOfSeq}`);
    this.asOfSeq = record.seq;
    if (record.receivedUs > this.lastReceivedUs) this.lastReceivedUs = record.receivedUs;
    switch (record.kind) {
      case 'opened':
        return this.#opened(record);
      case 'heartbeats':
        for (const name of record.versions) this.#touch(name, record.atUs);
        return;
      case 'checked':
        return this.#checked(record);
      case 'finalized':
        return this.#finalized(record);
      case 'published':
        return this.#published(record);
      case 'failed':
        return this.#ended(this.#existing(record), record, Status.failed);
      case 'expired':
        return this.#ended(this.#existing(record), record, Status.expired);
      case 'marker':
        return this.#touch(record, record.atUs);
      case 'declared':
        return this.#declared(record);
      case 'observed':
        return this.parts.seen.add(record.contentHash, record.seq);
    }
  }

  #opened(record: Of<'opened'>): void {
    const { closed, version, run, attempt, atUs, seq, leaseUs } = record;
    const row = this.#finder.findOrAdd(record);
    if (version !== this.latestNumber(row) + 1) throw new Error(`record ${seq}: version ${version} comes out of turn`);
    if (closed !== null) {
      const status = closed.as === 'expired' ? Status.expired : Status.superseded;
      this.#ended(row, { version: closed.version, seq, atUs, reason: closed.reason }, status);
    }
    if (version > 1) this.#moveToEarlier(row);
    const block = this.parts.latest.changedBlockOf(row);
    const i = placeOf(row);
    block.set(i, NUMBER, version);
    block.set(i, STATE, (attempt << STATUS_BITS) | Status.running);
    block.runHash[i] = hashText(run);
    block.lastUs[i] = atUs;
    block.endSeq[i] = 0;
    block.publishDelta[i] = 0;
    const open = { number: version, run, attempt, openedUs: atUs, openSeq: seq, leaseUs, checked: null, checkSeq: 0 };
    this.parts.open.set(row, open);
  }

  #checked(record: Of<'checked'>): void {
    const row = this.#existing(record);
    const open = this.parts.open.get(row);
    if (open === undefined) throw new Error(`record ${record.seq}: a check of a version that is not open`);
    open.checked = record.metrics;
    open.checkSeq = record.seq;
    if (record.passed) this.#move(row, Status.checked, record.atUs);
    else this.#ended(row, record, Status.failed, true);
  }

  #finalized(record: Of<'finalized'>): void {
    for (const output of record.outputs) {
      const row = this.#existing(output);
      this.#ended(row, { version: output.version, seq: record.seq, atUs: record.atUs, reason: '' }, Status.finalized);
      const block = this.parts.latest.changedBlockOf(row);
      const i = placeOf(row);
      block.payloadHigh[i] = Number.parseInt(output.payloadHash.slice(0, 8), 16);
      block.payloadLow[i] = Number.parseInt(output.payloadHash.slice(8, 16), 16);
      const dataset = block.get(i, FIRST);
      const { rowCount, schemaFingerprint } = output.metrics;
      this.parts.datasets.remember(dataset, { rowCount, schemaFingerprint });
      if (this.parts.datasets.of(dataset).publishedBy === 'store') this.parts.outbox.set(row, output.version);
    }
  }

  #published(record: Of<'published'>): void {
    const row = this.#existing(record);
    if (this.parts.outbox.get(row) === record.version) this.parts.outbox.delete(row);
    if (this.latestNumber(row) === record.version) {
      this.#publishAt(this.parts.latest.changedBlockOf(row), placeOf(row), record);
      return;
    }
    // A late publish of an earlier version: it and those between it and the latest have a newer published one now.
    let at = this.parts.latest.blockOf(row).earlier[placeOf(row)];
    while (at >= 0) {
      const block = this.parts.earlier.changedBlockOf(at);
      const i = placeOf(at);
      block.set(i, SECOND, Math.max(block.get(i, SECOND), record.version));
      if (block.get(i, NUMBER) === record.version) return this.#publishAt(block, i, record);
      at = block.earlier[i];
    }
  }

  #publishAt(block: VersionBlock, i: number, { seq, atUs }: Of<'published'>): void {
    block.set(i, STATE, (block.get(i, STATE) & ~STATUS_MASK) | Status.published);
    block.lastUs[i] = Math.max(block.lastUs[i], atUs);
    block.publishDelta[i] = seq - block.endSeq[i];
  }

  #declared(record: Of<'declared'>): void {
    const state = this.parts.datasets.of(this.parts.datasets.intern(record));
    state.gate = record.gate;
    state.publishedBy = record.publishedBy;
  }

  /** The latest version ends: from now on its state is in the columns alone. */
  #ended(
    row: number,
    end: { version: number; seq: number; atUs: number; reason: string },
    status: Status,
    isCheckFailure = false,
  ): void {
    const open = this.parts.open.get(row);
    if (open?.number !== end.version) throw new Error(`record ${end.seq}: version ${end.version} is not open`);
    this.parts.open.delete(row);
    const { run, checked } = open;
    const known: VersionEnd = { number: end.version, run, reason: end.reason, checked, isCheckFailure };
    this.parts.ends.set(row, known);
    this.#move(row, status, end.atUs);
    this.parts.latest.changedBlockOf(row).endSeq[placeOf(row)] = end.seq;
  }

  #move(row: number, status: Status, atUs: number): void {
    const block = this.parts.latest.changedBlockOf(row);
    const i = placeOf(row);
    block.set(i, STATE, (block.get(i, STATE) & ~STATUS_MASK) | status);
    block.lastUs[i] = Math.max(block.lastUs[i], atUs);
  }

  #touch(name: VersionName, atUs: number): void {
    const row = this.#existing(name);
    if (this.latestNumber(row) !== name.version) return;
    const block = this.parts.latest.changedBlockOf(row);
    block.lastUs[placeOf(row)] = Math.max(block.lastUs[placeOf(row)], atUs);
  }

  /** Room for a new latest version. In the row of the one before: the newest whole and published version up to it. */
  #moveToEarlier(row: number): void {
    const block = this.parts.latest.changedBlockOf(row);
    const i = placeOf(row);
    const at = this.parts.earlier.add();
    const earlier = this.parts.earlier.changedBlockOf(at);
    const j = placeOf(at);
    copyVersion(block, i, earlier, j);
    const status = (block.get(i, STATE) & STATUS_MASK) as Status;
    const before = block.earlier[i];
    const number = block.get(i, NUMBER);
    earlier.set(j, FIRST, isWhole(status) ? number : this.#earlierReadable(before, 'finalized'));
    earlier.set(j, SECOND, status === Status.published ? number : this.#earlierReadable(before, 'published'));
    block.earlier[i] = at;
  }

  #earlierReadable(at: number, when: 'finalized' | 'published'): number {
    if (at < 0) return 0;
    return this.parts.earlier.blockOf(at).get(placeOf(at), when === 'finalized' ? FIRST : SECOND);
  }

  #locate(row: number, number: number): readonly [VersionBlock, number] | null {
    const latest = this.parts.latest.blockOf(row);
    const i = placeOf(row);
    if (latest.get(i, NUMBER) === number) return [latest, i];
    for (let at = latest.earlier[i]; at >= 0; ) {
      const block = this.parts.earlier.blockOf(at);
      const j = placeOf(at);
      if (block.get(j, NUMBER) === number) return [block, j];
      at = block.earlier[j];
    }
    return null;
  }

  #existing(name: PartitionName): number {
    const row = this.find(name);
    if (row < 0) throw new Error(`record ${this.asOfSeq}: nothing was opened in ${name.dataset} ${name.partition}`);
    return row;
  }

  #runByHash(hash: number, askingRun: string): string {
    return hashText(askingRun) >>> 0 === hash ? askingRun : ANOTHER_RUN;
  }
}

const payloadText = (high: number, low: number): string =>
  high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
