// What an observed log knows of each task run at an instant: over, running, between two attempts, or not begun; when its
// data landed. What the log tells of later times is used for nothing but to know which runs and landings it has at all.
// Limit: of a task run that was tried several times, the last attempt that had started stands for all.

import { US_PER_MS } from '../../../shared/base/time.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import type { EventChunk, Log } from '../../../shared/model/log.ts';

export const Observed = {
  /** Not begun, or to be tried again. */
  toCome: 0,
  ended: 1,
  running: 2,
} as const;

/** By task run of the log; epoch ms, NaN for unknown or not by then. */
export interface ObservedState {
  readonly fromMs: number;
  readonly toMs: number;
  /** An Observed. */
  readonly status: Uint8Array;
  readonly readyMs: Float64Array;
  /** Of its first attempt; and of the last one that had started. */
  readonly firstStartMs: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** When it is to be tried again. */
  readonly retryMs: Float64Array;
  readonly landedMs: Float64Array;
  /** 1 where the log has its landing, but after the instant. */
  readonly landsLater: Uint8Array;
  /** An Outcome, of what had ended. */
  readonly outcome: Uint8Array;
  readonly attempts: Uint16Array;
  /** By run: when it was created, or else the first that is known of it; after the instant, too. */
  readonly createdMs: Float64Array;
}

/** `atMs`: what happens at the instant itself is still to come, but ends and landings of what began before it count. */
export function observedState(log: Log, atMs: number): ObservedState {
  return new StateFold(log, atMs).state();
}

/** The first and the last time that a log knows, epoch ms; Infinity and -Infinity where it knows none. */
export function timeSpan(log: Pick<Log, 'chunks'>): { readonly fromMs: number; readonly toMs: number } {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const { rows, timeUs } of log.chunks)
    for (let i = 0; i < rows; i++) {
      if (timeUs[i] < fromMs * US_PER_MS) fromMs = timeUs[i] / US_PER_MS;
      if (timeUs[i] > toMs * US_PER_MS) toMs = timeUs[i] / US_PER_MS;
    }
  return { fromMs, toMs };
}

class StateFold {
  readonly #log: Log;
  readonly #atMs: number;
  readonly #state: ObservedState;
  /** The attempt after the one that stands for a task run begins later: it has not ended for good. */
  readonly #startsAgain: Uint8Array;

  constructor(log: Log, atMs: number) {
    const count = log.taskRuns.task.length;
    const unknown = (length = count): Float64Array => new Float64Array(length).fill(Number.NaN);
    this.#log = log;
    this.#atMs = atMs;
    this.#startsAgain = new Uint8Array(count);
    this.#state = {
      ...timeSpan(log),
      status: new Uint8Array(count),
      readyMs: unknown(),
      firstStartMs: unknown(),
      startMs: unknown(),
      endMs: unknown(),
      retryMs: unknown(),
      landedMs: unknown(),
      landsLater: new Uint8Array(count),
      outcome: new Uint8Array(count),
      attempts: new Uint16Array(count),
      createdMs: unknown(log.runs.pipeline.length),
    };
  }

  state(): ObservedState {
    for (const chunk of this.#log.chunks) for (let i = 0; i < chunk.rows; i++) this.#see(chunk, i);
    const { status, startMs, endMs, outcome } = this.#state;
    for (let i = 0; i < status.length; i++) {
      if (Number.isNaN(startMs[i])) continue;
      if (Number.isNaN(endMs[i])) status[i] = Observed.running;
      else status[i] = outcome[i] !== Outcome.success && this.#isTriedAgain(i) ? Observed.toCome : Observed.ended;
    }
    return this.#state;
  }

  #isTriedAgain(taskRun: number): boolean {
    return this.#startsAgain[taskRun] === 1 || !Number.isNaN(this.#state.retryMs[taskRun]);
  }

  #see(chunk: EventChunk, i: number): void {
    const ms = chunk.timeUs[i] / US_PER_MS;
    if (Number.isNaN(ms)) return;
    const { taskRun, version, kind, run } = chunk;
    if (version[i] >= 0) this.#seeVersion(kind[i], this.#log.versions.owner[version[i]], ms);
    else if (taskRun[i] >= 0) this.#seeTaskRun(chunk, i, taskRun[i], ms);
    else if (run[i] >= 0) this.#seeRun(run[i], ms);
  }

  #seeRun(run: number, ms: number): void {
    const { createdMs } = this.#state;
    if (run >= 0 && !(createdMs[run] <= ms)) createdMs[run] = ms;
  }

  #seeTaskRun(chunk: EventChunk, i: number, taskRun: number, ms: number): void {
    const s = this.#state;
    this.#seeRun(this.#log.taskRuns.run[taskRun], ms);
    switch (chunk.kind[i]) {
      case EventKind.taskReady:
        if (ms <= this.#atMs && Number.isNaN(s.readyMs[taskRun])) s.readyMs[taskRun] = ms;
        return;
      case EventKind.taskStarted:
        this.#start(taskRun, ms, chunk.attempt[i]);
        return;
      case EventKind.taskEnded:
        if (ms > this.#atMs || Number.isNaN(s.startMs[taskRun])) return;
        s.endMs[taskRun] = ms;
        s.outcome[taskRun] = chunk.code[i];
        return;
      case EventKind.taskRetry:
        if (ms <= this.#atMs) s.retryMs[taskRun] = chunk.value[i] / US_PER_MS;
    }
  }

  #start(taskRun: number, ms: number, attempt: number): void {
    const s = this.#state;
    if (ms >= this.#atMs) {
      this.#startsAgain[taskRun] = 1;
      return;
    }
    if (Number.isNaN(s.firstStartMs[taskRun])) s.firstStartMs[taskRun] = ms;
    s.startMs[taskRun] = ms;
    s.endMs[taskRun] = Number.NaN;
    s.retryMs[taskRun] = Number.NaN;
    s.attempts[taskRun] = attempt > 0 ? attempt : s.attempts[taskRun] + 1;
  }

  #seeVersion(kind: number, owner: number, ms: number): void {
    const { landing } = this.#log;
    if (owner < 0 || kind !== (landing === 'finalized' ? EventKind.versionFinalized : EventKind.versionPublished))
      return;
    if (ms > this.#atMs) this.#state.landsLater[owner] = 1;
    else this.#state.landedMs[owner] = ms;
  }
}
