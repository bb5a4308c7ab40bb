// Ledger records as columns of the read model's tables. Pure but for the numbering of partitions, which it asks for.
// A partition appears in the partition table with the first record that names it.

import { Step } from '../../../shared/lifecycle/status.ts';
import type { LedgerRecord, PartitionName, VersionMetrics } from '../../../shared/model/ledger.ts';
import type { TableShape } from '../duckdb/columns.ts';

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

export interface PartitionIds {
  /** The same number for the same name in every process that has read the same ledger; -1 before its first open. */
  find(name: PartitionName): number;
}

type Row = readonly (string | number)[];

/** The columns of one table while they grow: a row does not outlive its adding. */
class GrowingTable {
  readonly columns: (string | number)[][];

  constructor(table: FeedTable) {
    this.columns = Object.keys(SHAPES[table]).map(() => []);
  }

  get length(): number {
    return this.columns[0].length;
  }

  push(row: Row): void {
    for (let i = 0; i < row.length; i++) this.columns[i].push(row[i]);
  }
}

type Growing = Readonly<Record<FeedTable, GrowingTable>>;
export type FeedRows = Readonly<Record<FeedTable, Pick<GrowingTable, 'columns' | 'length'>>>;

/** Rows of every table, in the order of their shapes' columns. */
export function rowsOf(
  records: readonly LedgerRecord[],
  ids: PartitionIds,
  isKnown: (partition: number) => boolean,
): FeedRows {
  const rows = Object.fromEntries(FEED_TABLES.map((table) => [table, new GrowingTable(table)])) as Growing;
  const added = new Set<number>();
  const id = (name: PartitionName): number => {
    const partition = ids.find(name);
    if (!isKnown(partition) && !added.has(partition)) {
      added.add(partition);
      rows.partition.push([partition, name.namespace, name.dataset, name.partition]);
    }
    return partition;
  };
  for (const record of records) addRecord(rows, record, id);
  return rows;
}

type IdOf = (name: PartitionName) => number;

function addRecord(rows: Growing, record: LedgerRecord, id: IdOf): void {
  const { seq, atUs, receivedUs } = record;
  const step = (kind: Step, name: PartitionName, version: number, metrics: VersionMetrics | null, note = ''): void => {
    rows.step.push([seq, kind, atUs, receivedUs, id(name), version, ...metricCells(metrics), note]);
  };
  switch (record.kind) {
    case 'opened': {
      const { closed, details, version, run, attempt } = record;
      const { pipeline, task, logicalKey, parentRun } = details;
      if (closed)
        step(closed.as === 'expired' ? Step.expire : Step.supersede, record, closed.version, null, closed.reason);
      rows.version.push([seq, id(record), version, run, attempt, pipeline, task, logicalKey, parentRun, atUs]);
      step(Step.open, record, version, null);
      return;
    }
    case 'heartbeats':
      for (const version of record.versions) step(Step.heartbeat, version, version.version, null);
      return;
    case 'checked': {
      const kind = record.passed ? Step.checkPassed : Step.checkFailed;
      step(kind, record, record.version, record.metrics, record.reason);
      return;
    }
    case 'finalized':
      for (const output of record.outputs) step(Step.finalize, output, output.version, output.metrics);
      for (const { namespace, dataset, partition, version } of record.inputs) {
        rows.input.push([seq, record.run, record.attempt, namespace, dataset, partition, version]);
      }
      return;
    case 'published':
      step(Step.publish, record, record.version, null);
      return;
    case 'failed':
      step(Step.fail, record, record.version, null, record.reason);
      return;
    case 'expired':
      step(Step.expire, record, record.version, null, record.reason);
      return;
    case 'marker':
      step(Step.marker, record, record.version, null, record.path);
      return;
    case 'declared':
      rows.gate.push([seq, record.namespace, record.dataset, record.gate === null ? '' : JSON.stringify(record.gate)]);
      return;
    case 'observed':
      rows.observation.push([seq, atUs, receivedUs, record.contentHash, record.event]);
  }
}

function metricCells(metrics: VersionMetrics | null): Row {
  if (metrics === null) return [Number.NaN, Number.NaN, '', '', Number.NaN];
  const { rowCount, byteSize, schemaFingerprint, nullRates, newestUs } = metrics;
  const rates = Object.keys(nullRates).length === 0 ? '' : JSON.stringify(nullRates);
  return [rowCount, byteSize, schemaFingerprint, rates, newestUs];
}
