// landfall.duckdb: the read model, made from the imports and from nothing else. Deleting it loses nothing. At start it
// is brought up to date, counted against the manifests, and if it cannot be opened, is of a later schema or holds
// other rows than were stored, it is set aside with the reason and made again. Files of an import are held against their
// digests before they are loaded: what is not as it was stored stays out, and is told.
// Only the owner of the workspace's lock may have one open.

import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { isRefusedBySystem } from '../duckdb/failure.ts';
import { openInstance, withConnection } from '../duckdb/instance.ts';
import type { Manifest } from '../imports/manifest.ts';
import { checkFiles, DamagedImportError } from '../imports/read-import.ts';
import { TABLE_NAMES } from '../imports/shape.ts';
import { setAsideRebuildable } from '../quarantine.ts';
import { COUNT_ROWS, loadImport, unloadLog } from './load.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';

export const READ_MODEL_FILE = 'landfall.duckdb';

export interface ReadModelPlaces {
  readonly file: string;
  readonly importsFolder: string;
  readonly quarantine: string;
}

/** An import whose files are not what was stored: it is not in the read model, and its owner is to set it aside. */
export interface DamagedImport {
  readonly manifest: Manifest;
  readonly reason: string;
}

/** The read model holds what the imports do not. */
class DisagreementError extends Error {}

export class ReadModel {
  readonly #places: ReadModelPlaces;
  #instance: DuckDBInstance;
  /** Why it was made again, most recent last. */
  readonly rebuilds: string[] = [];
  /** Found when it was opened or last made again. */
  readonly damaged: DamagedImport[] = [];
  readonly #logIds = new Map<string, number>();

  private constructor(places: ReadModelPlaces, instance: DuckDBInstance) {
    this.#places = places;
    this.#instance = instance;
  }

  /** Opens the file and makes it agree with the imports. Throws when the system refuses, never because of damage. */
  static async open(places: ReadModelPlaces, imports: readonly Manifest[]): Promise<ReadModel> {
    let damage: string | null = null;
    let instance: DuckDBInstance | null = null;
    try {
      instance = await openInstance(places.file, places.importsFolder);
      const model = new ReadModel(places, instance);
      await model.#agreeWith(imports);
      return model;
    } catch (error) {
      instance?.closeSync();
      if (isRefusedBySystem(error)) throw error;
      damage = error instanceof Error ? error.message : String(error);
    }
    return ReadModel.#madeAgain(places, imports, damage);
  }

  get instance(): DuckDBInstance {
    return this.#instance;
  }

  /** Adds an import that is stored already, unless it is in. */
  async load(manifest: Manifest): Promise<void> {
    if (this.#logIds.has(manifest.contentHash)) return;
    const logId = 1 + Math.max(0, ...this.#logIds.values());
    await this.#work(async (connection) => {
      await loadImport(connection, logId, join(this.#places.importsFolder, manifest.contentHash), manifest);
      await checkpointIfFree(connection);
    });
    this.#logIds.set(manifest.contentHash, logId);
  }

  async unload(contentHash: string): Promise<void> {
    const logId = this.#logIds.get(contentHash);
    if (logId === undefined) return;
    await this.#work((connection) => unloadLog(connection, logId));
    this.#logIds.delete(contentHash);
  }

  /** Rows of a query of our own, as objects by column name. A user's SQL runs elsewhere: it must be killable. */
  async query(sql: string, values: DuckDBValue[] = []): Promise<Record<string, DuckDBValue>[]> {
    return this.#work(async (connection) => (await connection.runAndReadAll(sql, values)).getRowObjects());
  }

  /**
   * Sets the file aside and makes it again from the imports. Nothing may use the instance meanwhile. Answers those that
   * proved damaged.
   */
  async rebuild(imports: readonly Manifest[], reason: string): Promise<readonly DamagedImport[]> {
    this.#instance.closeSync();
    const fresh = await ReadModel.#madeAgain(this.#places, imports, reason);
    this.#instance = fresh.#instance;
    this.#logIds.clear();
    for (const [hash, id] of fresh.#logIds) this.#logIds.set(hash, id);
    this.rebuilds.push(reason);
    return fresh.damaged;
  }

  close(): void {
    this.#instance.closeSync();
  }

  #work<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return withConnection(this.#instance, work);
  }

  static async #madeAgain(places: ReadModelPlaces, imports: readonly Manifest[], reason: string): Promise<ReadModel> {
    await setAsideRebuildable(places.quarantine, [places.file, `${places.file}.wal`], reason);
    const instance = await openInstance(places.file, places.importsFolder);
    const model = new ReadModel(places, instance);
    try {
      await model.#agreeWith(imports);
    } catch (error) {
      instance.closeSync();
      throw error;
    }
    model.rebuilds.push(reason);
    return model;
  }

  /** Migrates, takes out logs without an import, puts in imports without a log, and counts the rest. */
  async #agreeWith(imports: readonly Manifest[]): Promise<void> {
    const wanted = new Map(imports.map((manifest) => [manifest.contentHash, manifest]));
    this.damaged.length = 0;
    await this.#work((connection) => migrate(connection, MIGRATIONS));
    for (const { content_hash, log_id } of await this.query('SELECT content_hash, log_id FROM log')) {
      if (this.#logIds.has(String(content_hash)))
        throw new DisagreementError(`log ${String(content_hash)} is there twice`);
      this.#logIds.set(String(content_hash), Number(log_id));
    }
    for (const hash of this.#logIds.keys()) if (!wanted.has(hash)) await this.unload(hash);
    for (const manifest of imports) {
      const reason = await this.#damageOf(manifest);
      if (reason === null) await this.load(manifest);
      else {
        this.damaged.push({ manifest, reason });
        wanted.delete(manifest.contentHash);
      }
    }
    await this.#compareCounts(wanted);
  }

  /** Null for what is whole, or is in already. */
  async #damageOf(manifest: Manifest): Promise<string | null> {
    if (this.#logIds.has(manifest.contentHash)) return null;
    try {
      await checkFiles(join(this.#places.importsFolder, manifest.contentHash), manifest, TABLE_NAMES);
      return null;
    } catch (error) {
      if (error instanceof DamagedImportError) return error.message;
      throw error;
    }
  }

  async #compareCounts(wanted: ReadonlyMap<string, Manifest>): Promise<void> {
    const found = new Map<string, number>();
    for (const { log_id, import_table, rows } of await this.query(COUNT_ROWS)) {
      found.set(`${Number(log_id)} ${String(import_table)}`, Number(rows));
    }
    for (const [hash, manifest] of wanted) {
      for (const table of TABLE_NAMES) {
        const key = `${this.#logIds.get(hash)} ${table}`;
        const [rows, stored] = [found.get(key) ?? 0, manifest.tables[table].rows];
        found.delete(key);
        if (rows === stored) continue;
        throw new DisagreementError(`${table} of log ${manifest.header.name}: ${rows} rows, ${stored} were stored`);
      }
    }
    for (const [key, rows] of found) throw new DisagreementError(`${rows} rows of a log that is not there (${key})`);
  }
}

/** A checkpoint empties the write-ahead log; with readers under way DuckDB declines, and the next one does it. */
async function checkpointIfFree(connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run('CHECKPOINT');
  } catch (error) {
    if (!/other (write )?transactions?/i.test(String(error))) throw error;
  }
}
