// From upstreams to the queue: what an end or a publish lets go, data that must be looked for, sources that are late, the
// dispatch; and how a task run's end is told. Part of the player (play-model.ts): it holds what several steps share.

import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { ROW_INTS } from '../../engine/rows.ts';
import { Cause } from './causes.ts';
import { ModelParts } from './model-parts.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE } from './model-rows.ts';
import { SensorMode } from './sensors.ts';
import { SENSED, type Trace, TraceStep } from './trace.ts';
import { NEVER_MADE } from './trigger-gates.ts';

export abstract class ReadySteps extends ModelParts {
  protected replication = 0;
  protected nowMs = 0;
  /** Number of the present instant. */
  protected instant = 0;
  protected trace: Trace | null = null;
  /** Of a traced play: whether of anybody it says what the times say. */
  protected tellsSome = false;

  protected isToldInFull(taskRun: number): boolean {
    return this.tellsSome && this.toldInFull[taskRun] !== 0;
  }

  protected mustLook(taskRun: number): boolean {
    return this.dependencies.hasPolled && this.dependencies.polled[taskRun] > 0;
  }

  /** True when it has to look for its data first, without slots. */
  protected mustSense(taskRun: number, fromMs: number): boolean {
    if (!this.mustLook(taskRun)) return false;
    this.trace?.addAt(TraceStep.waitsUncounted, taskRun, 1, fromMs, Cause.loop);
    if (this.sensors.mode[taskRun] === SensorMode.poke) return false;
    this.rows[taskRun * ROW_INTS + ROW_PHASE] = Phase.sensing;
    this.triggerer.enter(taskRun);
    this.startSensor(taskRun, fromMs);
    return true;
  }

  protected startSensor(taskRun: number, fromMs: number): void {
    const giveUpMs = this.sensors.begin(taskRun, fromMs);
    if (giveUpMs !== Number.POSITIVE_INFINITY) this.queue.push(this.sensors.setTimer(taskRun), giveUpMs);
  }

