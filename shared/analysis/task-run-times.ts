// When each task run was ready, queued, started, ended and landed: the columns that most screens and analyses read.
// A fold over a log; NaN is unknown or not yet. Memory: one row a task run, whatever the number of events.

import { EventKind, Evidence, Outcome, packEvidence, timeEvidence } from '../model/event.ts';
import { type EventChunk, type Fold, foldLog, type Log } from '../model/log.ts';

/** One row a task run of the log, in its order. Times in µs since the epoch. */
export interface TaskRunTimes {
  /** Its last dependency was satisfied, for its first start. */
  readonly readyUs: Float64Array;
  /** First entry into a queue. */
  readonly queuedUs: Float64Array;
  /** Start of the first attempt. */
  readonly startedUs: Float64Array;
  /** End of the last attempt; NaN while a later attempt runs. */
  readonly endedUs: Float64Array;
  /** Last finalize of a version that it owns. */
  readonly finalizedUs: Float64Array;
  readonly publishedUs: Float64Array;
  /** By the log's `landing`: the time that a deadline is held against. */
  readonly landedUs: Float64Array;
  /** An Outcome; 0 while not ended. */
  readonly outcome: Uint8Array;
  /** The highest attempt seen, at most 255; 0 when it never started. */
  readonly attempts: Uint8Array;
  /** Evidence of `readyUs`, of `startedUs` and of `landedUs`, as packEvidence. */
  readonly evidence: Uint8Array;
}

type TimesLog = Pick<Log, 'taskRuns' | 'versions' | 'landing'>;

export const taskRunTimes = (log: TimesLog & Pick<Log, 'chunks'>): TaskRunTimes => foldLog(log, taskRunTimesFold(log));

/** The fold behind `taskRunTimes`, for whoever reads chunks as they come. */
export function taskRunTimesFold(log: TimesLog): Fold<TaskRunTimes> {
  return new TimesFold(log);
}

class TimesFold implements Fold<TaskRunTimes> {
  readonly #owner: Int32Array;
  readonly #landing: Log['landing'];
  readonly #readyUs: Float64Array;
  readonly #queuedUs: Float64Array;
  readonly #startedUs: Float64Array;
  readonly #endedUs: Float64Array;
  readonly #finalizedUs: Float64Array;
  readonly #publishedUs: Float64Array;
  readonly #outcome: Uint8Array;
  readonly #attempts: Uint8Array;
  readonly #endedAttempt: Int32Array;
  readonly #readyEvidence: Uint8Array;
  readonly #startedEvidence: Uint8Array;
  readonly #landedEvidence: Uint8Array;

  constructor(log: TimesLog) {
    const rows = log.taskRuns.task.length;
    const unknown = (): Float64Array => new Float64Array(rows).fill(Number.NaN);
    this.#owner = log.versions.owner;
    this.#landing = log.landing;
    this.#readyUs = unknown();
    this.#queuedUs = unknown();
    this.#startedUs = unknown();
    this.#endedUs = unknown();
    this.#finalizedUs = unknown();
    this.#publishedUs = unknown();
    this.#outcome = new Uint8Array(rows);
    this.#attempts = new Uint8Array(rows);
    this.#endedAttempt = new Int32Array(rows);
    this.#readyEvidence = new Uint8Array(rows).fill(Evidence.unknown);
    this.#startedEvidence = new Uint8Array(rows).fill(Evidence.unknown);
    this.#landedEvidence = new Uint8Array(rows).fill(Evidence.unknown);
  }

