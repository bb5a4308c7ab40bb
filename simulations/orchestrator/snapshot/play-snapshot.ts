// Plays a plan from an observed state on. Up to the instant everything is as observed: what had started holds its slots
// and ends when it did, nobody else is given any. What ran then goes on for a time that is drawn given that it has run so
// long already; who waited then is let go in order of priority and arrival, and all that follows is the model's.
// Faults and the orchestrator's delays strike no attempt that was observed to start.
// Limits: what a limit other than slots held back is let go at the instant; a data check or a finalize that was on its
// way then begins anew; a sensor that looked with a slot in hand looks again.

import { Outcome } from '../../../shared/model/event.ts';
import { ROW_INTS } from '../../engine/rows.ts';
import { drawLongerMs } from '../durations/remaining.ts';
import { Failure } from '../model/attempts.ts';
import { joined, taskRunKeys } from '../model/delay-columns.ts';
import type { ModelInput } from '../model/model-parts.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE } from '../model/model-rows.ts';
import { ModelPlayer } from '../model/play-model.ts';
import { TraceStep } from '../model/trace.ts';
import { NEVER_MADE } from '../model/trigger-gates.ts';
import { Laid, type LaidSnapshot } from './laid-snapshot.ts';

/** Tries of the usual draw before its tail is drawn from: most that run are not far out. */
const TRIES = 16;
/** No attempt has such a number. */
const FIRST_TRY = 1 << 20;

export class SnapshotPlayer extends ModelPlayer {
  /** By pool, at the instant before anybody is let go: slots in use. */
  readonly slotsAtStart: Int32Array;
  readonly #laid: LaidSnapshot;
  readonly #keys: Int32Array;
  /** 1 once an observed attempt has its slots. */
  readonly #isSeated: Uint8Array;
  readonly #makesPods: boolean;

  /** `input.plan`: of planSnapshot. */
  constructor(input: ModelInput, laid: LaidSnapshot) {
    super(input);
    this.#laid = laid;
    this.#keys = taskRunKeys(input.plan, 'remaining');
    this.#isSeated = new Uint8Array(laid.status.length);
    this.#makesPods = input.orchestrator.executor.kind === 'kubernetes';
    this.toldInFull.fill(1);
    this.tellsOvertaken = true;
    this.slotsAtStart = new Int32Array(input.plan.definitions.poolSlots.length);
  }

  override play(...args: Parameters<ModelPlayer['play']>): void {
    super.play(...args);
    this.#reportObserved();
  }

  protected override clear(replication: number, isWhole: boolean): void {
    super.clear(replication, isWhole);
    const { status, startMs, atMs } = this.#laid;
    this.#isSeated.fill(0);
    this.pools.close();
    this.resumeMs = atMs;
    for (let taskRun = 0; taskRun < status.length; taskRun++) {
      if (status[taskRun] === Laid.toCome) continue;
      const row = taskRun * ROW_INTS;
      this.rows[row + ROW_PHASE] = Phase.starting;
      this.queue.push(row, status[taskRun] === Laid.leftOut ? 0 : Math.max(0, startMs[taskRun]));
    }
  }

  protected override resume(): void {
    this.slotsAtStart.set(this.meter.used);
    this.pools.reopen();
  }

