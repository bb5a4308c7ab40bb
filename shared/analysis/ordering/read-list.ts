// The reads of a log that cannot be judged when they are met, as columns: whether a version was whole shows later.
// Reads of a version known to be whole by then are dropped at once, so a clean log leaves nothing here.

import { GrowableFloat64, GrowableInt32 } from '../../base/growable.ts';
import { Evidence, subjectEvidence, timeEvidence, valueEvidence } from '../../model/event.ts';
import type { EventChunk } from '../../model/log.ts';

/** One read, as the judge takes it. */
export interface Read {
  readonly seq: number;
  readonly timeUs: number;
  readonly kind: number;
  /** The reader, or -1. */
  readonly taskRun: number;
  /** Of the reader; 0 when unknown. */
  readonly attempt: number;
  /** A row of the version table as the event names it, or -1. */
  readonly version: number;
  /** NaN when unknown. */
  readonly rows: number;
  readonly isTimeSure: boolean;
  /** What it read was recorded, as far as it is named. */
  readonly isSubjectSure: boolean;
  readonly areRowsSure: boolean;
}

export class ReadList {
  readonly #seq = new GrowableInt32();
  readonly #timeUs = new GrowableFloat64();
  readonly #kindAndEvidence = new GrowableInt32();
  readonly #taskRun = new GrowableInt32();
  readonly #attempt = new GrowableInt32();
  readonly #version = new GrowableInt32();
  readonly #rows = new GrowableFloat64();

  get length(): number {
    return this.#seq.length;
  }

  push(chunk: EventChunk, i: number, seq: number): void {
    this.#seq.push(seq);
    this.#timeUs.push(chunk.timeUs[i]);
    this.#kindAndEvidence.push(chunk.kind[i] | (chunk.evidence[i] << 8));
    this.#taskRun.push(chunk.taskRun[i]);
    this.#attempt.push(chunk.attempt[i]);
    this.#version.push(chunk.version[i]);
    this.#rows.push(chunk.value[i]);
  }

  at(index: number): Read {
    const packed = this.#kindAndEvidence.at(index);
    const evidence = packed >>> 8;
    const timeUs = this.#timeUs.at(index);
    return {
      seq: this.#seq.at(index),
      timeUs,
      kind: packed & 0xff,
      taskRun: this.#taskRun.at(index),
      attempt: this.#attempt.at(index),
      version: this.#version.at(index),
      rows: this.#rows.at(index),
      isTimeSure: timeEvidence(evidence) === Evidence.recorded && !Number.isNaN(timeUs),
      isSubjectSure: subjectEvidence(evidence) === Evidence.recorded,
      areRowsSure: valueEvidence(evidence) === Evidence.recorded,
    };
  }
}
