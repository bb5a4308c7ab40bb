// Ledger records as columns of the read model's tables. Pure but for the numbering of partitions, which it asks for.
// A partition appears in the partition table with the first record that names it.

import { Step } from '../../../shared/lifecycle/status.ts';
import type { LedgerRecord, PartitionName, VersionMetrics } from '../../../shared/model/ledger.ts';
import type { TableShape } from '../duckdb/columns.ts';
import { GrowingTable } from '../duckdb/growing-table.ts';

const AT = { seq: 'float64' } as const;
const SUBJECT = { partition: 'int32', version: 'int32' } as const;

/** What is staged for each table; sentinels ("", NaN, 0 for a version) become NULL on the way in. */
export const SHAPES = {
  partition: { partition: 'int32', namespace: 'text', dataset: 'text', key: 'text' },
  version: {
    ...AT,
    ...SUBJECT,
    run: 'text',
    attempt: 'int32',
    pipeline: 'text',
    task: 'text',
    logicalKey: 'text',
    parentRun: 'text',
    atUs: 'float64',
  },
  step: {
    ...AT,
    kind: 'uint8',
    atUs: 'float64',
    receivedUs: 'float64',
    ...SUBJECT,
    rowCount: 'float64',
    byteSize: 'float64',
    fingerprint: 'text',
    nullRates: 'text',
    newestUs: 'float64',
    note: 'text',
  },
  input: { ...AT, run: 'text', attempt: 'int32', namespace: 'text', dataset: 'text', key: 'text', version: 'int32' },
  gate: { ...AT, namespace: 'text', dataset: 'text', gate: 'text' },
  observation: { ...AT, atUs: 'float64', receivedUs: 'float64', contentHash: 'text', event: 'text' },
} as const satisfies Record<string, TableShape>;

export type FeedTable = keyof typeof SHAPES;
export const FEED_TABLES = Object.keys(SHAPES) as FeedTable[];
export type FeedRows = { readonly [Table in FeedTable]: GrowingTable<(typeof SHAPES)[Table]> };

export interface PartitionIds {
  /** The same number for the same name in every process that has read the same ledger; -1 before its first open. */
  find(name: PartitionName): number;
}

export const noRows = (): FeedRows => ({
  partition: new GrowingTable(SHAPES.partition),
  version: new GrowingTable(SHAPES.version),
  step: new GrowingTable(SHAPES.step),
  input: new GrowingTable(SHAPES.input),
  gate: new GrowingTable(SHAPES.gate),
  observation: new GrowingTable(SHAPES.observation),
});

/** Adds the rows of every table. `isNew` is asked for each time that a partition is named, and says true once for each. */
export function addRows(
  rows: FeedRows,
  records: readonly LedgerRecord[],
  ids: PartitionIds,
  isNew: (partition: number) => boolean,
): void {
  const idOf = (name: PartitionName): number => {
    const partition = ids.find(name);
    if (isNew(partition)) addPartition(rows.partition, partition, name);
    return partition;
  };
  for (const record of records) addRecord(rows, record, idOf);
}

type IdOf = (name: PartitionName) => number;
type Opened = Extract<LedgerRecord, { kind: 'opened' }>;
type Subject = { readonly partition: number; readonly version: number };

function addRecord(rows: FeedRows, record: LedgerRecord, idOf: IdOf): void {
  switch (record.kind) {
    case 'opened':
      return addOpened(rows, record, idOf(record));
    case 'heartbeats':
      for (const name of record.versions) addStep(rows, record, Step.heartbeat, subjectOf(name, idOf));
      return;
    case 'checked': {
      const kind = record.passed ? Step.checkPassed : Step.checkFailed;
      return addStep(rows, record, kind, subjectOf(record, idOf), record.metrics, record.reason);
    }
    case 'finalized':
      for (const output of record.outputs)
        addStep(rows, record, Step.finalize, subjectOf(output, idOf), output.metrics);
      for (const input of record.inputs) addInput(rows, record, input);
      return;
    case 'published':
      return addStep(rows, record, Step.publish, subjectOf(record, idOf));
    case 'failed':
      return addStep(rows, record, Step.fail, subjectOf(record, idOf), null, record.reason);
    case 'expired':
      return addStep(rows, record, Step.expire, subjectOf(record, idOf), null, record.reason);
    case 'marker':
      return addStep(rows, record, Step.marker, subjectOf(record, idOf), null, record.path);
    case 'declared':
      return addGate(rows, record);
    case 'observed':
      return addObservation(rows, record);
  }
}

