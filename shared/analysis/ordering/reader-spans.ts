// From when to when each task run ran, as the log says it: first start, last end. The widest span that is known, so a
// reader is never said to have ended before it did. Of one that was tried again each attempt has a span of its own, too:
// what the second read, hours later, the first did not.

import { EventKind, Evidence, timeEvidence } from '../../model/event.ts';
import type { EventChunk } from '../../model/log.ts';

interface Span {
  readonly startedUs: number;
  readonly endedUs: number;
}

export class ReaderSpans {
  /** NaN when unknown. */
  readonly startedUs: Float64Array;
  readonly endedUs: Float64Array;
  readonly #isStartSure: Uint8Array;
  readonly #isEndSure: Uint8Array;
  /** By task run that was tried again: the spans of its attempts, from 1. */
  readonly #attempts = new Map<number, Map<number, Span>>();
  /** Ends of first attempts, which are told before anyone knows of a second. */
  readonly #firstEndUs: Float64Array;

  constructor(taskRuns: number) {
    this.startedUs = new Float64Array(taskRuns).fill(Number.NaN);
    this.endedUs = new Float64Array(taskRuns).fill(Number.NaN);
    this.#firstEndUs = new Float64Array(taskRuns).fill(Number.NaN);
    this.#isStartSure = new Uint8Array(taskRuns);
    this.#isEndSure = new Uint8Array(taskRuns);
  }

  observe(chunk: EventChunk, i: number): void {
    const taskRun = chunk.taskRun[i];
    const timeUs = chunk.timeUs[i];
    if (taskRun < 0 || Number.isNaN(timeUs)) return;
    this.#observeAttempt(taskRun, chunk.attempt[i], chunk.kind[i] === EventKind.taskStarted, timeUs);
    const sure = timeEvidence(chunk.evidence[i]) === Evidence.recorded ? 1 : 0;
    if (chunk.kind[i] === EventKind.taskStarted) {
      if (timeUs >= this.startedUs[taskRun]) return;
      this.startedUs[taskRun] = timeUs;
      this.#isStartSure[taskRun] = sure;
    } else if (!(timeUs < this.endedUs[taskRun])) {
      this.endedUs[taskRun] = timeUs;
      this.#isEndSure[taskRun] = sure;
    }
  }

  #observeAttempt(taskRun: number, attempt: number, isStart: boolean, timeUs: number): void {
    if (attempt === 1 && !isStart) this.#firstEndUs[taskRun] = timeUs;
    if (attempt < 2) return;
    let spans = this.#attempts.get(taskRun);
    if (spans === undefined) {
      spans = new Map([[1, { startedUs: this.startedUs[taskRun], endedUs: this.#firstEndUs[taskRun] }]]);
      this.#attempts.set(taskRun, spans);
    }
    const span = spans.get(attempt) ?? { startedUs: Number.NaN, endedUs: Number.NaN };
    spans.set(attempt, isStart ? { ...span, startedUs: timeUs } : { ...span, endedUs: timeUs });
  }

  /** Of one attempt, where it is known from when to when that ran; else the widest. NaN when unknown. */
  of(taskRun: number, attempt: number): Span {
    const own = this.#attempts.get(taskRun)?.get(attempt);
    if (own !== undefined && !Number.isNaN(own.endedUs - own.startedUs)) return own;
    return { startedUs: this.startedUs[taskRun], endedUs: this.endedUs[taskRun] };
  }

  /** The start, where it was recorded; else NaN. */
  sureStartUs(taskRun: number): number {
    return taskRun >= 0 && this.#isStartSure[taskRun] === 1 ? this.startedUs[taskRun] : Number.NaN;
  }

  /** The end, where it was recorded; else NaN. */
  sureEndUs(taskRun: number): number {
    return taskRun >= 0 && this.#isEndSure[taskRun] === 1 ? this.endedUs[taskRun] : Number.NaN;
  }
}
