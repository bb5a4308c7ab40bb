// Plays a run plan under an orchestrator: the event loop of the model. With everything at its ideal it is the reference
// day, to the byte: all events of an instant first, then grants, whose zero-length task runs make a further round.
// Deterministic in (plan, orchestrator, faults, replication). Nothing is allocated per event unless it is traced.
// Limit: whole milliseconds.

import { Outcome } from '../../../shared/model/event.ts';
import { ROW_INTS, ROW_SINCE } from '../../engine/rows.ts';
import { Failure } from './attempts.ts';
import { Cause } from './causes.ts';
import { PLAY_LIMITS } from './model-parts.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE } from './model-rows.ts';
import type { LoopWork } from './scheduler-loop.ts';
import { StartSteps } from './start-steps.ts';
import { type Trace, TraceStep } from './trace.ts';
import { WaitCauses } from './wait-causes.ts';

export class ModelPlayer extends StartSteps {
  readonly #loopWork: LoopWork = {
    beforeBatch: () => this.#examineRuns(),
    start: (row) => this.granted(row),
    afterBatch: () => this.#makePods(),
  };

  /** Task runs whose landings end the play once all are over, or null. */
  #until: Int32Array | null = null;
  /** Of these, how many have landed for sure. */
  #landed = 0;
  /** Of a traced play; kept for the next one. */
  #waitCauses: WaitCauses | null = null;
  /** When `resume` is called, before anybody is granted slots; of a play that begins in the midst of things. */
  protected resumeMs = Number.POSITIVE_INFINITY;

  protected resume(): void {}

  /**
   * As play, but ends once these task runs have landed: their times are those of a whole play, for what follows cannot
   * move them; other times may be missing. Where one never lands, or is never made, it is played to the end.
   */
  playUntil(replication: number, landings: Int32Array): void {
    this.#until = landings;
    this.#landed = 0;
    try {
      this.play(replication);
    } finally {
      this.#until = null;
    }
  }

  /** From the start to the last event; any number of times. */
  play(replication: number, trace: Trace | null = null): void {
    this.clear(replication, this.#until === null);
    this.replication = replication;
    this.nowMs = 0;
    this.instant = 0;
    this.trace = trace;
    this.tellsSome = this.toldInFull.includes(1);
    trace?.goTo(0);
    this.pools.listener = trace !== null && this.tellsOvertaken ? this.#causesFor(trace) : null;
    this.#run();
    this.meter.close(this.endMs);
    this.trace = null;
    this.pools.listener = null;
  }

  #causesFor(trace: Trace): WaitCauses {
    this.#waitCauses ??= new WaitCauses(this.rows, this.pools, this.limits, {
      nowMs: () => this.nowMs,
      enqueuedMs: (row) => this.enqueuedMsOf(row),
    });
    return this.#waitCauses.tellTo(trace);
  }

  #run(): void {
    const queue = this.queue;
    const loop = this.loop;
    const { simulatedMs, eventsPerTaskRun } = this.in.limits ?? PLAY_LIMITS;
    const eventsMax = eventsPerTaskRun * this.graph.count;
    this.stopped = null;
    for (;;) {
      const sourceMs = Math.min(this.sources.nextMs + this.dispatchMs, this.resumeMs);
      const laneMs = Math.min(sourceMs, this.dispatched.nextMs, this.runLane.nextMs);
      const limitMs = loop === null ? laneMs : Math.min(laneMs, loop.nextMs);
      const eventMs = Math.min(queue.next(limitMs), laneMs);
      const nowMs = Math.min(eventMs, limitMs);
      if (nowMs === Number.POSITIVE_INFINITY) {
        if (!this.#giveUpRuns()) return;
        continue;
      }
      if (nowMs > simulatedMs || this.events > eventsMax) {
        this.stopped = nowMs > simulatedMs ? 'time' : 'events';
        return;
      }
      if (this.#until !== null && this.#isOver(this.#until, nowMs)) return;
      if (nowMs !== this.nowMs) this.instant++;
      this.nowMs = nowMs;
      if (this.trace !== null) this.trace.goTo(nowMs);
      if (eventMs === nowMs) this.#happenAll(nowMs);
      if (loop !== null) {
        if (eventMs === nowMs) loop.wake(nowMs);
        if (loop.nextMs <= nowMs) loop.run(nowMs, this.#loopWork);
      }
      this.#grantAll();
    }
  }

  /** Landed before `nowMs`: at the instant itself a landing may still be judged. */
  #isOver(landings: Int32Array, nowMs: number): boolean {
    while (this.#landed < landings.length && this.landedMs(landings[this.#landed]) < nowMs) this.#landed++;
    return this.#landed === landings.length;
  }

  #grantAll(): void {
    while (this.pools.mayGrant) {
      const row = this.pools.grant(this.nowMs);
      if (row >= 0) this.granted(row);
    }
  }

  /** False when no run was still to come: then the play is over. */
  #giveUpRuns(): boolean {
    if (!this.dependencies.giveUpRuns()) return false;
    this.instant++;
    this.followUp();
    if (this.arrivals.size > 0) this.#admit();
    if (this.gate.releasedCount > 0) this.#goOnReleased();
    this.loop?.wake(this.nowMs);
    this.#grantAll();
    return true;
  }

  #happenAll(nowMs: number): void {
    const queue = this.queue;
    while (queue.next(nowMs) === nowMs) this.#happen(queue.pop());
    while (this.dispatched.nextMs === nowMs) this.#arrive(this.dispatched.pop());
    while (this.runLane.nextMs <= nowMs) this.gate.due(this.runLane.pop());
    while (this.sources.nextMs + this.dispatchMs === nowMs) this.#arriveFromSource();
    if (this.toFinalize.size > 0) this.enterService();
    if (this.arrivals.size > 0) this.#admit();
    if (this.gate.releasedCount > 0) this.#goOnReleased();
    if (nowMs === this.resumeMs) {
      this.resumeMs = Number.POSITIVE_INFINITY;
      this.resume();
    }
  }

  #examineRuns(): boolean {
    const did = this.gate.isBinding && this.gate.hasWork && this.gate.loop();
    if (this.gate.releasedCount > 0) this.#goOnReleased();
    return did;
  }

  #makePods(): boolean {
    const pods = this.executor.podsThisLoop;
    for (let i = 0; i < pods; i++) this.startUp(this.executor.popPod());
    return pods > 0;
  }

  /** Rows that their run has let go, in order of task runs. */
  #goOnReleased(): void {
    const { released, releasedCount } = this.gate;
    const rows = released.subarray(0, releasedCount).sort();
    this.gate.releasedCount = 0;
    for (const row of rows) this.#wait(row, true);
  }

  #happen(row: number): void {
    if (row >= this.tasksEnd) {
      const taskRun = this.sensors.timedOut(row);
      if (taskRun >= 0) this.#giveUp(taskRun * ROW_INTS);
      return;
    }
    this.endMs = this.nowMs;
    switch (this.rows[row + ROW_PHASE]) {
      case Phase.dispatch:
        this.arrivals.add(row);
        return;
      case Phase.starting:
        this.start(row);
        return;
      case Phase.running:
        this.#endAttempt(row);
        return;
      case Phase.finalizing:
        this.endFinalize(row);
        return;
      case Phase.lost:
        this.endLost(row);
        return;
      case Phase.asleep:
        this.goOnAwake(row);
        return;
      case Phase.checking:
        this.endCheck(row);
        return;
      case Phase.publishing:
      case Phase.marking:
        this.endPublish(row);
    }
  }

  #arrive(row: number): void {
    this.endMs = this.nowMs;
    this.arrivals.add(row);
  }

  #arriveFromSource(): void {
    const taskRun = this.sources.pop();
    const readyMs = this.nowMs - this.dispatchMs;
    this.endMs = this.nowMs;
    if (this.mustSense(taskRun, readyMs)) return;
    if (!this.mustLook(taskRun)) this.tellReady(taskRun, readyMs);
    this.rows[taskRun * ROW_INTS + ROW_PHASE] = Phase.dispatch;
    this.arrivals.add(taskRun * ROW_INTS);
  }

  /** A sensor that times out fails for good: it is not tried again. */
  #giveUp(row: number): void {
    const phase = this.rows[row + ROW_PHASE];
    this.endMs = this.nowMs;
    if (phase === Phase.poking) this.#leaveSlots(row);
    else this.leaveTriggerer(row / ROW_INTS);
    this.end(row, row / ROW_INTS, Outcome.failed);
  }

  /** Whoever arrives at one instant waits in order of task runs. */
  #admit(): void {
    const arrivals = this.arrivals;
    arrivals.sort();
    for (let i = 0; i < arrivals.size; i++) {
      const row = arrivals.at(i);
      this.events++;
      this.rows[row + ROW_PHASE] = Phase.queued;
      this.rows[row + ROW_SINCE] = this.instant;
      const times = this.rows[row + ROW_ATTEMPT] === 1 ? this.times.enqueuedMs : this.enqueuedMs;
      times[row / ROW_INTS] = this.nowMs;
      if (!this.gate.isBinding || this.gate.arrive(row)) this.#wait(row, this.#isToldInFull(row));
      else if (this.loop === null) this.turn(row, Cause.pipelineLimit);
    }
    arrivals.clear();
  }

  #wait(row: number, isTold: boolean): void {
    if (this.loop === null) {
      if (this.trace !== null && isTold) this.trace.add(TraceStep.queued, row / ROW_INTS, this.rows[row + ROW_ATTEMPT]);
      this.pools.wait(row, this.nowMs);
    } else this.loop.add(row, this.nowMs);
  }

  /** Of a first attempt, the times say when it came. */
  #isToldInFull(row: number): boolean {
    return this.rows[row + ROW_ATTEMPT] !== 1 || this.isToldInFull(row / ROW_INTS);
  }

  #endAttempt(row: number): void {
    const taskRun = row / ROW_INTS;
    this.events++;
    this.#leaveSlots(row);
    if (this.fails[taskRun] !== Failure.none) this.failAttempt(row, taskRun, this.fails[taskRun]);
    else this.succeed(row, taskRun);
  }

  #leaveSlots(row: number): void {
    this.pools.giveBack(row, this.nowMs);
    if (!this.executor.isBinding) return;
    const next = this.executor.leave(row);
    if (next >= 0) this.startUp(next);
  }
}