  protected override start(row: number): void {
    const taskRun = row / ROW_INTS;
    if (this.#isObserved(row)) this.#seat(row, taskRun);
    else if (this.#laid.status[taskRun] === Laid.leftOut) this.#leaveOut(row, taskRun);
    else super.start(row);
  }

  protected override startUp(row: number): void {
    if (this.#isObserved(row)) this.#begin(row, row / ROW_INTS);
    else super.startUp(row);
  }

  protected override succeed(row: number, taskRun: number): void {
    const { status, landedMs, landsLater } = this.#laid;
    const isTold = !Number.isNaN(landedMs[taskRun]) || landsLater[taskRun] === 1;
    if (status[taskRun] !== Laid.ended || !isTold) {
      super.succeed(row, taskRun);
      return;
    }
    this.times.finalMs[taskRun] = this.#finalMs(taskRun);
    this.end(row, taskRun, Outcome.success);
    this.handOver(row, taskRun);
  }

  protected override failAttempt(row: number, taskRun: number, failure: number): void {
    if (this.#laid.status[taskRun] === Laid.ended) this.end(row, taskRun, Outcome.failed);
    else super.failAttempt(row, taskRun, failure);
  }

  /** Tried again, it is the model's. */
  #isObserved(row: number): boolean {
    const status = this.#laid.status[row / ROW_INTS];
    return (status === Laid.ended || status === Laid.running) && this.rows[row + ROW_ATTEMPT] === 1;
  }

  /** As observed, whatever the pool has left. */
  #seat(row: number, taskRun: number): void {
    if (this.#isSeated[taskRun] === 0) {
      this.#isSeated[taskRun] = 1;
      this.pools.takeAnyway(row, this.nowMs);
      this.times.enqueuedMs[taskRun] = this.nowMs;
      this.times.grantedMs[taskRun] = this.nowMs;
      if (this.executor.isBinding && !this.#makesPods && !this.executor.enter(row)) return;
    }
    this.#begin(row, taskRun);
  }

  #begin(row: number, taskRun: number): void {
    const { status, startMs, endMs, outcome } = this.#laid;
    this.times.startMs[taskRun] = this.nowMs;
    if (this.attempts.isFateful) this.fates.spare(taskRun);
    const isOver = status[taskRun] === Laid.ended;
    this.fails[taskRun] = isOver && outcome[taskRun] === Outcome.failed ? Failure.task : Failure.none;
    // Who had ended holds nothing that anybody else would want before the instant.
    if (!isOver && this.holders.isShared(taskRun) && this.#mayHold(taskRun)) this.holders.open(row, this.nowMs);
    if (this.trace !== null) this.trace.add(TraceStep.started, taskRun, 1, 0);
    this.rows[row + ROW_PHASE] = Phase.running;
    const untilMs = isOver ? endMs[taskRun] : startMs[taskRun] + this.#longerMs(taskRun);
    this.queue.push(row, Math.max(this.nowMs, untilMs));
  }

  /** Two that were observed to write one partition at once both do: the first one holds it. */
  #mayHold(taskRun: number): boolean {
    const { offsets, partition } = this.in.plan.writes;
    return partition.subarray(offsets[taskRun], offsets[taskRun + 1]).every((p) => {
      const holder = this.holders.holderOf(p);
      return holder < 0 || holder === this.holders.writerOf(taskRun);
    });
  }

  /** In all, given that it has run until the instant; no longer than that where it cannot be. */
  #longerMs(taskRun: number): number {
    const elapsedMs = this.#laid.atMs - this.#laid.startMs[taskRun];
    for (let i = 0; i < TRIES; i++) {
      const ms = this.sampler.attemptMs(this.replication, taskRun, i === 0 ? 1 : FIRST_TRY + i);
      if (ms > elapsedMs) return ms;
    }
    const { tasks } = this.in.plan.definitions;
    const { duration } = tasks[this.in.plan.taskRuns.task[taskRun]];
    const longerMs = drawLongerMs(duration, elapsedMs, joined(this.#keys[taskRun], this.replication));
    return longerMs === null ? elapsedMs : Math.max(elapsedMs, Math.round(longerMs));
  }

  /** Such that it lands when it did; or at the instant at the earliest, where the log says that it had not. */
  #finalMs(taskRun: number): number {
    const { landedMs, atMs } = this.#laid;
    this.times.finalMs[taskRun] = 0;
    const delayMs = this.in.landing === 'finalized' ? 0 : this.publishedMs(taskRun);
    if (!Number.isNaN(landedMs[taskRun])) return Math.max(this.nowMs, landedMs[taskRun]) - delayMs;
    return Math.max(this.nowMs + this.finalize.ms(taskRun), atMs - delayMs);
  }

  #leaveOut(row: number, taskRun: number): void {
    this.rows[row + ROW_PHASE] = Phase.done;
    this.times.outcome[taskRun] = NEVER_MADE;
    if (this.gate.isBinding) this.gate.ended(taskRun);
    this.dependencies.tellEnd(taskRun, Outcome.success);
    this.dependencies.tellPublish(taskRun);
    if (this.messages.isPair(taskRun)) this.dependencies.tellPublish(this.messages.markerOf(taskRun));
    this.followUp();
  }

  /** Of what was observed the times are those of the log. */
  #reportObserved(): void {
    const { status, readyMs, firstStartMs, attempts } = this.#laid;
    for (let i = 0; i < status.length; i++) {
      if (!Number.isNaN(readyMs[i])) this.times.readyMs[i] = readyMs[i];
      if (status[i] !== Laid.ended && status[i] !== Laid.running) continue;
      this.times.startMs[i] = firstStartMs[i];
      if (Number.isNaN(readyMs[i])) this.times.readyMs[i] = firstStartMs[i];
      this.times.attempts[i] += attempts[i] - 1;
    }
  }
}