const subjectOf = (name: PartitionName & { readonly version: number }, idOf: IdOf): Subject => ({
  partition: idOf(name),
  version: name.version,
});

function addPartition(rows: FeedRows['partition'], partition: number, name: PartitionName): void {
  const i = rows.add();
  const { columns } = rows;
  columns.partition[i] = partition;
  columns.namespace[i] = name.namespace;
  columns.dataset[i] = name.dataset;
  columns.key[i] = name.partition;
}

function addOpened(rows: FeedRows, record: Opened, partition: number): void {
  const { closed, details, version } = record;
  if (closed !== null) {
    const kind = closed.as === 'expired' ? Step.expire : Step.supersede;
    addStep(rows, record, kind, { partition, version: closed.version }, null, closed.reason);
  }
  const i = rows.version.add();
  const { columns } = rows.version;
  columns.seq[i] = record.seq;
  columns.partition[i] = partition;
  columns.version[i] = version;
  columns.run[i] = record.run;
  columns.attempt[i] = record.attempt;
  columns.pipeline[i] = details.pipeline;
  columns.task[i] = details.task;
  columns.logicalKey[i] = details.logicalKey;
  columns.parentRun[i] = details.parentRun;
  columns.atUs[i] = record.atUs;
  addStep(rows, record, Step.open, { partition, version });
}

function addStep(
  rows: FeedRows,
  { seq, atUs, receivedUs }: LedgerRecord,
  kind: Step,
  { partition, version }: Subject,
  metrics: VersionMetrics | null = null,
  note = '',
): void {
  const i = rows.step.add();
  const { columns } = rows.step;
  columns.seq[i] = seq;
  columns.kind[i] = kind;
  columns.atUs[i] = atUs;
  columns.receivedUs[i] = receivedUs;
  columns.partition[i] = partition;
  columns.version[i] = version;
  columns.rowCount[i] = metrics === null ? Number.NaN : metrics.rowCount;
  columns.byteSize[i] = metrics === null ? Number.NaN : metrics.byteSize;
  columns.fingerprint[i] = metrics === null ? '' : metrics.schemaFingerprint;
  columns.nullRates[i] = metrics === null ? '' : ratesText(metrics);
  columns.newestUs[i] = metrics === null ? Number.NaN : metrics.newestUs;
  columns.note[i] = note;
}

function ratesText({ nullRates }: VersionMetrics): string {
  for (const _ in nullRates) return JSON.stringify(nullRates);
  return '';
}

function addInput(
  rows: FeedRows,
  { seq, run, attempt }: Extract<LedgerRecord, { kind: 'finalized' }>,
  input: PartitionName & { readonly version: number },
): void {
  const i = rows.input.add();
  const { columns } = rows.input;
  columns.seq[i] = seq;
  columns.run[i] = run;
  columns.attempt[i] = attempt;
  columns.namespace[i] = input.namespace;
  columns.dataset[i] = input.dataset;
  columns.key[i] = input.partition;
  columns.version[i] = input.version;
}

function addGate(rows: FeedRows, record: Extract<LedgerRecord, { kind: 'declared' }>): void {
  const i = rows.gate.add();
  const { columns } = rows.gate;
  columns.seq[i] = record.seq;
  columns.namespace[i] = record.namespace;
  columns.dataset[i] = record.dataset;
  columns.gate[i] = record.gate === null ? '' : JSON.stringify(record.gate);
}

function addObservation(rows: FeedRows, record: Extract<LedgerRecord, { kind: 'observed' }>): void {
  const i = rows.observation.add();
  const { columns } = rows.observation;
  columns.seq[i] = record.seq;
  columns.atUs[i] = record.atUs;
  columns.receivedUs[i] = record.receivedUs;
  columns.contentHash[i] = record.contentHash;
  columns.event[i] = record.event;
}
