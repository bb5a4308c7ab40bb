// The ledger: every record that was acknowledged, in the order of seq, on the disk before anyone is told. One flusher
// writes and syncs; a batch is whatever arrived during the sync before. When the disk fails, intake stops: writers under
// way get `outcome-unknown`, later ones `intake-stopped`, and it goes on once the disk takes writes again.
// Only the holder of the workspace's lock may have one open. Needs about a hundred bytes on the disk for a record.

import { setImmediate as afterIo } from 'node:timers/promises';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { CancelSignal } from '../../../shared/base/cancel.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import type { LedgerDraft, LedgerRecord } from '../../../shared/model/ledger.ts';
import { Batch } from './batch.ts';
import type { Cut } from './cut-tail.ts';
import { type Disk, REAL_DISK } from './disk.ts';
import { diskReason, intakeStopped, ledgerClosed, outcomeUnknown } from './ledger-failures.ts';
import { type LedgerPaths, ledgerPaths } from './ledger-paths.ts';
import type { OnLedgerStep } from './ledger-steps.ts';
import { readRecords } from './read-records.ts';
import { recover } from './recover.ts';
import { SegmentWriter } from './segment-writer.ts';
import { type NewestSnapshot, newestSnapshot, type SnapshotContext, writeSnapshot } from './snapshots.ts';

export interface LedgerOptions {
  readonly disk?: Disk;
  readonly onStep?: OnLedgerStep;
  /** A segment of this size is sealed. Default 64 MiB. */
  readonly maxSegmentBytes?: number;
  /** How often a stopped ledger tries to go on. Default 1,000 ms; 0: only when `reopen` is called. */
  readonly retryMs?: number;
}

export interface LedgerRecovery {
  readonly lastSeq: number;
  /** What was cut off the end, or null. */
  readonly cut: Cut | null;
  readonly problems: readonly Problem[];
}

export type LedgerState = 'open' | 'stopped' | 'closed';
type Listener = (records: readonly LedgerRecord[]) => void;

const MAX_SEGMENT_BYTES = 64 * 1024 * 1024;
const RETRY_MS = 1000;

export class Ledger {
  readonly #writer: SegmentWriter;
  readonly #disk: Disk;
  readonly #paths: LedgerPaths;
  readonly #onStep: OnLedgerStep;
  readonly #retryMs: number;
  readonly #listeners = new Set<Listener>();
  #arriving = new Batch();
  #flushing = new Batch();
  #flush: Promise<void> | null = null;
  #lastSeq: number;
  #nextSeq: number;
  #state: LedgerState = 'open';
  #stoppedBy = '';
  /** What a listener keeps is not what the ledger holds: only a new start helps. */
  #isBroken = false;
  #retry: NodeJS.Timeout | null = null;

  private constructor(writer: SegmentWriter, lastSeq: number, paths: LedgerPaths, options: LedgerOptions) {
    this.#writer = writer;
    this.#paths = paths;
    this.#disk = options.disk ?? REAL_DISK;
    this.#onStep = options.onStep ?? (() => {});
    this.#retryMs = options.retryMs ?? RETRY_MS;
    this.#lastSeq = lastSeq;
    this.#nextSeq = lastSeq + 1;
  }

  /**
   * Opens the ledger of a workspace folder; one that is not there comes into being with its first record. Throws
   * `ledger-damaged` when acknowledged records cannot be read, and changes nothing then.
   */
  static async open(dir: string, options: LedgerOptions = {}): Promise<{ ledger: Ledger; recovery: LedgerRecovery }> {
    const { disk = REAL_DISK, onStep = () => {}, maxSegmentBytes = MAX_SEGMENT_BYTES } = options;
    const paths = ledgerPaths(dir);
    const recovered = await recover(disk, paths, onStep);
    const writer = new SegmentWriter(recovered, { disk, paths, onStep, maxSegmentBytes });
    await writer.start();
    const { lastSeq, cut, problems } = recovered;
    return { ledger: new Ledger(writer, lastSeq, paths, options), recovery: { lastSeq, cut, problems } };
  }

  /** The last durable seq; 0 for none. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** What the next append gets as its first seq: it grows in the turn of an append that was taken in. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  get state(): LedgerState {
    return this.#state;
  }

  /** Why intake is stopped, or "". */
  get stoppedBy(): string {
    return this.#stoppedBy;
  }

