// The host's side of the live log's thread. Every call resolves when the thread has done it, which is what keeps a
// fast ledger from filling the thread's queue.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import type { LiveDerivation } from '../../importers/live/live-book.ts';
import type { FromLive, ToLive } from './live-messages.ts';

interface Waiting {
  resolve(derivation: LiveDerivation | null): void;
  reject(error: Error): void;
}

/** See run-job.ts: while a thread ends, Node 20 must run JavaScript. */
const PULSE_MS = 50;

export class LiveThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: Error | null = null;

  /** Node waits for this thread only while a call is under way; whoever made it closes it. */
  constructor(workersDir: string) {
    this.#worker = new Worker(join(workersDir, 'live-log.worker.js'));
    this.#worker.unref();
    this.#worker.on('message', (message: FromLive) => this.#answer(message));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new ServiceError({ code: 'closed', message: 'the live log ended' })));
  }

  async add(records: readonly LedgerRecord[]): Promise<void> {
    await this.#ask({ kind: 'add', records });
  }

  derive(name: string): Promise<LiveDerivation | null> {
    return this.#ask({ kind: 'derive', name });
  }

  async close(): Promise<void> {
    const pulse = setInterval(() => {}, PULSE_MS);
    await this.#worker.terminate();
    clearInterval(pulse);
  }

  #ask(message: ToLive): Promise<LiveDerivation | null> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#worker.postMessage(message);
    });
  }

  #answer(message: FromLive): void {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if (message.kind === 'done') waiting?.resolve(message.derivation);
    else waiting?.reject(new ServiceError({ code: 'failed', message: message.message }));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#ended);
  }
}
