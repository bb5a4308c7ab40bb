// From slots to start: worker slots (a local executor's, or Celery workers'), pods that are made so many a scheduler loop
// (without a loop, at once), and the time that a process or a pod takes to start. Whoever waits is served in order of
// arrival; behind a busy Celery worker, in order of arrival there.

import type { Distribution } from '../../../shared/model/distribution.ts';
import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import { NO_ROW, ROW_INTS } from '../../engine/rows.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { CeleryWorkers } from './celery-workers.ts';
import { drawMs, joined, taskRunKeys } from './delay-columns.ts';

const NO_LIMIT = 1_073_741_823;

export class Executor {
  /** False when everything starts at once: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #slots: number;
  readonly #podsPerLoop: number;
  /** Several, each with slots of its own; null where all slots are one. */
  readonly #workers: CeleryWorkers | null;
  readonly #workerCount: number;
  readonly #startUp: Distribution;
  readonly #keys: Int32Array;
  readonly #queue: Int32Array;
  #head = 0;
  #size = 0;
  #free = 0;

  constructor(plan: RunPlan, { executor, loop }: Orchestrator) {
    this.#podsPerLoop = executor.kind === 'kubernetes' && loop !== null ? executor.podsPerLoop : NO_LIMIT;
    this.#slots =
      executor.kind === 'celery'
        ? executor.workers * executor.concurrency
        : executor.kind === 'local'
          ? (executor.slots ?? NO_LIMIT)
          : NO_LIMIT;
    this.#workerCount = executor.kind === 'celery' ? executor.workers : 1;
    this.#startUp = executor.startUp;
    const isInstant = this.#startUp.kind === 'constant' && this.#startUp.valueMs === 0;
    this.isBinding = this.#podsPerLoop !== NO_LIMIT || this.#slots < plan.taskRuns.count || !isInstant;
    this.#keys = this.#startUp.kind === 'constant' ? new Int32Array(0) : taskRunKeys(plan, 'start-up');
    this.#queue = new Int32Array(this.isBinding ? plan.taskRuns.count + 1 : 1);
    this.#workers =
      this.isBinding && executor.kind === 'celery' && executor.workers > 1
        ? new CeleryWorkers(executor.workers, executor.concurrency, executor.prefetch, plan.taskRuns.count)
        : null;
    this.clear();
  }

  clear(): void {
    this.#head = 0;
    this.#size = 0;
    this.#free = this.#slots;
    this.#workers?.clear();
  }

  /** True when the row may begin its start-up now; else it waits here. */
  enter(row: number): boolean {
    if (this.#workers !== null) {
      if (this.#workers.hasRoom) return this.#workers.enter(row);
    } else if (this.#podsPerLoop === NO_LIMIT && this.#free > 0) {
      this.#free--;
      return true;
    }
    this.#queue[(this.#head + this.#size++) % this.#queue.length] = row;
    return false;
  }

  /** A row has ended: the one that takes its place, or NO_ROW. */
  leave(row: number): number {
    if (this.#podsPerLoop !== NO_LIMIT) return NO_ROW;
    if (this.#workers !== null) return this.#leaveWorker(this.#workers, row);
    if (this.#size > 0) return this.#pop();
    this.#free++;
    return NO_ROW;
  }

  /** Its worker has room for one more of those who wait for any worker. */
  #leaveWorker(workers: CeleryWorkers, row: number): number {
    const held = workers.leave(row);
    if (this.#size === 0) return held;
    const next = this.#pop();
    return workers.enter(next) ? next : held;
  }

  /** The Celery worker that a row runs on. */
  workerOf(row: number): number {
    return this.#workers?.workerOf(row) ?? (row / ROW_INTS) % this.#workerCount;
  }

  /** Pods that one loop makes. */
  get podsThisLoop(): number {
    return this.#podsPerLoop === NO_LIMIT ? 0 : Math.min(this.#podsPerLoop, this.#size);
  }

  #pop(): number {
    const row = this.#queue[this.#head];
    this.#head = (this.#head + 1) % this.#queue.length;
    this.#size--;
    return row;
  }

  popPod(): number {
    return this.#pop();
  }

  startUpMs(row: number, attempt: number, replication: number): number {
    const key = this.#keys.length === 0 ? 0 : joined(joined(this.#keys[row / ROW_INTS], attempt), replication);
    return drawMs(this.#startUp, key);
  }
}