  feed(chunk: EventChunk): void {
    const { kind, taskRun, timeUs } = chunk;
    for (let i = 0; i < chunk.rows; i++) {
      switch (kind[i]) {
        case EventKind.taskReady:
          this.#ready(taskRun[i], timeUs[i], chunk.evidence[i]);
          break;
        case EventKind.taskQueued:
          if (taskRun[i] >= 0 && Number.isNaN(this.#queuedUs[taskRun[i]])) this.#queuedUs[taskRun[i]] = timeUs[i];
          break;
        case EventKind.taskStarted:
          this.#started(taskRun[i], timeUs[i], chunk.attempt[i], chunk.evidence[i]);
          break;
        case EventKind.taskEnded:
          this.#ended(taskRun[i], timeUs[i], chunk.attempt[i], chunk.code[i]);
          break;
        case EventKind.taskSkipped:
          this.#ended(taskRun[i], timeUs[i], 0, Outcome.skipped);
          break;
        case EventKind.versionFinalized:
          this.#landed(chunk, i, this.#finalizedUs, this.#landing === 'finalized');
          break;
        case EventKind.versionPublished:
          this.#landed(chunk, i, this.#publishedUs, this.#landing === 'published');
          break;
      }
    }
  }

  /** A task that is tried again is ready again; only what came before its first start is its wait. */
  #ready(taskRun: number, timeUs: number, evidence: number): void {
    if (taskRun < 0 || Number.isNaN(timeUs)) return;
    if (!Number.isNaN(this.#startedUs[taskRun]) && !Number.isNaN(this.#readyUs[taskRun])) return;
    this.#readyUs[taskRun] = timeUs;
    this.#readyEvidence[taskRun] = timeEvidence(evidence);
  }

  #started(taskRun: number, timeUs: number, attempt: number, evidence: number): void {
    if (taskRun < 0) return;
    const seen = this.#attempts[taskRun];
    this.#attempts[taskRun] = Math.min(255, attempt > 0 ? Math.max(seen, attempt) : seen + 1);
    if (Number.isNaN(timeUs)) return;
    if (Number.isNaN(this.#startedUs[taskRun])) {
      this.#startedUs[taskRun] = timeUs;
      this.#startedEvidence[taskRun] = timeEvidence(evidence);
    }
    const endedUs = this.#endedUs[taskRun];
    if (Number.isNaN(endedUs)) return;
    const endedAttempt = this.#endedAttempt[taskRun];
    const isLater = attempt > 0 && endedAttempt > 0 ? attempt > endedAttempt : timeUs > endedUs;
    if (!isLater) return;
    this.#endedUs[taskRun] = Number.NaN;
    this.#outcome[taskRun] = Outcome.unknown;
  }

  #ended(taskRun: number, timeUs: number, attempt: number, outcome: number): void {
    if (taskRun < 0 || timeUs < this.#endedUs[taskRun]) return;
    // An earlier attempt that reports late does not end a later one.
    if (attempt > 0 && attempt < Math.max(this.#attempts[taskRun], this.#endedAttempt[taskRun])) return;
    if (!Number.isNaN(timeUs)) this.#endedUs[taskRun] = timeUs;
    this.#endedAttempt[taskRun] = attempt;
    this.#outcome[taskRun] = outcome;
  }

  #landed(chunk: EventChunk, i: number, column: Float64Array, makesLanding: boolean): void {
    const version = chunk.version[i];
    const owner = version >= 0 && this.#owner[version] >= 0 ? this.#owner[version] : chunk.taskRun[i];
    const timeUs = chunk.timeUs[i];
    if (owner < 0 || Number.isNaN(timeUs) || timeUs < column[owner]) return;
    column[owner] = timeUs;
    if (makesLanding) this.#landedEvidence[owner] = timeEvidence(chunk.evidence[i]);
  }

  finish(): TaskRunTimes {
    const evidence = new Uint8Array(this.#outcome.length);
    for (let i = 0; i < evidence.length; i++) {
      evidence[i] = packEvidence(
        this.#readyEvidence[i] as Evidence,
        this.#startedEvidence[i] as Evidence,
        this.#landedEvidence[i] as Evidence,
      );
    }
    return {
      readyUs: this.#readyUs,
      queuedUs: this.#queuedUs,
      startedUs: this.#startedUs,
      endedUs: this.#endedUs,
      finalizedUs: this.#finalizedUs,
      publishedUs: this.#publishedUs,
      landedUs: this.#landing === 'finalized' ? this.#finalizedUs : this.#publishedUs,
      outcome: this.#outcome,
      attempts: this.#attempts,
      evidence,
    };
  }
}
