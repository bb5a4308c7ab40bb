// From when to when each task run ran, as the log says it: first start, last end. The widest span that is known, so a
// reader is never said to have ended before it did.

import { EventKind, Evidence, timeEvidence } from '../../model/event.ts';
import type { EventChunk } from '../../model/log.ts';

export class ReaderSpans {
  /** NaN when unknown. */
  readonly startedUs: Float64Array;
  readonly endedUs: Float64Array;
  readonly #isStartSure: Uint8Array;
  readonly #isEndSure: Uint8Array;

  constructor(taskRuns: number) {
    this.startedUs = new Float64Array(taskRuns).fill(Number.NaN);
    this.endedUs = new Float64Array(taskRuns).fill(Number.NaN);
    this.#isStartSure = new Uint8Array(taskRuns);
    this.#isEndSure = new Uint8Array(taskRuns);
  }

  observe(chunk: EventChunk, i: number): void {
    const taskRun = chunk.taskRun[i];
    const timeUs = chunk.timeUs[i];
    if (taskRun < 0 || Number.isNaN(timeUs)) return;
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

  /** The start, where it was recorded; else NaN. */
  sureStartUs(taskRun: number): number {
    return taskRun >= 0 && this.#isStartSure[taskRun] === 1 ? this.startedUs[taskRun] : Number.NaN;
  }

  /** The end, where it was recorded; else NaN. */
  sureEndUs(taskRun: number): number {
    return taskRun >= 0 && this.#isEndSure[taskRun] === 1 ? this.endedUs[taskRun] : Number.NaN;
  }
}
