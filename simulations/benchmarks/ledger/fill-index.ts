// An index of n partitions, each published once, as the ledger's records make it; without a ledger, which would take
// minutes at ten million.

import { PartitionIndex } from '../../../src-main/store/partitions/partition-index.ts';
import { nameOf } from './figures.ts';

const METRICS = { rowCount: 1_000, byteSize: 50_000, nullRates: {}, schemaFingerprint: 'f1', newestUs: Number.NaN };
const DETAILS = { pipeline: '', task: '', logicalKey: '', parentRun: '' };
const RUN_PARTITIONS = 8;

export function filledIndex(partitions: number): PartitionIndex {
  const index = new PartitionIndex();
  for (let i = 0; i < partitions; i++) {
    const version = { ...nameOf(i), version: 1 };
    const run = `run-${Math.floor(i / RUN_PARTITIONS)}`;
    const base = { atUs: i, receivedUs: i };
    const hash = i.toString(16).padStart(16, '0');
    const opened = { ...base, ...version, run, attempt: 1, details: DETAILS, leaseUs: 1, closed: null };
    index.apply({ kind: 'opened', seq: index.asOfSeq + 1, ...opened });
    const outputs = [{ ...version, metrics: METRICS, payloadHash: hash }];
    index.apply({ kind: 'finalized', seq: index.asOfSeq + 1, ...base, run, attempt: 1, outputs, inputs: [] });
    index.apply({ kind: 'published', seq: index.asOfSeq + 1, ...base, ...version });
  }
  // As of a ledger that begins now.
  index.asOfSeq = 0;
  index.lastReceivedUs = 0;
  return index;
}
