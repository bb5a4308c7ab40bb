// Why each task run waits, from what the player told as it happened: each piece of a wait becomes a `blocked` event with
// its beginning. Several causes may bind at once; then a moment is charged to the one that was released last, ties by the
// order of the list (MODEL.md). So a piece is told when the last of its causes is released, and not before.
// Part of spelling out a trace (trace-rows.ts): no play keeps these.

import { BLOCK_CAUSES, EventKind } from '../../../shared/model/event.ts';
import { Cause } from './causes.ts';

/** Where the pieces go: as TraceRows. */
interface Pieces {
  add(kind: number, taskRun: number, attempt: number, timeMs: number, code: number, value: number): void;
}

/**
 * A task run's marks, as doubles in one cache line: up to when its wait is told; its binding causes as bits; since when
 * each binds. Causes that can bind at once have fields of their own; all others bind alone and share one.
 */
const MARKS = 8;
const TOLD = 0;
const BOUND = 1;
const ALONE = 2;
const CAUSES = BLOCK_CAUSES.length;
const SINCE = new Uint8Array(CAUSES).fill(ALONE);
[Cause.pipelineLimit, Cause.taskLimit, Cause.pool, Cause.priority, Cause.executor].forEach((together, i) => {
  SINCE[together] = ALONE + 1 + i;
});

export class BlameMarks {
  readonly #marks: Float64Array;
  /** The causes that `meet` has named. */
  #next = 0;
  readonly #pieces: Pieces;

  constructor(pieces: Pieces, taskRuns: number) {
    this.#pieces = pieces;
    this.#marks = new Float64Array(taskRuns * MARKS);
  }

  /** From now on it waits, for this. */
  begin(taskRun: number, nowMs: number, cause: number): void {
    const at = taskRun * MARKS;
    this.#marks[at + TOLD] = nowMs;
    this.#marks[at + BOUND] = 1 << cause;
    this.#marks[at + SINCE[cause]] = nowMs;
  }

  /** It waits for this, but its wait does not count yet: it looks for its data itself. */
  beginUncounted(taskRun: number, nowMs: number, cause: number): void {
    this.begin(taskRun, nowMs, cause);
    this.#marks[taskRun * MARKS + TOLD] = Number.POSITIVE_INFINITY;
  }

  /** Only from here on does its wait count. */
  countFrom(taskRun: number, nowMs: number): void {
    this.#marks[taskRun * MARKS + TOLD] = nowMs;
  }

  /** It still waits, now for this alone. */
  turn(taskRun: number, attempt: number, nowMs: number, cause: number): void {
    this.meet(taskRun, cause, nowMs);
    this.settle(taskRun, attempt, nowMs);
  }

  /** One of the causes for which it waits now: it has bound since a time that is past, and goes on. Then `settle`. */
  meet(taskRun: number, cause: number, sinceMs: number): void {
    const bit = 1 << cause;
    this.#next |= bit;
    if ((this.#marks[taskRun * MARKS + BOUND] & bit) === 0) this.#marks[taskRun * MARKS + SINCE[cause]] = sinceMs;
  }

  /** Whatever was not met is released now. */
  settle(taskRun: number, attempt: number, nowMs: number): void {
    const next = this.#next;
    this.#next = 0;
    const released = this.#marks[taskRun * MARKS + BOUND] & ~next;
    this.#marks[taskRun * MARKS + BOUND] = next;
    if (released === 0) return;
    let untilMs = nowMs;
    for (let c = 0; next >> c !== 0; c++)
      if ((next & (1 << c)) !== 0) untilMs = Math.min(untilMs, this.#since(taskRun, c));
    const fromMs = this.#marks[taskRun * MARKS + TOLD];
    if (untilMs <= fromMs) return;
    this.#charge(taskRun, attempt, fromMs, untilMs, released);
    this.#marks[taskRun * MARKS + TOLD] = untilMs;
  }

  /** Of the causes released together, the first of the list that bound already. */
  #charge(taskRun: number, attempt: number, fromMs: number, untilMs: number, released: number): void {
    if ((released & (released - 1)) === 0) {
      this.#tell(taskRun, attempt, 31 - Math.clz32(released), fromMs, untilMs);
      return;
    }
    let chosen = -1;
    let nextMs = untilMs;
    for (let c = 0; c < CAUSES && chosen < 0; c++) {
      if ((released & (1 << c)) === 0) continue;
      const sinceMs = this.#since(taskRun, c);
      if (sinceMs <= fromMs) chosen = c;
      else nextMs = Math.min(nextMs, sinceMs);
    }
    this.#tell(taskRun, attempt, chosen < 0 ? Cause.pool : chosen, fromMs, nextMs);
    if (nextMs < untilMs) this.#charge(taskRun, attempt, nextMs, untilMs, released);
  }

  #since(taskRun: number, cause: number): number {
    return this.#marks[taskRun * MARKS + SINCE[cause]];
  }

  #tell(taskRun: number, attempt: number, cause: number, fromMs: number, untilMs: number): void {
    this.#pieces.add(EventKind.taskBlocked, taskRun, attempt, untilMs, cause, fromMs);
  }
}
