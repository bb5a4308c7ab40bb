// Feeds the read model from the ledger, behind it: every tenth of a second, or sooner when much has come, one
// transaction with the position it reaches. Reads the ledger itself rather than keeping what comes, so its memory does
// not grow when it falls behind, and starting again is nothing special.
// What it finds untrustworthy (ahead of the ledger, other rows than it says) is thrown away and fed again from the start.

import type { DuckDBConnection } from '@duckdb/node-api';
import type { CancelSignal } from '../../../shared/base/cancel.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import { applyRows, type Position, readPosition } from './apply-records.ts';
import { KnownPartitions } from './known-partitions.ts';
import { addRows, type FeedRows, noRows, type PartitionIds } from './record-columns.ts';
import { distrustOf } from './trust.ts';

const EVERY_MS = 100;
/** While little comes, it rests so many times as long as the round before took, at most a second: a transaction costs
 * the same for ten records as for a thousand. Whoever asks the read model for more does not wait for it. */
const REST_SHARE = 4;
const REST_MS_MAX = 1_000;
/** So many make a transaction start at once, and about so many at most are one. */
const SOON_RECORDS = 10_000;
const BATCH_RECORDS = 50_000;

export interface FeedSource {
  readonly lastSeq: number;
  read(fromSeq: number, signal: CancelSignal): AsyncIterable<readonly LedgerRecord[]>;
  onDurable(listener: (records: readonly LedgerRecord[]) => void): () => void;
}

export interface FeedTarget {
  /** Runs one after another with every other change of the read model. */
  change<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Empties it of everything that came from the ledger, because of `reason`. */
  startAgain(reason: string): Promise<void>;
  /** Changes when the read model was made again under us. */
  readonly epoch: number;
}

export interface FeedOptions {
  readonly source: FeedSource;
  readonly target: FeedTarget;
  readonly ids: PartitionIds;
  /** Told once when it cannot go on; reading goes on as of where it stopped. */
  readonly onFault: (fault: unknown) => void;
}

interface Batch {
  readonly rows: FeedRows;
  readonly lastSeq: number;
}

export class Feed {
  readonly #options: FeedOptions;
  readonly #stop = cancelSource();
  readonly #waiting: { readonly seq: number; readonly resolve: () => void; readonly reject: (why: unknown) => void }[] =
    [];
  #position: Position = { appliedSeq: 0, stepRows: 0, stateSeq: 0 };
  #known = new KnownPartitions();
  #epoch = -1;
  #timer: NodeJS.Timeout | null = null;
  #restMs = EVERY_MS;
  #round: Promise<void> | null = null;
  #fault: unknown = null;
  #stopListening: () => void = () => {};

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** All records up to here are in the read model. */
  get appliedSeq(): number {
    return this.#position.appliedSeq;
  }

  start(): void {
    this.#stopListening = this.#options.source.onDurable(() => this.#wake());
    this.#wake();
  }

  /** Resolves when all records up to `seq` are in. Rejects when the feed failed or was stopped. */
  caughtUp(seq: number): Promise<void> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    if (this.#stop.signal.cancelled) return Promise.reject(stopped());
    // After a rebuild the position is behind again, which the next round finds out.
    const promise = new Promise<void>((resolve, reject) => this.#waiting.push({ seq, resolve, reject }));
    this.#wake(true);
    return promise;
  }

  /** Ends after the transaction that is under way. */
  async stop(): Promise<void> {
    this.#stop.cancel();
    this.#stopListening();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#round;
    this.#settle(stopped());
  }

  #wake(now = false): void {
    if (this.#stop.signal.cancelled || this.#fault !== null || this.#round !== null) return;
    const much = this.#options.source.lastSeq - this.#position.appliedSeq >= SOON_RECORDS;
    if (this.#timer && !now && !much) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), now || much ? 0 : this.#restMs);
  }

  #begin(): void {
    this.#timer = null;
    const startedMs = performance.now();
    this.#round = this.#feed()
      .catch((fault: unknown) => {
        // It was told to end in the middle of reading.
        if (this.#stop.signal.cancelled) return;
        this.#fault = fault;
        this.#settle(fault);
        this.#options.onFault(fault);
      })
      .then(() => {
        this.#round = null;
        const restMs = (performance.now() - startedMs) * REST_SHARE;
        this.#restMs = Math.min(Math.max(EVERY_MS, restMs), REST_MS_MAX);
        const isBehind = this.#options.source.lastSeq > this.#position.appliedSeq;
        if (isBehind || this.#waiting.length > 0) this.#wake();
      });
  }

  async #feed(): Promise<void> {
    const { source, target } = this.#options;
    if (target.epoch !== this.#epoch) await this.#findPosition();
    if (source.lastSeq > this.#position.appliedSeq) await this.#feedFrom(this.#position.appliedSeq + 1);
    this.#settle(null);
  }

  /** One batch is read and made into columns while the one before it is written. */
  async #feedFrom(fromSeq: number): Promise<void> {
    const { source, target } = this.#options;
    const { signal } = this.#stop;
    let writing = Promise.resolve();
    try {
      for await (const { rows, lastSeq } of this.#batches(source.read(fromSeq, signal))) {
        await writing;
        if (signal.cancelled || target.epoch !== this.#epoch) return;
        writing = this.#apply(rows, lastSeq);
        // It is waited for, if not at once.
        writing.catch(() => {});
        // What came meanwhile is for the next round, unless it is much.
        if (source.lastSeq - lastSeq < SOON_RECORDS) break;
      }
    } finally {
      await writing;
    }
  }

  /** Records become columns as they are read, so that they need not live long. */
  async *#batches(source: AsyncIterable<readonly LedgerRecord[]>): AsyncIterable<Batch> {
    const isNew = (partition: number): boolean => this.#known.isNew(partition);
    let [rows, count, lastSeq] = [noRows(), 0, 0];
    for await (const records of source) {
      addRows(rows, records, this.#options.ids, isNew);
      count += records.length;
      lastSeq = records[records.length - 1].seq;
      if (count < BATCH_RECORDS) continue;
      yield { rows, lastSeq };
      [rows, count] = [noRows(), 0];
    }
    if (count > 0) yield { rows, lastSeq };
  }

  async #findPosition(): Promise<void> {
    const { source, target } = this.#options;
    const epoch = target.epoch;
    const reason = await target.change((connection) => distrustOf(connection, source.lastSeq, this.#options.ids));
    if (reason !== null) await target.startAgain(reason);
    await target.change(async (connection) => {
      this.#position = await readPosition(connection);
      this.#known = await KnownPartitions.read(connection);
    });
    this.#epoch = reason === null ? epoch : target.epoch;
  }

  async #apply(rows: FeedRows, lastSeq: number): Promise<void> {
    const from = this.#position;
    const epoch = this.#epoch;
    await this.#options.target.change(async (connection) => {
      // Made again between two changes: what we know of it is void.
      if (this.#options.target.epoch === epoch) this.#position = await applyRows(connection, rows, lastSeq, from);
    });
    this.#settle(null);
  }

  #settle(fault: unknown): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--) {
      const waiter = this.#waiting[i];
      if (fault === null && waiter.seq > this.#position.appliedSeq) continue;
      this.#waiting.splice(i, 1);
      if (fault === null) waiter.resolve();
      else waiter.reject(fault);
    }
  }
}

const stopped = (): Error => new Error('the feed was stopped');
