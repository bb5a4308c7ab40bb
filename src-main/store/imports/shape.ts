// The tables of an import: which columns the catalog and the log have, and their types. The compiler holds this
// against the model, so a column added there cannot be forgotten here. Table and column names in files are the
// model's in snake case; a row's number in its file is its id.

import type { CatalogTables } from '../../../shared/model/catalog.ts';
import type { EventChunk, LogNames, RunTable, TaskRunTable, VersionTable } from '../../../shared/model/log.ts';
import { snakeCase } from '../duckdb/sql.ts';

type TypeOf<Values> = Values extends Float64Array
  ? 'float64'
  : Values extends Int32Array
    ? 'int32'
    : Values extends Uint8Array
      ? 'uint8'
      : 'text';
type ShapeOf<Table> = { readonly [Column in keyof Table]: TypeOf<Table[Column]> };

export const CATALOG_SHAPE = {
  pipelines: { namespace: 'text', name: 'text', domain: 'text', owner: 'text', schedule: 'text' },
  tasks: { pipeline: 'int32', name: 'text', pool: 'int32', slots: 'int32', priority: 'int32' },
  datasets: { namespace: 'text', name: 'text' },
  pools: { name: 'text', slots: 'int32' },
  dependencies: { task: 'int32', upstream: 'int32', kind: 'uint8', dataset: 'int32' },
  reads: { task: 'int32', dataset: 'int32', declared: 'uint8' },
  writes: { task: 'int32', dataset: 'int32', declared: 'uint8' },
} as const satisfies { [Table in keyof CatalogTables]: ShapeOf<CatalogTables[Table]> };

/** A log's tables as they are stored: its dictionary, its runs and its events. */
export interface LogTables extends Omit<LogNames, 'texts'> {
  readonly texts: { readonly text: readonly string[] };
  readonly runs: RunTable;
  readonly taskRuns: TaskRunTable;
  readonly versions: VersionTable;
}

export const LOG_SHAPE = {
  pipelines: { namespace: 'text', name: 'text', domain: 'text' },
  tasks: { pipeline: 'int32', name: 'text' },
  datasets: { namespace: 'text', name: 'text' },
  pools: { name: 'text', slots: 'int32' },
  texts: { text: 'text' },
  runs: {
    pipeline: 'int32',
    runId: 'text',
    logicalKey: 'text',
    nominalStartUs: 'float64',
    nominalEndUs: 'float64',
  },
  taskRuns: { run: 'int32', task: 'int32', mapIndex: 'int32', pool: 'int32', deadlineUs: 'float64' },
  versions: { dataset: 'int32', partitionKey: 'int32', number: 'int32', owner: 'int32' },
} as const satisfies { [Table in keyof LogTables]: ShapeOf<LogTables[Table]> };

export const EVENT_SHAPE = {
  timeUs: 'float64',
  kind: 'uint8',
  evidence: 'uint8',
  run: 'int32',
  taskRun: 'int32',
  version: 'int32',
  attempt: 'int32',
  code: 'int32',
  ref: 'int32',
  value: 'float64',
  text: 'int32',
} as const satisfies ShapeOf<Omit<EventChunk, 'rows'>>;

export type CatalogTable = keyof typeof CATALOG_SHAPE;
export type LogTable = keyof typeof LOG_SHAPE;

/** The name of a table in a manifest, and of its file without `.parquet`. */
export const catalogTableName = (table: CatalogTable): string => `catalog_${snakeCase(table)}`;
export const logTableName = (table: LogTable): string => `log_${snakeCase(table)}`;
export const EVENTS_TABLE = 'log_events';

export const CATALOG_TABLES = Object.keys(CATALOG_SHAPE) as CatalogTable[];
export const LOG_TABLES = Object.keys(LOG_SHAPE) as LogTable[];
/** Every table that an import has. */
export const TABLE_NAMES: readonly string[] = [
  ...CATALOG_TABLES.map(catalogTableName),
  ...LOG_TABLES.map(logTableName),
  EVENTS_TABLE,
];
export const parquetName = (table: string): string => `${table}.parquet`;
