// The SQL of others, away from everything that matters: each query runs in a process of its own on a copy of the read
// model. A query that runs too long, grows too large or is no longer wanted is ended by killing that process.
// The copy is made again when the read model has changed, but not more often than copying is worth. Rows that are to be
// saved go into a file of that process's own, which is handed over in parts and then removed.

import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { SqlFileFormat, SqlSavePart } from '../../../shared/api/views-sql.ts';
import { CancelledError, type CancelSignal } from '../../../shared/base/cancel.ts';
import { type ConsoleProcess, forkConsole, type StartConsole } from './console-process.ts';
import { errorPosition } from './error-position.ts';
import type { ConsoleRows, ConsoleSaved, FromConsole, ToConsole } from './messages.ts';

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

export interface SqlSaveLimits {
  readonly maxFileBytes: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export const USUAL_SAVE_LIMITS: SqlSaveLimits = { maxFileBytes: 268_435_456, timeoutMs: 300_000, memoryMb: 1_024 };

/** Of a file that is handed over, at a time. */
const PART_BYTES = 1_048_576;

export interface SqlConsoleOptions {
  /** The built file of process.ts. */
  readonly processFile: string;
  /** How a process is started; left out, as Node does. */
  readonly start?: StartConsole | undefined;
  /** Where copies and files to hand over are kept; made when missing, emptied on close. */
  readonly folder: string;
  /** Writes a checkpointed copy of the read model to a path. */
  readonly copyTo: (path: string) => Promise<void>;
  /** Changes whenever the read model does. */
  readonly revision: () => string;
}

type Answer = Extract<FromConsole, { kind: 'rows' | 'saved' }>;
type ProcessLimits = Pick<SqlLimits, 'timeoutMs' | 'memoryMb'>;

interface Copy {
  readonly path: string;
  readonly revision: string;
  readonly madeMs: number;
  readonly tookMs: number;
  users: number;
}

/** A copy may be this many times older than it took to make. */
const PATIENCE = 10;
const BYTES_PER_MB = 1_048_576;

export class SqlConsole {
  readonly #options: SqlConsoleOptions;
  readonly #running = new Set<ConsoleProcess>();
  #copy: Promise<Copy> | null = null;
  #copies = 0;
  #saves = 0;
  #isClosed = false;

  constructor(options: SqlConsoleOptions) {
    this.#options = options;
  }

  /**
   * Runs one SELECT. Throws ServiceError `bad-request` (the query's fault, in DuckDB's words), `too-slow`,
   * `too-large` (memory), `closed`, and CancelledError.
   */
  async run(sql: string, limits: SqlLimits, signal: CancelSignal): Promise<ConsoleRows> {
    const { maxRows, maxBytes } = limits;
    const answer = await this.#ask({ kind: 'query', query: { sql, maxRows, maxBytes } }, sql, null, limits, signal);
    return (answer as Extract<Answer, { kind: 'rows' }>).rows;
  }

  /**
   * Runs one SELECT into a file and hands that over part after part, waiting for `take`. Throws as `run`; `too-large` is
   * also a file that grew too large.
   */
  async save(
    sql: string,
    format: SqlFileFormat,
    limits: SqlSaveLimits,
    signal: CancelSignal,
    take: (part: SqlSavePart) => void | Promise<void>,
  ): Promise<ConsoleSaved & { readonly byteCount: number }> {
    const file = join(this.#options.folder, `${++this.#saves}.${format}`);
    try {
      const save = { sql, format, maxFileBytes: limits.maxFileBytes };
      const answer = await this.#ask({ kind: 'save', save }, sql, file, limits, signal);
      const { saved } = answer as Extract<Answer, { kind: 'saved' }>;
      return { ...saved, byteCount: await handOver(file, signal, take) };
    } finally {
      // What cannot be removed yet goes with the folder.
      await rm(file, { force: true }).catch(() => {});
    }
  }

  async #ask(
    order: ToConsole,
    sql: string,
    out: string | null,
    limits: ProcessLimits,
    signal: CancelSignal,
  ): Promise<Answer> {
    if (signal.cancelled) throw new CancelledError();
    const copy = await this.#freshCopy();
    copy.users++;
    try {
      // It may have been given up while the copy was made.
      if (signal.cancelled) throw new CancelledError();
      if (this.#isClosed) throw closed();
      const args = [copy.path, String(limits.memoryMb), ...(out === null ? [] : [out])];
      const answer = await this.#runIn(args, order, limits, signal);
      if (answer.kind === 'rows' || answer.kind === 'saved') return answer;
      throw answer.kind === 'refused' ? refused(answer.reason, sql) : tooLarge(answer);
    } finally {
      copy.users--;
      void this.#dropIfStale(copy);
    }
  }

  /** Who still asks is refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const child of this.#running) child.kill();
    await this.#copy?.catch(() => {});
    // A killed process may take a moment to let go of its files.
    await rm(this.#options.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A process of its own, ended with its first answer. */
  #runIn(
    args: readonly string[],
    order: ToConsole,
    { timeoutMs }: ProcessLimits,
    signal: CancelSignal,
  ): Promise<FromConsole> {
    const start = this.#options.start ?? forkConsole;
    const child = start(this.#options.processFile, args);
    this.#running.add(child);
    return new Promise<FromConsole>((resolve, reject) => {
      const timer = setTimeout(() => fail(tooSlow(timeoutMs)), timeoutMs);
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
        end();
        resolve(message);
      });
      child.send(order);
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
    if (this.#isClosed) throw closed();
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

/** Throws CancelledError between two parts. The number of bytes. */
async function handOver(
  file: string,
  signal: CancelSignal,
  take: (part: SqlSavePart) => void | Promise<void>,
): Promise<number> {
  let offset = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: PART_BYTES }) as AsyncIterable<Buffer>) {
    if (signal.cancelled) throw new CancelledError();
    await take({ offset, bytes: new Uint8Array(chunk) });
    offset += chunk.length;
  }
  return offset;
}

function refused(reason: string, sql: string): ServiceError {
  const position = errorPosition(reason, sql);
  const place = position === null ? 'the query' : `line ${position.line}, column ${position.column} of the query`;
  return new ServiceError({
    code: 'bad-request',
    message: reason,
    place,
    ...(position === null ? {} : { position }),
  });
}

const tooSlow = (timeoutMs: number): ServiceError =>
  new ServiceError({
    code: 'too-slow',
    message: `the query ran longer than ${timeoutMs / 1_000} s and was ended`,
    place: 'the query',
    hint: 'ask for less, or raise the time limit',
  });

function tooLarge(answer: Extract<FromConsole, { kind: 'too-much-memory' | 'too-large-file' }>): ServiceError {
  const isFile = answer.kind === 'too-large-file';
  return new ServiceError({
    code: 'too-large',
    message: isFile
      ? `the file grew larger than ${Math.round(answer.limitBytes / BYTES_PER_MB)} MB, and the query was ended`
      : `the query needed more memory than ${answer.limitMb} MB and was ended`,
    place: 'the query',
    hint: isFile ? 'ask for less' : 'ask for less, or raise the memory limit: landfall sql --memory-mb',
  });
}

const closed = (): ServiceError => new ServiceError({ code: 'closed', message: 'the workspace was closed meanwhile' });

const ended = (how: string): ServiceError =>
  new ServiceError({
    code: 'failed',
    message: `the process that ran the query ended (${how})`,
    place: 'the query',
  });
