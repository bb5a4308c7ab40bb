// From the end of an attempt's work to its data's landing: check, finalize, publish; and what follows when one of them
// fails. The work's end lets go whoever waits for the end (as on the reference day); only a publish lets go its readers.
// Part of the player (play-model.ts). In the trace, a version's step stands for all partitions that the task run writes.

import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { ROW_INTS, ROW_NEXT } from '../../engine/rows.ts';
import { retryDelayMs } from './attempts.ts';
import { Cause } from './blame-marks.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE } from './model-rows.ts';
import { ReadySteps } from './ready-steps.ts';
import { FAILED_CHECK, FAILED_TASK } from './trace.ts';

export abstract class WriteSteps extends ReadySteps {
  protected succeed(row: number, taskRun: number): void {
    if (!this.isPlain) {
      this.end(row, taskRun, Outcome.success);
      this.#afterWork(row, taskRun);
      return;
    }
    this.times.finalMs[taskRun] = this.nowMs + this.finalize.valuesMs[taskRun];
    this.end(row, taskRun, Outcome.success);
    this.#publishLater(row, taskRun);
  }

  #afterWork(row: number, taskRun: number): void {
    if (!this.checks.checks(taskRun)) {
      this.#toService(row, taskRun);
      return;
    }
    this.checks.judge(this.replication, taskRun, this.rows[row + ROW_ATTEMPT]);
    this.rows[row + ROW_PHASE] = Phase.checking;
    this.queue.push(row, this.nowMs + this.checks.spanMs);
  }

  protected endCheck(row: number): void {
    const taskRun = row / ROW_INTS;
    this.events++;
    this.checks.judge(this.replication, taskRun, this.rows[row + ROW_ATTEMPT]);
    const { failedDataset, spanMs } = this.checks;
    this.#blocked(taskRun, Cause.check, this.nowMs - spanMs, this.nowMs);
    if (this.trace !== null) this.traceRow(EventKind.versionChecked, row, failedDataset < 0 ? 1 : 0, failedDataset);
    if (failedDataset < 0) this.#toService(row, taskRun);
    else this.failAttempt(row, taskRun, FAILED_CHECK);
  }

  #toService(row: number, taskRun: number): void {
    if (this.workEndMs.length > 0) this.workEndMs[taskRun] = this.nowMs;
    if (this.service.isBinding) {
      this.rows[row + ROW_PHASE] = Phase.finalizing;
      this.toFinalize.add(row);
      return;
    }
    const finalMs = this.nowMs + this.finalize.valuesMs[taskRun];
    if (this.holders.isShared(taskRun)) {
      this.rows[row + ROW_PHASE] = Phase.finalizing;
      this.queue.push(row, finalMs);
      return;
    }
    this.times.finalMs[taskRun] = finalMs;
    this.rows[row + ROW_PHASE] = Phase.done;
    this.#publishLater(row, taskRun);
  }

  /** Whoever comes at one instant is served in order of task runs. */
  protected enterService(): void {
    const rows = this.toFinalize;
    rows.sort();
    for (let i = 0; i < rows.size; i++) if (this.service.enter(rows.at(i))) this.#beginFinalize(rows.at(i));
    rows.clear();
  }

  #beginFinalize(row: number): void {
    const beginMs = this.service.beginMs(this.nowMs);
    this.queue.push(row, beginMs + this.finalize.valuesMs[row / ROW_INTS]);
  }

  protected endFinalize(row: number): void {
    const taskRun = row / ROW_INTS;
    this.events++;
    this.times.finalMs[taskRun] = this.nowMs;
    this.rows[row + ROW_PHASE] = Phase.done;
    if (this.service.isBinding) {
      const next = this.service.leave();
      if (next >= 0) this.#beginFinalize(next);
    }
    this.#publishLater(row, taskRun);
    if (this.holders.isShared(taskRun) && this.holders.partIsWhole(taskRun)) this.#release(taskRun);
  }

  /** An event only where somebody waits for it. */
  #publishLater(row: number, taskRun: number): void {
    if (this.trace !== null) this.#traceLanding(row, taskRun);
    const { publishOffsets } = this.graph;
    if (publishOffsets[taskRun] === publishOffsets[taskRun + 1]) return;
    const atMs = this.publishedMs(taskRun);
    if (Number.isNaN(atMs)) return;
    this.rows[row + ROW_PHASE] = Phase.publishing;
    this.queue.push(row, atMs);
  }

  #traceLanding(row: number, taskRun: number): void {
    const finalMs = this.times.finalMs[taskRun];
    const publishedMs = this.publishedMs(taskRun);
    this.#blocked(taskRun, Cause.finalize, this.workEndMs.length > 0 ? this.workEndMs[taskRun] : this.nowMs, finalMs);
    this.#blocked(taskRun, Cause.publish, finalMs, publishedMs);
    const { offsets } = this.in.plan.writes;
    if (offsets[taskRun] === offsets[taskRun + 1]) return;
    const attempt = this.rows[row + ROW_ATTEMPT];
    this.trace?.add(EventKind.versionFinalized, taskRun, attempt, finalMs);
    if (!Number.isNaN(publishedMs)) this.trace?.add(EventKind.versionPublished, taskRun, attempt, publishedMs);
  }

  /** Whoever waited for what it held may try again. */
  #release(taskRun: number): void {
    let row = this.holders.release(taskRun);
    while (row >= 0) {
      const after = this.rows[row + ROW_NEXT];
      this.start(row);
      row = after;
    }
  }

  /** Its slots are there and everything else too: it starts, unless somebody holds what it writes. */
  protected abstract start(row: number): void;

  /** A wait that is known from its beginning to its end. */
  #blocked(taskRun: number, cause: number, sinceMs: number, untilMs: number): void {
    if (this.trace !== null && untilMs > sinceMs)
      this.trace.add(
        EventKind.taskBlocked,
        taskRun,
        this.rows[taskRun * ROW_INTS + ROW_ATTEMPT],
        untilMs,
        cause,
        sinceMs,
      );
  }

  /** `reason`: one of the trace's. */
  protected failAttempt(row: number, taskRun: number, reason = FAILED_TASK): void {
    const attempt = this.rows[row + ROW_ATTEMPT];
    const { retries } = this.in.plan.definitions.tasks[this.in.plan.taskRuns.task[taskRun]];
    const { offsets } = this.in.plan.writes;
    const isLast = attempt > retries.times;
    if (this.trace !== null && reason !== FAILED_CHECK && offsets[taskRun] < offsets[taskRun + 1])
      this.traceRow(EventKind.versionFailed, row, reason, isLast ? 1 : 0);
    if (this.holders.isShared(taskRun) && (isLast || this.in.plan.taskRuns.mapIndex[taskRun] < 0))
      this.#release(taskRun);
    if (isLast) {
      this.end(row, taskRun, Outcome.failed);
      return;
    }
    const againMs = this.nowMs + retryDelayMs(retries, attempt);
    if (this.trace !== null) {
      this.traceRow(EventKind.taskEnded, row, Outcome.failed);
      this.traceRow(EventKind.taskRetry, row, 0, againMs);
    }
    this.rows[row + ROW_ATTEMPT] = attempt + 1;
    this.times.outcome[taskRun] = Outcome.unknown;
    if (this.blame !== null) {
      this.blame.begin(taskRun, this.nowMs, Cause.retry);
      this.blame.turn(taskRun, attempt + 1, againMs, Cause.loop);
    }
    this.dispatch(row, againMs);
  }
}
