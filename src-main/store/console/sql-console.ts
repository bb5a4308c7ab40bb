// The SQL of others, away from everything that matters: each query runs in a process of its own on a copy of the read
// model. A query that runs too long, grows too large or is no longer wanted is ended by killing that process.
// The copy is made again when the read model has changed, but not more often than copying is worth.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../../../shared/api/errors.ts';
import { CancelledError, type CancelSignal } from '../../../shared/base/cancel.ts';
import { type ConsoleProcess, forkConsole, type StartConsole } from './console-process.ts';
import type { ConsoleQuery, ConsoleRows } from './messages.ts';

export interface SqlLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export const USUAL_SQL_LIMITS: SqlLimits = {
  maxRows: 10_000,
  maxBytes: 33_554_432,
  timeoutMs: 30_000,
  memoryMb: 1_024,
};

export interface SqlConsoleOptions {
  /** The built file of process.ts. */
  readonly processFile: string;
  /** How a process is started; left out, as Node does. */
  readonly start?: StartConsole | undefined;
  /** Where copies are kept; made when missing, emptied on close. */
  readonly folder: string;
  /** Writes a checkpointed copy of the read model to a path. */
  readonly copyTo: (path: string) => Promise<void>;
  /** Changes whenever the read model does. */
  readonly revision: () => string;
}

interface Copy {
  readonly path: string;
  readonly revision: string;
  readonly madeMs: number;
  readonly tookMs: number;
  users: number;
}

/** A copy may be this many times older than it took to make. */
const PATIENCE = 10;

export class SqlConsole {
  readonly #options: SqlConsoleOptions;
  readonly #running = new Set<ConsoleProcess>();
  #copy: Promise<Copy> | null = null;
  #copies = 0;

  constructor(options: SqlConsoleOptions) {
    this.#options = options;
  }

  /**
   * Runs one SELECT. Throws ServiceError `bad-request` (the query's fault, in DuckDB's words), `too-slow`,
   * `too-large` (memory), and CancelledError.
   */
  async run(sql: string, limits: SqlLimits, signal: CancelSignal): Promise<ConsoleRows> {
    if (signal.cancelled) throw new CancelledError();
    const copy = await this.#freshCopy();
    copy.users++;
    try {
      return await this.#runOn(copy.path, { sql, maxRows: limits.maxRows, maxBytes: limits.maxBytes }, limits, signal);
    } finally {
      copy.users--;
      void this.#dropIfStale(copy);
    }
  }

  async close(): Promise<void> {
    for (const child of this.#running) child.kill();
    await this.#copy?.catch(() => {});
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  #runOn(file: string, query: ConsoleQuery, limits: SqlLimits, signal: CancelSignal): Promise<ConsoleRows> {
    const start = this.#options.start ?? forkConsole;
    const child = start(this.#options.processFile, [file, String(limits.memoryMb)]);
    this.#running.add(child);
    return new Promise<ConsoleRows>((resolve, reject) => {
      const timer = setTimeout(() => fail(tooSlow(limits.timeoutMs)), limits.timeoutMs);
      const stopListening = signal.onCancel(() => fail(new CancelledError()));
      const end = (): void => {
        clearTimeout(timer);
        stopListening();
        this.#running.delete(child);
        child.kill();
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      child.onEnd((how) => fail(ended(how)));
      child.onMessage((message) => {
        if (message.kind === 'rows') {
          end();
          resolve(message.rows);
        } else fail(message.kind === 'refused' ? refused(message.reason) : tooLarge(message.limitMb));
      });
      child.send({ kind: 'query', query });
    });
  }

  async #freshCopy(): Promise<Copy> {
    const last = this.#copy;
    const copy = await last?.catch(() => null);
    if (copy && this.#isGood(copy)) return copy;
    // Unless somebody else began one meanwhile.
    if (this.#copy === last) {
      this.#copy = this.#makeCopy();
      if (copy) void this.#dropIfStale(copy);
    }
    return this.#copy as Promise<Copy>;
  }

  #isGood(copy: Copy): boolean {
    if (copy.revision === this.#options.revision()) return true;
    return performance.now() - copy.madeMs < PATIENCE * copy.tookMs;
  }

  async #makeCopy(): Promise<Copy> {
    const { folder, copyTo, revision } = this.#options;
    const startedMs = performance.now();
    await mkdir(folder, { recursive: true });
    const of = revision();
    const path = join(folder, `${++this.#copies}.duckdb`);
    await copyTo(path);
    const madeMs = performance.now();
    return { path, revision: of, madeMs, tookMs: madeMs - startedMs, users: 0 };
  }

  async #dropIfStale(copy: Copy): Promise<void> {
    if (copy.users > 0 || (await this.#copy?.catch(() => null)) === copy) return;
    await rm(copy.path, { force: true });
  }
}

const refused = (reason: string): ServiceError =>
  new ServiceError({ code: 'bad-request', message: reason, place: 'the query' });

const tooSlow = (timeoutMs: number): ServiceError =>
  new ServiceError({
    code: 'too-slow',
    message: `the query ran longer than ${timeoutMs / 1_000} s and was ended`,
    place: 'the query',
    hint: 'ask for less, or raise the time limit',
  });

const tooLarge = (limitMb: number): ServiceError =>
  new ServiceError({
    code: 'too-large',
    message: `the query needed more memory than ${limitMb} MB and was ended`,
    place: 'the query',
    hint: 'ask for less, or raise the memory limit',
  });

const ended = (how: string): ServiceError =>
  new ServiceError({
    code: 'failed',
    message: `the process that ran the query ended (${how})`,
    place: 'the query',
  });
