// Records after a gap that repair left may speak of what the lost ones said: a finalize of a version whose open is gone.
// What is certain from them is put in, so that what is intact stays usable and no token is given out twice: that the
// version was opened, and ended. Everything else of it is unknown. Only for records read from a repaired ledger.

import type { LedgerRecord, VersionMetrics, VersionName } from '../../../shared/model/ledger.ts';
import type { PartitionIndex } from '../partitions/partition-index.ts';

const LOST = 'the record was lost';
const UNKNOWN_HASH = '0'.repeat(16);
const UNKNOWN: VersionMetrics = {
  rowCount: Number.NaN,
  byteSize: Number.NaN,
  nullRates: {},
  schemaFingerprint: '',
  newestUs: Number.NaN,
};
const NO_DETAILS = { pipeline: '', task: '', logicalKey: '', parentRun: '' };

/** Applies a record that comes after a loss, after all that it takes for granted. */
export function applyAfterLoss(index: PartitionIndex, record: LedgerRecord): void {
  for (const needed of openedBefore(record)) ensureOpened(index, needed, record);
  if (record.kind === 'published') ensureFinalized(index, record);
  index.asOfSeq = record.seq - 1;
  index.apply(record);
}

/** The versions that must have been opened for this record to be. */
function openedBefore(record: LedgerRecord): readonly VersionName[] {
  switch (record.kind) {
    case 'opened':
      return record.version > 1 ? [{ ...record, version: record.version - 1 }] : [];
    case 'heartbeats':
      return record.versions;
    case 'finalized':
      return record.outputs;
    case 'checked':
    case 'published':
    case 'failed':
    case 'expired':
    case 'marker':
      return [record];
    case 'declared':
    case 'observed':
      return [];
  }
}

function ensureOpened(index: PartitionIndex, needed: VersionName, by: LedgerRecord): void {
  const { namespace, dataset, partition } = needed;
  const [run, attempt] = by.kind === 'finalized' ? [by.run, by.attempt] : [LOST, 1];
  const row = index.find(needed);
  for (let version = (row < 0 ? 0 : index.latestNumber(row)) + 1; version <= needed.version; version++) {
    const isLeftOpen = version > 1 && isOpen(index, { ...needed, version: version - 1 });
    apply(index, by, {
      kind: 'opened',
      namespace,
      dataset,
      partition,
      version,
      run,
      attempt,
      details: NO_DETAILS,
      leaseUs: 0,
      closed: isLeftOpen ? { version: version - 1, as: 'superseded', reason: LOST } : null,
    });
  }
}

function ensureFinalized(index: PartitionIndex, published: VersionName & LedgerRecord): void {
  if (!isOpen(index, published)) return;
  const { namespace, dataset, partition, version } = published;
  const output = { namespace, dataset, partition, version, metrics: UNKNOWN, payloadHash: UNKNOWN_HASH };
  apply(index, published, { kind: 'finalized', run: LOST, attempt: 1, outputs: [output], inputs: [] });
}

const isOpen = (index: PartitionIndex, { version, ...name }: VersionName): boolean =>
  index.parts.open.get(index.find(name))?.number === version;

type Body<Kind> = Omit<Extract<LedgerRecord, { kind: Kind }>, 'seq' | 'atUs' | 'receivedUs'>;

/** In the place of a lost record: right before the one that shows that it was. */
function apply(index: PartitionIndex, by: LedgerRecord, body: Body<'opened'> | Body<'finalized'>): void {
  const { seq, atUs, receivedUs } = by;
  index.asOfSeq = seq - 2;
  index.apply({ ...body, seq: seq - 1, atUs, receivedUs });
}
