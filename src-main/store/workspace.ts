// A workspace: a folder with one owner, a ledger of live events, imported catalogs and logs as immutable Parquet, and a
// DuckDB read model that is made from them. What is in ledger/ and imports/ is the truth; the rest can be thrown away.
// Changes happen one after another; reads happen beside them. Nothing is cached: a log read twice is read twice.
// An import may go into the read model later than into its files: whoever asks the read model waits for it.

import { constants } from 'node:fs';
import { copyFile, mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import { LIVE_LOG } from '../../shared/api/views-live.ts';
import { NEVER_CANCELLED } from '../../shared/base/cancel.ts';
import type { Problem } from '../../shared/base/problem.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import { type Content, IMPORTS_FOLDER, openContent, QUARANTINE_FOLDER } from './content.ts';
import { isDamage } from './duckdb/failure.ts';
import { withConnection } from './duckdb/instance.ts';
import { badRequest, notFound, openFailure, refuseMisreadPath } from './failures.ts';
import type { FeedTarget } from './feed/feed.ts';
import { readIdentity, refuseForeignFolder, type WorkspaceIdentity, writeIdentity } from './identity.ts';
import { logView, type Manifest } from './imports/manifest.ts';
import { DamagedImportError, readCatalogOf, readLogOf } from './imports/read-import.ts';
import { isContentHash, removeImport, setImportAside } from './imports/shelf.ts';
import { type ImportEntry, type ImportHooks, writeImport } from './imports/write-import.ts';
import type { Ledger, LedgerOptions } from './ledger/ledger.ts';
import { acquireLock, type HeldLock, releaseLock } from './lock/lock-file.ts';
import { announceOwner, heldError, LOCK_FILE, removeSession } from './lock/owner.ts';
import { setAside } from './quarantine.ts';
import { READ_MODEL_FILE, type ReadModel } from './read-model/read-model.ts';
import { WorkQueue } from './work-queue.ts';

export class Workspace {
  readonly dir: string;
  readonly id: string;
  readonly name: string;
  readonly ledger: Ledger;
  #lock: HeldLock;
  readonly #readModel: ReadModel;
  readonly #queue = new WorkQueue();
  /** By content hash. */
  readonly #imports: Map<string, Manifest>;
  readonly #problems: Problem[];
  /** Imports that are to go into the read model. */
  readonly #unloaded = new Set<Manifest>();
  #revision = 1;
  #closing: Promise<void> | null = null;

  private constructor(dir: string, identity: WorkspaceIdentity, lock: HeldLock, content: Content) {
    this.dir = dir;
    this.id = identity.id;
    this.name = identity.name;
    this.ledger = content.ledger;
    this.#lock = lock;
    this.#readModel = content.readModel;
    this.#imports = new Map(content.imports.map((manifest) => [manifest.contentHash, manifest]));
    this.#problems = [...content.problems];
  }

  /**
   * Opens a workspace and becomes its owner. Throws ServiceError `not-a-workspace` (nothing is changed),
   * `workspace-held` (naming who holds it), `ledger-damaged` (nothing of the ledger is changed) or `failed`.
   */
  static async open(dir: string, options: LedgerOptions = {}): Promise<Workspace> {
    const identity = await readIdentity(dir);
    return Workspace.#own(await realpath(dir), options, async () => identity);
  }

  /** Makes a workspace in a new or empty folder and opens it. Throws `bad-input` for a folder with anything in it. */
  static async create(dir: string, name: string): Promise<Workspace> {
    refuseMisreadPath(resolve(dir));
    await refuseForeignFolder(dir);
    await mkdir(dir, { recursive: true }).catch((error: unknown) => {
      throw openFailure(dir, error);
    });
    return Workspace.#own(await realpath(dir), {}, async (folder) => {
      // Again, now that nobody else can be making one here.
      await refuseForeignFolder(folder);
      return writeIdentity(folder, name);
    });
  }

  static async #own(
    dir: string,
    options: LedgerOptions,
    identify: (dir: string) => Promise<WorkspaceIdentity>,
  ): Promise<Workspace> {
    refuseMisreadPath(dir);
    let lock: HeldLock | null = null;
    try {
      const taken = await acquireLock(join(dir, LOCK_FILE));
      if (!taken.ok) throw heldError(dir, taken.error);
      lock = taken.value;
      const identity = await identify(dir);
      return new Workspace(dir, identity, lock, await openContent(dir, options));
    } catch (error) {
      if (lock) releaseLock(lock);
      throw openFailure(dir, error);
    }
  }

  /** Grows whenever a log is added or removed. */
  get revision(): number {
    return this.#revision;
  }

  /** What had to be set aside or made again since it was opened. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** All logs by the time of their first event; those without a known time last. */
  logs(): LogView[] {
    return [...this.#imports.values()].map(logView).sort(byTime);
  }

  /** The log that came from this content, or null. */
  logOfContent(contentHash: string): LogView | null {
    const manifest = this.#imports.get(contentHash);
    return manifest ? logView(manifest) : null;
  }

  /**
   * Stores a catalog and a log under the hash of the content they come from. Content that is there already is left as
   * it is. A name that another log has gets `-2`, `-3`, …: the answer says which. Durable when this resolves. `later`:
   * leaves the read model for `loadRest`, the next query, or the next start.
   */
  addImport(entry: ImportEntry, hooks: Partial<ImportHooks> = {}, load: 'now' | 'later' = 'now'): Promise<LogView> {
    if (!isContentHash(entry.contentHash)) return Promise.reject(badRequest('a content hash is 16 to 128 hex digits'));
    if (!entry.log.catalogs.some(({ hash }) => hash === entry.catalog.hash)) {
      return Promise.reject(badRequest(`log ${entry.log.name} does not name the catalog that comes with it`));
    }
    const all = { signal: NEVER_CANCELLED, onStep: () => {}, ...hooks };
    return this.#repairing('change', () => this.#store(entry, all, load));
  }

  /** Puts into the read model what was left for later. */
  async loadRest(): Promise<void> {
    if (this.#unloaded.size > 0) await this.#repairing('change', () => this.#loadUnloaded());
  }

  async #loadUnloaded(): Promise<void> {
    for (const manifest of this.#unloaded) {
      // Whoever opens it next loads the rest: nobody who closes it should wait for that.
      if (this.#closing !== null) return;
      if (this.#imports.get(manifest.contentHash) === manifest) await this.#readModel.load(manifest);
      this.#unloaded.delete(manifest);
    }
  }

  /** A log as it was stored, in chunks of CHUNK_ROWS. Throws `not-found`, or `failed` when its files are damaged. */
  async readLog(name: string): Promise<Log> {
    return this.#readImport(this.#named(name), readLogOf);
  }

  /** The catalog with this hash. Throws `not-found`, or `failed` when its files are damaged. */
  readCatalog(hash: string): Promise<Catalog> {
    const manifest = [...this.#imports.values()].find(({ catalogHash }) => catalogHash === hash);
    if (!manifest) return Promise.reject(notFound(`no catalog ${hash} in ${this.dir}`));
    return this.#readImport(manifest, readCatalogOf);
  }

  /** Removes a log and the catalog that came with it. Throws `not-found`. */
  removeLog(name: string): Promise<void> {
    return this.#whileOpen('exclusive', async () => {
      const { contentHash } = this.#named(name);
      await removeImport(join(this.dir, IMPORTS_FOLDER), contentHash);
      this.#forget(contentHash);
      await this.#readModel.unload(contentHash);
    });
  }

  /**
   * Rows of a query of our own over the read model, as objects by column name. Damage found on the way is repaired by
   * making the read model again, and the query runs once more. Not for a user's SQL.
   */
  async query(sql: string, values: DuckDBValue[] = []): Promise<Record<string, DuckDBValue>[]> {
    await this.loadRest();
    return this.#repairing('read', () => this.#readModel.query(sql, values));
  }

  /** The read model as the ledger's feed changes it. */
  feedTarget(): FeedTarget {
    const readModel = this.#readModel;
    return {
      change: (work) => this.#repairing('change', () => withConnection(readModel.instance, work)),
      startAgain: (reason) => this.#whileOpen('exclusive', () => this.#makeReadModelAgain(new Error(reason))),
      get epoch() {
        return readModel.rebuilds.length;
      },
    };
  }

  /** A copy of the read model that opens without its write-ahead log, for a process that may be killed. */
  async copyReadModel(path: string): Promise<void> {
    await this.loadRest();
    return this.#whileOpen('exclusive', async () => {
      await this.#readModel.query('CHECKPOINT');
      await copyFile(join(this.dir, READ_MODEL_FILE), path, constants.COPYFILE_FICLONE);
    });
  }

  /** Tells other programs, through the lock, where this owner listens. The token stays readable by this user only. */
  announce(url: string, token: string): Promise<void> {
    return this.#whileOpen('read', async () => {
      this.#lock = await announceOwner(this.dir, this.#lock, url, token);
    });
  }

  /** Waits for what is under way, then gives the folder up. */
  close(): Promise<void> {
    this.#closing ??= this.#queue.exclusive(async () => {
      try {
        await this.ledger.close();
      } finally {
        this.#giveUp();
      }
    });
    return this.#closing;
  }

  #giveUp(): void {
    try {
      this.#readModel.close();
    } finally {
      removeSession(this.dir);
      releaseLock(this.#lock);
    }
  }

  #whileOpen<T>(kind: 'read' | 'change' | 'exclusive', work: () => Promise<T>): Promise<T> {
    if (this.#closing) {
      return Promise.reject(new ServiceError({ code: 'closed', message: `the workspace ${this.dir} is closed` }));
    }
    return this.#queue[kind](work);
  }

  async #readImport<T>(
    manifest: Manifest,
    read: (instance: DuckDBInstance, folder: string, manifest: Manifest) => Promise<T>,
  ): Promise<T> {
    const folder = join(this.dir, IMPORTS_FOLDER, manifest.contentHash);
    try {
      return await this.#repairing('read', async () => {
        // It may have been removed while this waited.
        if (this.#imports.get(manifest.contentHash) !== manifest)
          throw notFound(`no log named ${manifest.header.name}`);
        return read(this.#readModel.instance, folder, manifest);
      });
    } catch (error) {
      if (!(error instanceof DamagedImportError)) throw error;
      throw await this.#setImportAside(manifest, error.message);
    }
  }

  /** A damaged import leaves the list, or the same content could never be imported again. */
  #setImportAside({ contentHash, header, importedFrom }: Manifest, reason: string): Promise<ServiceError> {
    return this.#whileOpen('exclusive', async () => {
      const folder = join(this.dir, IMPORTS_FOLDER, contentHash);
      if (this.#imports.has(contentHash)) {
        const place = await setAside(join(this.dir, QUARANTINE_FOLDER), [folder], reason);
        this.#note('error', folder, `${reason}; set aside in ${place}`);
        this.#forget(contentHash);
        await this.#readModel.unload(contentHash);
      }
      return new ServiceError({
        code: 'failed',
        message: `log ${header.name} is damaged: ${reason}`,
        place: folder,
        hint: `import ${importedFrom} again`,
      });
    });
  }

  /** Work that, should the read model prove damaged under it, is done once more after making that again. */
  async #repairing<T>(kind: 'read' | 'change', work: () => Promise<T>): Promise<T> {
    const rebuilds = this.#readModel.rebuilds.length;
    try {
      return await this.#whileOpen(kind, work);
    } catch (error) {
      if (!isDamage(error)) throw error;
      await this.#whileOpen('exclusive', async () => {
        if (this.#readModel.rebuilds.length === rebuilds) await this.#makeReadModelAgain(error);
      });
      return this.#whileOpen(kind, work);
    }
  }

  async #makeReadModelAgain(damage: unknown): Promise<void> {
    const reason = damage instanceof Error ? damage.message : String(damage);
    const damaged = await this.#readModel.rebuild([...this.#imports.values()], reason);
    const [shelf, quarantine] = [join(this.dir, IMPORTS_FOLDER), join(this.dir, QUARANTINE_FOLDER)];
    for (const { manifest, reason: found } of damaged) {
      this.#problems.push(await setImportAside(shelf, quarantine, manifest, found));
      this.#forget(manifest.contentHash);
    }
    this.#note('warning', join(this.dir, READ_MODEL_FILE), `made again from the imports: ${reason}`);
  }

  async #store(entry: ImportEntry, hooks: ImportHooks, load: 'now' | 'later'): Promise<LogView> {
    const known = this.#imports.get(entry.contentHash);
    if (known) {
      // Not in the read model if an earlier loading failed, on a full disk say.
      await this.#readModel.load(known);
      return logView(known);
    }
    const name = this.#freeName(entry.log.name);
    const folder = join(this.dir, IMPORTS_FOLDER);
    const manifest = await writeImport(this.#readModel.instance, folder, entry, name, hooks);
    this.#imports.set(entry.contentHash, manifest);
    this.#revision++;
    this.#unloaded.add(manifest);
    if (load === 'later') return logView(manifest);
    await this.#loadUnloaded();
    hooks.onStep('loaded');
    return logView(manifest);
  }

  #named(name: string): Manifest {
    const manifest = [...this.#imports.values()].find(({ header }) => header.name === name);
    if (manifest) return manifest;
    throw notFound(`no log named ${name} in ${this.dir}`);
  }

  #freeName(wanted: string): string {
    const taken = new Set([LIVE_LOG, ...[...this.#imports.values()].map(({ header }) => header.name)]);
    let name = wanted;
    for (let i = 2; taken.has(name); i++) name = `${wanted}-${i}`;
    return name;
  }

  #forget(contentHash: string): void {
    this.#imports.delete(contentHash);
    this.#revision++;
  }

  #note(severity: Problem['severity'], file: string, reason: string): void {
    this.#problems.push({ severity, file, line: null, reason });
  }
}

function byTime(a: LogView, b: LogView): number {
  const [from, to] = [a, b].map(({ fromUs }) => (Number.isNaN(fromUs) ? Number.POSITIVE_INFINITY : fromUs));
  if (from !== to) return from - to;
  return a.name < b.name ? -1 : 1;
}
