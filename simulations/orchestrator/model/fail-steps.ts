// What goes wrong on an attempt's way, and what follows: it fails, or its writer dies or sleeps and is noticed by its
// heartbeats; its versions fail or expire; its task run is tried again or has failed for good. Part of the player
// (play-model.ts). A late writer that wakes is told by the log alone: its writes are refused, so nothing depends on them.

import { Step } from '../../../shared/lifecycle/status.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { ROW_INTS } from '../../engine/rows.ts';
import { Failure, retryDelayMs } from './attempts.ts';
import { type Fate, FateStep } from './fates.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE } from './model-rows.ts';
import { ReadySteps } from './ready-steps.ts';
import { TraceStep } from './trace.ts';

export abstract class FailSteps extends ReadySteps {
  /** Its slots are there and everything else too: it starts, unless somebody holds what it writes. */
  protected abstract start(row: number): void;

  /** True when what was to strike at this step after the work did, and the step is not taken now. */
  protected isStruck(row: number, taskRun: number, step: number): boolean {
    if (!this.attempts.isFateful) return false;
    const fate = this.fates.take(taskRun, step);
    if (fate === null) return false;
    if (fate.kind === 'task-failure') this.failAttempt(row, taskRun, Failure.task);
    else if (fate.kind === 'zombie-writer') this.#sleep(row, taskRun, fate);
    else this.#die(row, taskRun);
    return true;
  }

  #die(row: number, taskRun: number): void {
    const { liveness } = this.attempts;
    this.fails[taskRun] = liveness.isWatched ? Failure.expired : Failure.crash;
    this.fates.silentMs[taskRun] = this.nowMs;
    const noticedMs = liveness.noticedMs(this.fates.startedMs[taskRun], this.nowMs);
    if (noticedMs <= this.nowMs) this.failAttempt(row, taskRun, this.fails[taskRun]);
    else this.#lose(row, noticedMs);
  }

  /** Woken before it is missed, it goes on; else it is late, and its step is refused. */
  #sleep(row: number, taskRun: number, { step, sleepMs }: Fate): void {
    const wakesMs = this.nowMs + sleepMs;
    const expiredMs = this.attempts.liveness.expiredMs(this.fates.startedMs[taskRun], this.nowMs);
    if (wakesMs < expiredMs) {
      this.rows[row + ROW_PHASE] = Phase.asleep;
      this.fates.sleptAt[taskRun] = step;
      this.queue.push(row, wakesMs);
      return;
    }
    this.fails[taskRun] = Failure.expired;
    this.fates.silentMs[taskRun] = this.nowMs;
    this.fates.wakesMs[taskRun] = wakesMs;
    this.fates.lateStep[taskRun] = step === FateStep.check ? Step.checkPassed : Step.finalize;
    this.#lose(row, expiredMs);
  }

  #lose(row: number, noticedMs: number): void {
    this.rows[row + ROW_PHASE] = Phase.lost;
    this.queue.push(row, noticedMs);
  }

  protected endLost(row: number): void {
    const taskRun = row / ROW_INTS;
    this.traceRow(TraceStep.missed, row);
    this.failAttempt(row, taskRun, this.fails[taskRun]);
  }

  /** A step that ends at `endMs`; false when its writer, unheard in an outage, is taken for dead before. */
  protected pushStep(row: number, taskRun: number, phase: number, endMs: number, step: number): boolean {
    if (!this.attempts.isFateful || endMs < this.fates.deadlineMs(taskRun)) {
      this.rows[row + ROW_PHASE] = phase;
      this.queue.push(row, endMs);
      return true;
    }
    const noticedMs = Math.max(this.nowMs, this.fates.deadlineMs(taskRun));
    this.fails[taskRun] = Failure.expired;
    this.fates.silentMs[taskRun] = this.fates.silencedMs[taskRun];
    this.fates.wakesMs[taskRun] = endMs;
    this.fates.lateStep[taskRun] = step;
    this.#lose(row, noticedMs);
    return false;
  }

  /** `failure`: a Failure. */
  protected failAttempt(row: number, taskRun: number, failure: number): void {
    const attempt = this.rows[row + ROW_ATTEMPT];
    const retries = this.attempts.retriesOf(taskRun);
    const isLast = attempt > retries.times;
    if (this.trace !== null) this.#traceFailure(row, taskRun, failure, isLast);
    if (this.holders.isShared(taskRun) && (isLast || this.holders.isAlone(taskRun))) this.release(taskRun);
    if (isLast) {
      this.holders.partIsLost(taskRun);
      this.end(row, taskRun, Outcome.failed);
      return;
    }
    const againMs = this.nowMs + retryDelayMs(retries, attempt);
    this.traceRow(EventKind.taskEnded, row, Outcome.failed);
    this.traceWith(EventKind.taskRetry, row, 0, againMs);
    this.rows[row + ROW_ATTEMPT] = attempt + 1;
    this.times.outcome[taskRun] = Outcome.unknown;
    this.dispatch(row, againMs);
  }

  #traceFailure(row: number, taskRun: number, failure: number, isLast: boolean): void {
    const { offsets } = this.in.plan.writes;
    if (offsets[taskRun] === offsets[taskRun + 1]) return;
    const isAlone = this.holders.isAlone(taskRun);
    // A version fails with its check; one of several parts is written again, as long as that may be tried.
    if (failure === Failure.check && (isAlone || !isLast)) return;
    if (this.attempts.isFateful && isAlone && this.fates.isUnopened(taskRun)) return;
    const last = isLast ? 1 : 0;
    if (failure !== Failure.expired) {
      this.traceWith(EventKind.versionFailed, row, failure, last);
      return;
    }
    const attempt = this.rows[row + ROW_ATTEMPT];
    const { startedMs, silentMs, wakesMs, lateStep } = this.fates;
    const beatMs = this.attempts.liveness.lastBeatMs(startedMs[taskRun], silentMs[taskRun]);
    if (beatMs > startedMs[taskRun]) this.trace?.addAt(EventKind.versionHeartbeat, taskRun, attempt, beatMs);
    this.traceWith(EventKind.versionExpired, row, 0, last);
    if (!Number.isNaN(wakesMs[taskRun]))
      this.trace?.addAt(EventKind.note, taskRun, attempt, wakesMs[taskRun], lateStep[taskRun]);
  }

  /** Whoever waited for what it held may try again. */
  protected release(taskRun: number): void {
    this.holders.release(taskRun);
    for (let row = this.holders.nextWaiting(taskRun); row >= 0; row = this.holders.nextWaiting(taskRun))
      this.start(row);
  }
}
