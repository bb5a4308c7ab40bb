// Celery workers as consumers of one queue: the broker hands task runs round robin to workers that have room, and a busy
// worker holds back as many as its prefetch allows, which then wait for its slots though another worker's may be free.
// With a prefetch of 0 that is one queue for all slots.

import { NO_ROW, ROW_INTS } from '../../engine/rows.ts';

export class CeleryWorkers {
  readonly #concurrency: number;
  /** Running and held back. */
  readonly #room: number;
  readonly #load: Int32Array;
  readonly #running: Int32Array;
  /** By worker: the rows that it holds back, as a list through `#after`. */
  readonly #firstHeld: Int32Array;
  readonly #lastHeld: Int32Array;
  /** By task run: the row after it, and its worker. */
  readonly #after: Int32Array;
  readonly #worker: Int32Array;
  /** The worker whose turn it is. */
  #turn = 0;

  /** `prefetch`: a slot. */
  constructor(workers: number, concurrency: number, prefetch: number, taskRuns: number) {
    this.#concurrency = concurrency;
    this.#room = concurrency * (1 + prefetch);
    this.#load = new Int32Array(workers);
    this.#running = new Int32Array(workers);
    this.#firstHeld = new Int32Array(workers);
    this.#lastHeld = new Int32Array(workers);
    this.#after = new Int32Array(taskRuns);
    this.#worker = new Int32Array(taskRuns);
    this.clear();
  }

  clear(): void {
    this.#load.fill(0);
    this.#running.fill(0);
    this.#firstHeld.fill(NO_ROW);
    this.#turn = 0;
  }

  get hasRoom(): boolean {
    return this.#load.some((load) => load < this.#room);
  }

  /** Whom a row was handed to. */
  workerOf(row: number): number {
    return this.#worker[row / ROW_INTS];
  }

  /** Expects room. True when it may start; else its worker holds it back. */
  enter(row: number): boolean {
    while (this.#load[this.#turn] >= this.#room) this.#turn = (this.#turn + 1) % this.#load.length;
    const worker = this.#turn;
    this.#turn = (worker + 1) % this.#load.length;
    this.#worker[row / ROW_INTS] = worker;
    this.#load[worker]++;
    if (this.#running[worker] < this.#concurrency) {
      this.#running[worker]++;
      return true;
    }
    this.#hold(worker, row);
    return false;
  }

  /** A row has ended: the one that its worker held back and starts now, or NO_ROW. */
  leave(row: number): number {
    const worker = this.#worker[row / ROW_INTS];
    this.#load[worker]--;
    const next = this.#firstHeld[worker];
    if (next < 0) this.#running[worker]--;
    else this.#firstHeld[worker] = this.#after[next / ROW_INTS];
    return next;
  }

  #hold(worker: number, row: number): void {
    this.#after[row / ROW_INTS] = NO_ROW;
    if (this.#firstHeld[worker] < 0) this.#firstHeld[worker] = row;
    else this.#after[this.#lastHeld[worker] / ROW_INTS] = row;
    this.#lastHeld[worker] = row;
  }
}
