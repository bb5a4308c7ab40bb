// What a log says of each version, as columns: when it was opened, finalized, published or ended, and whether that was
// recorded or inferred. One row a version, filled in the order of the log; knows no rules and judges nothing.

import { isDead, type Status, Step } from '../../lifecycle/status.ts';
import { EventKind, Evidence, subjectEvidence, timeEvidence, valueEvidence } from '../../model/event.ts';
import type { EventChunk } from '../../model/log.ts';
import type { Fact } from './findings.ts';

/** One kind of milestone of every version: its first event. */
export class Milestone {
  /** NaN when unknown or not in the log. */
  readonly timeUs: Float64Array;
  /** -1 when it is not in the log. */
  readonly seq: Int32Array;
  readonly kind: Uint8Array;
  readonly taskRun: Int32Array;
  readonly isSure: Uint8Array;

  constructor(rows: number) {
    this.timeUs = new Float64Array(rows).fill(Number.NaN);
    this.seq = new Int32Array(rows).fill(-1);
    this.kind = new Uint8Array(rows);
    this.taskRun = new Int32Array(rows).fill(-1);
    this.isSure = new Uint8Array(rows);
  }

  set(row: number, chunk: EventChunk, i: number, seq: number): void {
    this.timeUs[row] = chunk.timeUs[i];
    this.seq[row] = seq;
    this.kind[row] = chunk.kind[i];
    this.taskRun[row] = chunk.taskRun[i];
    this.isSure[row] = isSure(chunk, i) ? 1 : 0;
  }

  has(row: number): boolean {
    return this.seq[row] >= 0;
  }

  fact(row: number): Fact {
    const { timeUs, seq, kind, taskRun, isSure: sure } = this;
    const known = { seq: seq[row], timeUs: timeUs[row], kind: kind[row], taskRun: taskRun[row] };
    return { ...known, version: row, sure: sure[row] === 1 };
  }
}

/** Time and subject of an event are recorded. */
export function isSure(chunk: EventChunk, i: number): boolean {
  const evidence = chunk.evidence[i];
  if (timeEvidence(evidence) !== Evidence.recorded || subjectEvidence(evidence) !== Evidence.recorded) return false;
  return !Number.isNaN(chunk.timeUs[i]);
}

export const factOf = (chunk: EventChunk, i: number, seq: number, version: number): Fact => ({
  seq,
  timeUs: chunk.timeUs[i],
  kind: chunk.kind[i],
  taskRun: chunk.taskRun[i],
  version,
  sure: isSure(chunk, i),
});

export class VersionBook {
  /** A Status: how far the log has taken it. */
  readonly status: Uint8Array;
  readonly opened: Milestone;
  readonly finalized: Milestone;
  readonly published: Milestone;
  /** Failed, check failed, expired or superseded. */
  readonly ended: Milestone;
  /** The writer's last sign of life: heartbeat, check, finalize or fail. */
  readonly alive: Milestone;
  /** The event with the latest time so far. */
  readonly latest: Milestone;
  /** NaN when unknown. */
  readonly rowCount: Float64Array;
  readonly rowCountIsSure: Uint8Array;

  constructor(rows: number) {
    this.status = new Uint8Array(rows);
    this.opened = new Milestone(rows);
    this.finalized = new Milestone(rows);
    this.published = new Milestone(rows);
    this.ended = new Milestone(rows);
    this.alive = new Milestone(rows);
    this.latest = new Milestone(rows);
    this.rowCount = new Float64Array(rows).fill(Number.NaN);
    this.rowCountIsSure = new Uint8Array(rows);
  }

  /** Something in the log writes it. */
  isWritten(row: number): boolean {
    return this.opened.has(row) || this.finalized.has(row) || this.ended.has(row) || this.alive.has(row);
  }

  /** Takes down an event that fits the version's life. */
  note(row: number, step: Step, chunk: EventChunk, i: number, seq: number): void {
    if (step === Step.open) this.opened.set(row, chunk, i, seq);
    else if (step === Step.publish) {
      if (!this.published.has(row)) this.published.set(row, chunk, i, seq);
    } else if (step === Step.finalize) this.#noteFinalize(row, chunk, i, seq);
    else if (step === Step.checkFailed || step === Step.fail) this.ended.set(row, chunk, i, seq);
    else if (step === Step.expire || step === Step.supersede) this.ended.set(row, chunk, i, seq);
    if (step >= Step.heartbeat && step <= Step.fail && step !== Step.publish) this.alive.set(row, chunk, i, seq);
  }

  #noteFinalize(row: number, chunk: EventChunk, i: number, seq: number): void {
    this.finalized.set(row, chunk, i, seq);
    this.rowCount[row] = chunk.value[i];
    this.rowCountIsSure[row] = valueEvidence(chunk.evidence[i]) === Evidence.recorded ? 1 : 0;
  }

  /** It ended, and was never whole. */
  isDead(row: number): boolean {
    return isDead(this.status[row] as Status) && !this.finalized.has(row);
  }

  /** It died of a failed check. */
  failedItsCheck(row: number): boolean {
    return this.ended.kind[row] === EventKind.versionChecked && this.ended.has(row);
  }
}