  /**
   * Resolves with the seq of the first draft once all of them are durable: the drafts of one call survive together or
   * not at all. Their seqs are given out in the order of the calls. Rejects with `outcome-unknown`, `intake-stopped`,
   * `too-large` or `closed`; RangeError for a count that is none.
   */
  append(drafts: readonly LedgerDraft[]): Promise<number> {
    if (this.#state !== 'open') return Promise.reject(this.#refusal());
    const firstSeq = this.#nextSeq;
    try {
      this.#arriving.add(drafts, firstSeq, this.#writer.salt);
    } catch (error) {
      return Promise.reject(error);
    }
    this.#nextSeq += drafts.length;
    const answer = new Promise<number>((resolve, reject) => {
      this.#arriving.waiters.push({ firstSeq, resolve, reject });
    });
    this.#onStep('append');
    this.#flush ??= this.#flushAll();
    return answer;
  }

  /**
   * Calls back with records in the order of seq, each once, after they are durable and before their append resolves. A
   * listener must not throw: what it keeps would differ from the ledger, so that ends the ledger for this process.
   */
  onDurable(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The records from `fromSeq` to the last durable one of now, from the disk. Throws CancelledError. */
  read(fromSeq: number, signal: CancelSignal): AsyncIterable<readonly LedgerRecord[]> {
    const { segments, salt } = this.#writer;
    return readRecords({ disk: this.#disk, workspace: this.#paths.workspace, salt, segments }, fromSeq, signal);
  }

  /**
   * Keeps bytes that say what the records up to `seq` amount to, for a fast start. Durable when it resolves. Rejects
   * with `bad-request` for a seq that is not durable, or with the error of the disk, which does not stop intake.
   */
  async writeSnapshot(seq: number, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    if (seq > this.#lastSeq) {
      throw new ServiceError({ code: 'bad-request', message: `seq ${seq} is not durable yet` });
    }
    await writeSnapshot(this.#snapshots(), seq, chunks);
  }

  /** The newest snapshot that is whole, and those that were set aside because they are not. */
  newestSnapshot(): Promise<NewestSnapshot> {
    return newestSnapshot(this.#snapshots(), this.#lastSeq);
  }

  /** Goes on after a stop. Rejects while the disk still takes no writes. */
  async reopen(): Promise<void> {
    if (this.#state !== 'stopped') return;
    if (this.#isBroken) throw intakeStopped(this.#stoppedBy);
    await this.#writer.reopen();
    // Closed while it waited for the disk.
    if (this.#state !== 'stopped') return this.#writer.close();
    this.#nextSeq = this.#lastSeq + 1;
    this.#stoppedBy = '';
    this.#state = 'open';
  }

  /** Takes no more appends, waits for those under way and closes the files. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    const wasOpen = this.#state === 'open';
    this.#state = 'closed';
    if (this.#retry) clearTimeout(this.#retry);
    await this.#flush;
    if (wasOpen) await this.#writer.close();
  }

  #snapshots(): SnapshotContext {
    return { disk: this.#disk, paths: this.#paths, onStep: this.#onStep, id: this.#writer.id };
  }

  #refusal(): Error {
    return this.#state === 'closed' ? ledgerClosed() : intakeStopped(this.#stoppedBy);
  }

  async #flushAll(): Promise<void> {
    // Whoever was answered by the flush before may append again before the next one begins: one batch, not two in turn.
    await afterIo();
    while (!this.#arriving.isEmpty) {
      const batch = this.#arriving;
      this.#arriving = this.#flushing;
      this.#flushing = batch;
      try {
        await this.#writer.write(batch.bytes, batch.records.length, batch.records.at(-1)?.seq ?? 0);
      } catch (error) {
        this.#stop(error);
        break;
      }
      if (!this.#answer(batch)) break;
      await afterIo();
    }
    this.#flush = null;
  }

  /** False when a listener failed. */
  #answer(batch: Batch): boolean {
    this.#lastSeq += batch.records.length;
    // A copy: the batch is used again.
    const records = batch.records.slice();
    try {
      for (const listener of this.#listeners) listener(records);
    } catch (error) {
      this.#isBroken = true;
      this.#stop(error);
      return false;
    }
    for (const { firstSeq, resolve } of batch.waiters) resolve(firstSeq);
    batch.clear();
    return true;
  }

  #stop(error: unknown): void {
    this.#stoppedBy = diskReason(error);
    if (this.#state === 'open') this.#state = 'stopped';
    for (const { reject } of this.#flushing.waiters) reject(outcomeUnknown(this.#stoppedBy));
    for (const { reject } of this.#arriving.waiters) reject(intakeStopped(this.#stoppedBy));
    this.#flushing.clear();
    this.#arriving.clear();
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#retryMs === 0 || this.#state !== 'stopped' || this.#isBroken) return;
    this.#retry = setTimeout(() => {
      this.reopen().catch((error: unknown) => {
        this.#stoppedBy = diskReason(error);
        this.#retryLater();
      });
    }, this.#retryMs);
    this.#retry.unref();
  }
}
