// One import into the read model and out of it: Parquet to tables by INSERT … SELECT, where sentinels of the model
// (-1, NaN, "") become NULL and microseconds become timestamps. One transaction, so a log is there whole or not.

import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parquet } from '../duckdb/sql.ts';
import { inTransaction } from '../duckdb/transaction.ts';
import type { Manifest } from '../imports/manifest.ts';
import { parquetName } from '../imports/shape.ts';

interface Load {
  /** Table of the read model. */
  readonly into: string;
  /** Table of the import. */
  readonly from: string;
  /** What follows log_id, in the order of the table's columns. */
  readonly columns: readonly string[];
}

const ROW = 'file_row_number';
const known = (id: string): string => `nullif(${id}, -1)`;
const text = (column: string): string => `nullif(${column}, '')`;
const number = (column: string): string => `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`;
/** Within the years that a timestamp can show; beyond them it is as good as unknown. */
const instant = (us: string): string => `CASE WHEN abs(${us}) < 9e15 THEN make_timestamp(${us}::BIGINT) END`;

const NAMED = [ROW, 'namespace', 'name'];

/** Every table of an import and where it goes. */
const LOADS: readonly Load[] = [
  {
    into: 'catalog_pipeline',
    from: 'catalog_pipelines',
    columns: [...NAMED, text('domain'), text('owner'), text('schedule')],
  },
  {
    into: 'catalog_task',
    from: 'catalog_tasks',
    columns: [ROW, known('pipeline'), 'name', known('pool'), known('slots'), 'priority'],
  },
  { into: 'catalog_dataset', from: 'catalog_datasets', columns: NAMED },
  { into: 'catalog_pool', from: 'catalog_pools', columns: [ROW, 'name', known('slots')] },
  {
    into: 'catalog_dependency',
    from: 'catalog_dependencies',
    columns: ['task', 'upstream', "CASE kind WHEN 0 THEN 'finish' ELSE 'publish' END", known('dataset')],
  },
  { into: 'catalog_input', from: 'catalog_reads', columns: ['task', 'dataset', 'declared = 1'] },
  { into: 'catalog_output', from: 'catalog_writes', columns: ['task', 'dataset'] },
  { into: 'pipeline', from: 'log_pipelines', columns: [...NAMED, text('domain')] },
  { into: 'task', from: 'log_tasks', columns: [ROW, known('pipeline'), 'name'] },
  { into: 'dataset', from: 'log_datasets', columns: NAMED },
  { into: 'pool', from: 'log_pools', columns: [ROW, 'name', known('slots')] },
  { into: 'text', from: 'log_texts', columns: [ROW, 'text'] },
  {
    into: 'pipeline_run',
    from: 'log_runs',
    columns: [
      ROW,
      known('pipeline'),
      'run_id',
      text('logical_key'),
      instant('nominal_start_us'),
      instant('nominal_end_us'),
    ],
  },
  {
    into: 'task_run',
    from: 'log_task_runs',
    columns: [ROW, known('run'), known('task'), known('map_index'), known('pool'), instant('deadline_us')],
  },
  {
    into: 'partition_version',
    from: 'log_versions',
    columns: [ROW, known('dataset'), known('partition_key'), 'nullif(number, 0)', known('owner')],
  },
  {
    into: 'event',
    from: 'log_events',
    columns: [
      ROW,
      instant('time_us'),
      'kind',
      'evidence',
      known('run'),
      known('task_run'),
      known('version'),
      'nullif(attempt, 0)',
      'code',
      known('ref'),
      number('value'),
      known('text'),
    ],
  },
];

/** Loads a whole import as log `logId`. */
export async function loadImport(
  connection: DuckDBConnection,
  logId: number,
  folder: string,
  manifest: Manifest,
): Promise<void> {
  await inTransaction(connection, async () => {
    await insertLog(connection, logId, manifest);
    for (const load of LOADS) await connection.run(insertTable(logId, folder, load));
  });
}

/** Takes a log out again. */
export async function unloadLog(connection: DuckDBConnection, logId: number): Promise<void> {
  await inTransaction(connection, async () => {
    for (const { into } of LOADS) await connection.run(`DELETE FROM ${into} WHERE log_id = ${logId}`);
    await connection.run(`DELETE FROM log WHERE log_id = ${logId}`);
  });
}

/** By log and table of an import, how many rows the read model holds: one query over all. */
export const COUNT_ROWS = LOADS.map(
  ({ into, from }) => `SELECT log_id, '${from}' AS import_table, count(*) AS rows FROM ${into} GROUP BY log_id`,
).join(' UNION ALL ');

async function insertLog(connection: DuckDBConnection, logId: number, manifest: Manifest): Promise<void> {
  const { header, fromUs, toUs } = manifest;
  // Bound, not quoted: titles are foreign text.
  const { catalogHash, contentHash, importedFrom, importedAt } = manifest;
  const { name, title, source, zone, landing } = header;
  const texts = [name, title, source, zone, landing, catalogHash, contentHash, importedFrom, importedAt];
  const places = texts.map((_, i) => `$${i + 1}`);
  const times = [fromUs, toUs].map((us) => (Number.isFinite(us) ? instant(String(us)) : 'NULL'));
  await connection.run(`INSERT INTO log VALUES (${[logId, ...places, ...times].join(', ')})`, texts);
}

function insertTable(logId: number, folder: string, { into, from, columns }: Load): string {
  const rows = columns.includes(ROW) ? ', file_row_number = true' : '';
  return `INSERT INTO ${into} SELECT ${[logId, ...columns].join(', ')} FROM ${parquet(join(folder, parquetName(from)), rows)}`;
}