  /** All that it looks for is there. */
  #sensed(taskRun: number): void {
    const row = taskRun * ROW_INTS;
    const phase = this.rows[row + ROW_PHASE];
    if (phase === Phase.waiting || phase === Phase.done) return;
    const readyMs = Math.max(this.nowMs, this.releaseMs(taskRun));
    this.times.readyMs[taskRun] = readyMs;
    this.trace?.addAt(TraceStep.ready, taskRun, 1, readyMs, SENSED);
    if (phase !== Phase.sensing && phase !== Phase.poking) return;
    const foundMs = this.sensors.foundMs(taskRun, readyMs);
    this.trace?.addAt(TraceStep.waits, taskRun, 1, readyMs, Cause.detection);
    if (phase === Phase.poking) {
      this.sensors.stopTimer(taskRun);
      this.rows[row + ROW_PHASE] = Phase.starting;
      this.queue.push(row, foundMs);
    } else if (!this.triggerer.isQueued(taskRun)) this.#goOnFound(taskRun, foundMs);
  }

  #goOnFound(taskRun: number, foundMs: number): void {
    this.#dispatchFound(taskRun, foundMs);
    this.leaveTriggerer(taskRun);
  }

  #dispatchFound(taskRun: number, foundMs: number): void {
    this.sensors.stopTimer(taskRun);
    this.trace?.addAt(TraceStep.turns, taskRun, 1, foundMs, Cause.loop);
    this.dispatch(taskRun * ROW_INTS, foundMs);
  }

  /** Whoever is watched in its place may have its data already. */
  protected leaveTriggerer(taskRun: number): void {
    let next = this.triggerer.leave(taskRun);
    while (next >= 0 && this.dependencies.polled[next] === 0) {
      this.#dispatchFound(next, Math.max(this.nowMs, this.times.readyMs[next]));
      next = this.triggerer.leave(next);
    }
  }

  protected tellReady(taskRun: number, readyMs: number): void {
    this.times.readyMs[taskRun] = readyMs;
    // What is between ready and queued is the dispatch, or the loop.
    if (this.trace === null || !this.isToldInFull(taskRun)) return;
    if (readyMs === this.nowMs) this.trace.add(TraceStep.ready, taskRun, 1);
    else this.trace.addAt(TraceStep.ready, taskRun, 1, readyMs);
  }

  /** What an end or a publish has let go. */
  protected followUp(): void {
    const state = this.dependencies;
    for (let i = 0; i < state.endedCount; i++) this.#endWithout(state.ended[i], state.endedOutcome[i]);
    state.endedCount = 0;
    for (let i = 0; i < state.sensedCount; i++) this.#sensed(state.sensed[i]);
    state.sensedCount = 0;
    for (let i = 0; i < state.readyCount; i++) this.#becomeReady(state.ready[i]);
    state.readyCount = 0;
  }

  #endWithout(taskRun: number, outcome: number): void {
    this.times.outcome[taskRun] = outcome;
    if (outcome !== NEVER_MADE) this.times.finishMs[taskRun] = this.nowMs;
    if (this.trace !== null && outcome !== NEVER_MADE) this.trace.add(EventKind.taskSkipped, taskRun, 0, outcome);
    if (this.gate.isBinding) this.gate.ended(taskRun);
    this.dependencies.tellEnd(taskRun, outcome);
  }

  /** Not before this, whatever else is there. */
  protected releaseMs(taskRun: number): number {
    return this.late.isBinding ? this.late.releaseMs(taskRun) : this.in.plan.taskRuns.releaseMs[taskRun];
  }

  #becomeReady(taskRun: number): void {
    const row = taskRun * ROW_INTS;
    if (this.rows[row + ROW_PHASE] !== Phase.waiting) return;
    const metMs = Math.max(this.nowMs, this.in.plan.taskRuns.releaseMs[taskRun]);
    const readyMs = this.late.isBinding ? this.late.thereMs(taskRun, metMs) : metMs;
    if (this.mustSense(taskRun, readyMs)) return;
    if (!this.mustLook(taskRun)) this.tellReady(taskRun, readyMs);
    this.dispatch(row, this.dependencies.lookMs.length === 0 ? readyMs : this.#markerSeenMs(taskRun, readyMs));
  }

  /** Whoever is told by a marker goes on when it has seen it. */
  #markerSeenMs(taskRun: number, readyMs: number): number {
    const seenMs = Math.max(readyMs, this.dependencies.lookMs[taskRun]);
    if (seenMs > readyMs && !this.mustLook(taskRun)) {
      this.trace?.addAt(TraceStep.waits, taskRun, 1, readyMs, Cause.detection);
      this.trace?.addAt(TraceStep.turns, taskRun, 1, seenMs, Cause.loop);
    }
    return seenMs;
  }

  protected dispatch(row: number, readyMs: number): void {
    this.rows[row + ROW_PHASE] = Phase.dispatch;
    const atMs = readyMs + this.dispatchMs;
    if (atMs > this.nowMs && readyMs === this.nowMs) this.dispatched.push(row, atMs);
    else if (atMs > this.nowMs) this.queue.push(row, atMs);
    else this.arrivals.add(row);
  }

  /** Told once: whoever waits for an end has gone on when a task run is tried again because of its data. */
  protected end(row: number, taskRun: number, outcome: number): void {
    this.times.finishMs[taskRun] = this.nowMs;
    this.times.outcome[taskRun] = outcome;
    this.times.attempts[taskRun] = this.rows[row + ROW_ATTEMPT];
    if (this.trace !== null) {
      if (outcome !== Outcome.success) this.traceRow(EventKind.taskEnded, row, outcome);
      else if (this.#mayGoOn(taskRun)) this.trace.add(TraceStep.done, taskRun, this.rows[row + ROW_ATTEMPT]);
      else this.trace.addOver(taskRun);
    }
    this.rows[row + ROW_PHASE] = Phase.done;
    if (this.told.length > 0) {
      if (this.told[taskRun] !== 0) return;
      this.told[taskRun] = 1;
    }
    if (this.gate.isBinding) this.gate.ended(taskRun);
    this.dependencies.tellEnd(taskRun, outcome);
    this.followUp();
  }

  /** Its work is done, but it may be tried again. */
  #mayGoOn(taskRun: number): boolean {
    if (this.isToldInFull(taskRun) || this.checks.checks(taskRun)) return true;
    return this.attempts.isFateful && this.fates.isStruck(taskRun);
  }

  protected turn(row: number, cause: number): void {
    this.traceRow(TraceStep.turns, row, cause);
  }

  /** `kind`: an EventKind or a TraceStep, of now. */
  protected traceRow(kind: number, row: number, code = 0): void {
    this.trace?.add(kind, row / ROW_INTS, this.rows[row + ROW_ATTEMPT], code);
  }

  protected traceWith(kind: number, row: number, code: number, value: number): void {
    this.trace?.addWith(kind, row / ROW_INTS, this.rows[row + ROW_ATTEMPT], this.nowMs, code, value);
  }
}
