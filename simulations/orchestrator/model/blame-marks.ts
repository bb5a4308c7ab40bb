// Why each task run waits, told as it happens: a wait is cut where its cause changes, and each piece goes into the trace
// as a `blocked` event with its beginning. Nothing is kept, and nobody calls this, when no trace is wanted.

import { BLOCK_CAUSES, EventKind } from '../../../shared/model/event.ts';
import type { Trace } from './trace.ts';

const cause = (name: (typeof BLOCK_CAUSES)[number]): number => BLOCK_CAUSES.indexOf(name);

export const Cause = {
  upstream: cause('upstream'),
  detection: cause('trigger detection'),
  loop: cause('scheduler loop'),
  pipelineLimit: cause('pipeline limit'),
  taskLimit: cause('task limit'),
  pool: cause('pool'),
  executor: cause('executor'),
  startUp: cause('start-up'),
  retry: cause('retry delay'),
  check: cause('check'),
  finalize: cause('finalize queue'),
  publish: cause('publish'),
} as const;

export class BlameMarks {
  readonly #trace: Trace;
  readonly #sinceMs: Float64Array;
  readonly #cause: Int8Array;

  constructor(trace: Trace, taskRuns: number) {
    this.#trace = trace;
    this.#sinceMs = new Float64Array(taskRuns);
    this.#cause = new Int8Array(taskRuns);
  }

  /** From now on it waits, for this. */
  begin(taskRun: number, nowMs: number, cause: number): void {
    this.#sinceMs[taskRun] = nowMs;
    this.#cause[taskRun] = cause;
  }

  /** Only from here on does its wait count. */
  countFrom(taskRun: number, nowMs: number): void {
    this.#sinceMs[taskRun] = nowMs;
  }

  /** It still waits, now for this. */
  turn(taskRun: number, attempt: number, nowMs: number, cause: number): void {
    if (this.#cause[taskRun] === cause) return;
    this.end(taskRun, attempt, nowMs);
    this.begin(taskRun, nowMs, cause);
  }

  end(taskRun: number, attempt: number, nowMs: number): void {
    const sinceMs = this.#sinceMs[taskRun];
    if (nowMs > sinceMs) this.#trace.add(EventKind.taskBlocked, taskRun, attempt, nowMs, this.#cause[taskRun], sinceMs);
  }
}
