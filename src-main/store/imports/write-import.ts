// Stores a catalog and a log as the Parquet files of one import. All or nothing: the files are made in a staging
// folder, synced, described by a manifest, and only then does the folder get its name. A crash at any point leaves
// either no import or a whole one; staging folders are swept at the next start.

import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ServiceError } from '../../../shared/api/errors.ts';
import { CancelledError, type CancelSignal, throwIfCancelled } from '../../../shared/base/cancel.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { EventChunk, Log } from '../../../shared/model/log.ts';
import { stageTable } from '../duckdb/append.ts';
import type { Columns, TableShape } from '../duckdb/columns.ts';
import { withConnection } from '../duckdb/instance.ts';
import { quote } from '../duckdb/sql.ts';
import { syncFile, syncFolder, uniqueSuffix } from '../files.ts';
import { digestFile } from './digest.ts';
import { type Manifest, type TableFile, writeManifest } from './manifest.ts';
import {
  CATALOG_SHAPE,
  CATALOG_TABLES,
  catalogTableName,
  EVENT_SHAPE,
  EVENTS_TABLE,
  LOG_SHAPE,
  LOG_TABLES,
  type LogTables,
  logTableName,
  parquetName,
} from './shape.ts';

/** A folder of imports whose name begins so is unfinished or given up. */
export const STAGING_PREFIX = '.staging-';

/** What is stored: content named by its hash. */
export interface ImportEntry {
  /** Hex digits; the same content has the same hash. */
  readonly contentHash: string;
  readonly importedFrom: string;
  readonly catalog: Catalog;
  readonly log: Log;
}

/** The steps of storing an import, in order: told as each is done. */
export type ImportStep = 'staged' | 'written' | 'synced' | 'named' | 'loaded';

export interface ImportHooks {
  readonly signal: CancelSignal;
  readonly onStep: (step: ImportStep) => void;
}

interface TableSource {
  readonly name: string;
  readonly shape: TableShape;
  readonly blocks: Iterable<Columns>;
}

/** Writes the import and gives back its manifest. Nothing remains when it throws. */
export async function writeImport(
  instance: DuckDBInstance,
  importsFolder: string,
  entry: ImportEntry,
  uniqueName: string,
  { signal, onStep }: ImportHooks,
): Promise<Manifest> {
  refuseToReplace(join(importsFolder, entry.contentHash));
  const staging = join(importsFolder, `${STAGING_PREFIX}${uniqueSuffix()}`);
  await mkdir(staging, { recursive: true });
  try {
    onStep('staged');
    const tables: Record<string, TableFile> = {};
    await withConnection(instance, async (connection) => {
      for (const source of tablesOf(entry)) tables[source.name] = await writeTable(connection, staging, source, signal);
    });
    onStep('written');
    const manifest = describe(entry, uniqueName, tables);
    await writeManifest(staging, manifest);
    await syncFolder(staging);
    onStep('synced');
    await rename(staging, join(importsFolder, entry.contentHash));
    await syncFolder(importsFolder);
    onStep('named');
    return manifest;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error instanceof CancelledError ? new ServiceError({ code: 'cancelled', message: 'cancelled' }) : error;
  }
}

/** A folder of this name that is not on the list was passed over at start: it belongs to a later program. */
function refuseToReplace(folder: string): void {
  if (!existsSync(folder)) return;
  throw new ServiceError({
    code: 'failed',
    message: `${folder} is there already, and this program cannot read it`,
    place: folder,
    hint: 'open the workspace with the newer Landfall that stored it, or move the folder away',
  });
}

async function writeTable(
  connection: DuckDBConnection,
  folder: string,
  { name, shape, blocks }: TableSource,
  signal: CancelSignal,
): Promise<TableFile> {
  throwIfCancelled(signal);
  const rows = await stageTable(connection, name, shape, blocks, () => throwIfCancelled(signal));
  const path = join(folder, parquetName(name));
  await connection.run(`COPY temp.${name} TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd)`);
  await connection.run(`DROP TABLE temp.${name}`);
  await syncFile(path);
  return { rows, ...(await digestFile(path)) };
}

function tablesOf({ catalog, log }: ImportEntry): TableSource[] {
  const logTables: LogTables = { ...log.names, texts: { text: log.names.texts }, ...runTablesOf(log) };
  return [
    ...CATALOG_TABLES.map((table) => source(catalogTableName(table), CATALOG_SHAPE[table], catalog[table])),
    ...LOG_TABLES.map((table) => source(logTableName(table), LOG_SHAPE[table], logTables[table])),
    { name: EVENTS_TABLE, shape: EVENT_SHAPE, blocks: log.chunks.map(eventColumns) },
  ];
}

const runTablesOf = ({ runs, taskRuns, versions }: Log) => ({ runs, taskRuns, versions });
const eventColumns = ({ rows: _rows, ...columns }: EventChunk): Columns => columns;
const source = (name: string, shape: TableShape, columns: object): TableSource => ({
  name,
  shape,
  blocks: [columns as Columns],
});

function describe(entry: ImportEntry, name: string, tables: Record<string, TableFile>): Manifest {
  const { source: logSource, title, catalogs, zone, landing } = entry.log;
  return {
    contentHash: entry.contentHash,
    importedFrom: entry.importedFrom,
    importedAt: new Date().toISOString(),
    catalogHash: entry.catalog.hash,
    header: { name, source: logSource, title, catalogs, zone, landing },
    ...timeRange(entry.log.chunks),
    tables,
  };
}

/** The first and last known time of the events, µs; NaN when there is none. */
function timeRange(chunks: readonly EventChunk[]): { fromUs: number; toUs: number } {
  let fromUs = Number.POSITIVE_INFINITY;
  let toUs = Number.NEGATIVE_INFINITY;
  for (const { timeUs } of chunks) {
    for (const time of timeUs) {
      if (!Number.isFinite(time)) continue;
      if (time < fromUs) fromUs = time;
      if (time > toUs) toUs = time;
    }
  }
  return fromUs <= toUs ? { fromUs, toUs } : { fromUs: Number.NaN, toUs: Number.NaN };
}
