// From the slots to the work: the executor, its start-up, and what an attempt may have to wait for with its slots in hand
// (its own look at the data, a worker that is away, a store that opens nothing, a partition that somebody holds); then
// what becomes of it is judged, once. Part of the player (play-model.ts).

import { Step } from '../../../shared/lifecycle/status.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { ROW_INTS } from '../../engine/rows.ts';
import { Cause } from './causes.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE } from './model-rows.ts';
import { NOT_OPENED, TraceStep } from './trace.ts';
import { WriteSteps } from './write-steps.ts';

export abstract class StartSteps extends WriteSteps {
  protected granted(row: number): void {
    const taskRun = row / ROW_INTS;
    const isFirst = this.rows[row + ROW_ATTEMPT] === 1;
    if (isFirst) this.times.grantedMs[taskRun] = this.nowMs;
    if (this.trace !== null && this.loop !== null) this.traceRow(EventKind.taskQueued, row);
    this.countWait(row, this.enqueuedMsOf(row), this.nowMs);
    if (!this.executor.isBinding) this.start(row);
    else {
      this.rows[row + ROW_PHASE] = Phase.starting;
      this.turn(row, Cause.executor);
      if (this.executor.enter(row)) this.startUp(row);
    }
  }

  protected startUp(row: number): void {
    this.turn(row, Cause.startUp);
    const afterMs = this.executor.startUpMs(row, this.rows[row + ROW_ATTEMPT], this.replication);
    if (afterMs === 0) this.start(row);
    else this.queue.push(row, this.nowMs + afterMs);
  }

  /** Since when the present attempt has been in its queue. */
  protected enqueuedMsOf(row: number): number {
    const times = this.rows[row + ROW_ATTEMPT] === 1 ? this.times.enqueuedMs : this.enqueuedMs;
    return times[row / ROW_INTS];
  }

  protected start(row: number): void {
    const taskRun = row / ROW_INTS;
    const attempt = this.rows[row + ROW_ATTEMPT];
    if (this.mustLook(taskRun)) {
      this.rows[row + ROW_PHASE] = Phase.poking;
      this.startSensor(taskRun, this.nowMs);
      return;
    }
    if (this.losses.isBinding && this.#isWorkerAway(row)) return;
    if (this.openOutages.isBinding && this.#isShutOut(row, taskRun)) return;
    if (this.holders.isShared(taskRun) && this.#isHeld(row)) return;
    if (attempt === 1) this.times.startMs[taskRun] = this.nowMs;
    const durationMs = this.attemptMs(this.replication, taskRun, attempt);
    const lossMs = this.losses.isBinding
      ? this.losses.lossMs(this.executor.workerOf(row), taskRun, this.nowMs)
      : Number.POSITIVE_INFINITY;
    this.attempts.judge(this.replication, taskRun, attempt, this.nowMs, this.slowed(row, durationMs), lossMs);
    this.fails[taskRun] = this.attempts.failure;
    if (this.attempts.isFateful) this.fates.keep(taskRun, this.nowMs, this.attempts);
    if (!this.attempts.opens) this.#letGoUnopened(row, taskRun);
    if (this.trace !== null && (attempt !== 1 || !this.attempts.opens || this.isToldInFull(taskRun)))
      this.trace.add(TraceStep.started, taskRun, attempt, this.attempts.opens ? 0 : NOT_OPENED);
    this.rows[row + ROW_PHASE] = Phase.running;
    this.queue.push(row, this.nowMs + this.attempts.spanMs);
  }

  /** One that is struck before its open holds nothing; of a mapped task, its other copies do. */
  #letGoUnopened(row: number, taskRun: number): void {
    this.traceRow(TraceStep.settled, row);
    if (this.holders.isShared(taskRun) && this.holders.isAlone(taskRun)) this.release(taskRun);
  }

  #isWorkerAway(row: number): boolean {
    const backMs = this.losses.backMs(this.executor.workerOf(row), this.nowMs);
    if (backMs === this.nowMs) return false;
    this.rows[row + ROW_PHASE] = Phase.starting;
    this.turn(row, Cause.executor);
    this.queue.push(row, backMs);
    return true;
  }

  /** No version can be opened now: it starts when one can. */
  #isShutOut(row: number, taskRun: number): boolean {
    const { offsets } = this.in.plan.writes;
    const beginMs = this.openOutages.beginMs(taskRun, this.nowMs);
    if (beginMs === this.nowMs || offsets[taskRun] === offsets[taskRun + 1]) return false;
    this.rows[row + ROW_PHASE] = Phase.starting;
    this.turn(row, Cause.startUp);
    this.queue.push(row, beginMs);
    return true;
  }

  #isHeld(row: number): boolean {
    const partition = this.holders.open(row, this.nowMs);
    if (partition < 0) return false;
    this.rows[row + ROW_PHASE] = Phase.held;
    this.turn(row, Cause.upstream);
    this.traceWith(EventKind.note, row, Step.open, this.holders.holderOf(partition));
    return true;
  }
}
