// Threads that play batches of replications of one experiment, each with state of its own over columns that they share.
// A batch goes to whichever thread is free. Ending the threads ends what they play at once, wherever it is.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PreparedExperiment } from '../../../simulations/experiments/replicate.ts';
import type { PlayedBatch, ReplicationBatch, ReplicationData } from './replication-messages.ts';

/** See run-job.ts: the host must run JavaScript while a thread ends. */
const PULSE_MS = 50;

export class ReplicationThreads {
  readonly #workers: Worker[];
  readonly #played = new Int32Array(new SharedArrayBuffer(4));
  #next: () => ReplicationBatch | null = () => null;
  #onBatch: (batch: PlayedBatch) => void = () => {};
  #onIdle: () => void = () => {};
  #onError: (error: Error) => void = () => {};
  #busy = 0;
  #isClosed = false;

  constructor(prepared: PreparedExperiment, count: number, workersDir: string) {
    const workerData: ReplicationData = { prepared, played: this.#played };
    this.#workers = Array.from({ length: count }, () => this.#start(workersDir, workerData));
  }

  /** Replications played so far, those of unfinished batches too. */
  get played(): number {
    return Atomics.load(this.#played, 0);
  }

  /**
   * Plays all that `next` gives, until it gives null to every thread; once. `onBatch` is told of each, in any order.
   * Never settles when the threads are closed meanwhile.
   */
  play(next: () => ReplicationBatch | null, onBatch: (batch: PlayedBatch) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#next = next;
      this.#onBatch = onBatch;
      this.#onIdle = resolve;
      this.#onError = reject;
      for (const worker of this.#workers) this.#give(worker);
      if (this.#busy === 0) resolve();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const pulse = setInterval(() => {}, PULSE_MS);
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
    clearInterval(pulse);
  }

  #give(worker: Worker): void {
    const batch = this.#next();
    if (batch === null) return;
    this.#busy++;
    worker.postMessage(batch, []);
  }

  #start(workersDir: string, workerData: ReplicationData): Worker {
    const worker = new Worker(join(workersDir, 'replicate.worker.js'), { workerData });
    worker.on('message', (batch: PlayedBatch) => {
      if (this.#isClosed) return;
      this.#busy--;
      this.#onBatch(batch);
      this.#give(worker);
      if (this.#busy === 0) this.#onIdle();
    });
    worker.on('error', (error) => this.#onError(error));
    worker.on('exit', (code) => {
      if (!this.#isClosed) this.#onError(new Error(`a replication thread ended with code ${code}`));
    });
    return worker;
  }
}
