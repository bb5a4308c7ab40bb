// Reads a catalog or a log back from the Parquet files of an import, column for column as it was given. Each file is
// held against the digest of the manifest first: what comes back is what was stored, or an error, never less.

import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Catalog } from '../../../shared/model/catalog.ts';
import { CHUNK_ROWS, type EventChunk, type Log } from '../../../shared/model/log.ts';
import type { ColumnsOf, TableShape } from '../duckdb/columns.ts';
import { withConnection } from '../duckdb/instance.ts';
import { readParquet, readParquetBlocks } from '../duckdb/read.ts';
import { errnoOf } from '../files.ts';
import { digestFile } from './digest.ts';
import type { Manifest } from './manifest.ts';
import {
  CATALOG_SHAPE,
  CATALOG_TABLES,
  type CatalogTable,
  catalogTableName,
  EVENT_SHAPE,
  EVENTS_TABLE,
  LOG_SHAPE,
  LOG_TABLES,
  type LogTable,
  logTableName,
  parquetName,
} from './shape.ts';

/** A file of an import is missing or not what was stored. */
export class DamagedImportError extends Error {
  constructor(file: string, what: string) {
    super(`${file} ${what}`);
    this.name = 'DamagedImportError';
  }
}

export async function readCatalogOf(instance: DuckDBInstance, folder: string, manifest: Manifest): Promise<Catalog> {
  await checkFiles(folder, manifest, CATALOG_TABLES.map(catalogTableName));
  return withConnection(instance, async (connection) => {
    const read = <T extends CatalogTable>(table: T) =>
      readTable(connection, folder, manifest, catalogTableName(table), CATALOG_SHAPE[table]);
    return {
      pipelines: await read('pipelines'),
      tasks: await read('tasks'),
      datasets: await read('datasets'),
      pools: await read('pools'),
      dependencies: await read('dependencies'),
      reads: await read('reads'),
      writes: await read('writes'),
      hash: manifest.catalogHash,
    };
  });
}

export async function readLogOf(instance: DuckDBInstance, folder: string, manifest: Manifest): Promise<Log> {
  await checkFiles(folder, manifest, [...LOG_TABLES.map(logTableName), EVENTS_TABLE]);
  return withConnection(instance, async (connection) => {
    const read = <T extends LogTable>(table: T) =>
      readTable(connection, folder, manifest, logTableName(table), LOG_SHAPE[table]);
    return {
      ...manifest.header,
      names: {
        pipelines: await read('pipelines'),
        tasks: await read('tasks'),
        datasets: await read('datasets'),
        pools: await read('pools'),
        texts: (await read('texts')).text,
      },
      runs: await read('runs'),
      taskRuns: await read('taskRuns'),
      versions: await read('versions'),
      chunks: await readChunks(connection, folder, manifest),
    };
  });
}

const readTable = <S extends TableShape>(
  connection: DuckDBConnection,
  folder: string,
  manifest: Manifest,
  table: string,
  shape: S,
): Promise<ColumnsOf<S>> =>
  readParquet(connection, join(folder, parquetName(table)), shape, manifest.tables[table].rows);

/** Each chunk has buffers of its own, so that one can be sent away without the others. */
async function readChunks(connection: DuckDBConnection, folder: string, manifest: Manifest): Promise<EventChunk[]> {
  const file = join(folder, parquetName(EVENTS_TABLE));
  const rows = manifest.tables[EVENTS_TABLE].rows;
  const blocks = await readParquetBlocks(connection, file, EVENT_SHAPE, rows, CHUNK_ROWS);
  return blocks.map((columns) => ({ rows: columns.timeUs.length, ...columns }));
}

/** Throws DamagedImportError unless the named tables' files are byte for byte what was stored. */
export async function checkFiles(folder: string, manifest: Manifest, tables: readonly string[]): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      const found = await digestOrThrow(join(folder, parquetName(table)));
      if (found.sha256 === manifest.tables[table].sha256) return;
      const lengths = `${found.bytes} bytes, ${manifest.tables[table].bytes} were stored`;
      throw new DamagedImportError(parquetName(table), `is not what was stored (${lengths})`);
    }),
  );
}

async function digestOrThrow(path: string): Promise<{ sha256: string; bytes: number }> {
  try {
    return await digestFile(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new DamagedImportError(path, 'is missing');
    throw error;
  }
}
