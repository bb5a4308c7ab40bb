// A trace spelled out: each of its steps as the events that it stands for, in the order of the play, with the pieces of
// every wait (blame-marks.ts). What a step leaves out is what its play and plan have said before: where a wait began was
// told when it began; when a first attempt was ready, queued and started, when the last one ended and its landing, the
// times of the play say; and from these follows who was overtaken.
// Made once, when a log is; a play pays nothing for it.

import { EventKind, Outcome } from '../../../shared/model/event.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { BlameMarks } from './blame-marks.ts';
import { Cause } from './causes.ts';
import type { ModelTimes } from './model-times.ts';
import { Overtakings } from './overtakings.ts';
import { SENSED, type Trace, TraceStep } from './trace.ts';

/** Where the events go: kinds are EventKinds; times in ms from the plan's start; `value` as the kind has it, NaN for none. */
interface Spelled {
  add(kind: number, taskRun: number, attempt: number, timeMs: number, code?: number, value?: number): void;
}

/** Of the play that was traced. */
interface PlayTimes {
  readonly times: ModelTimes;
  /** By task run: 0 where the trace leaves out what these times say. */
  readonly toldInFull: Uint8Array;
  /** False where the trace leaves out who was overtaken. */
  readonly tellsOvertaken: boolean;
  publishedMs(taskRun: number): number;
}

/** `trace`: of a play of the plan. */
export function spellTrace(trace: Trace, plan: RunPlan, play: PlayTimes, into: Spelled): void {
  const overtakings = play.tellsOvertaken
    ? new Overtakings(plan.taskRuns.count)
    : Overtakings.of(plan, play.times, trace);
  const speller = new Speller(plan, play, overtakings, into);
  trace.forEach((kind, taskRun, attempt, timeMs, code, value) => {
    speller.spell(kind, taskRun, attempt, timeMs, code, value);
  });
  speller.spellRest();
}

/** What of a task run is spelled: bits. Whatever its trace leaves out is spelled before its next step. */
const READY = 1;
const QUEUED = 2;
const STARTED = 4;
const LANDED = 8;
const ALL = 15;

/** Steps that come before a start. */
const isWait = (kind: number): boolean =>
  (kind >= TraceStep.waits && kind <= TraceStep.settled) || kind === TraceStep.overtaken;

/** Steps that come before its queue. */
const isOnItsWay = (kind: number, code: number): boolean =>
  (kind === TraceStep.waits || kind === TraceStep.turns) && (code === Cause.detection || code === Cause.loop);

class Speller {
  readonly #into: Spelled;
  readonly #plan: RunPlan;
  readonly #play: PlayTimes;
  readonly #overtakings: Overtakings;
  readonly #marks: BlameMarks;
  /** When the first task run of each triggered run was ready. */
  readonly #createdMs = new Map<number, number>();
  /** Up to when each one's way from the end of its work on is told. */
  readonly #toldMs: Float64Array;
  /** By task run, bits: what is spelled, or will be told. */
  readonly #spelled: Uint8Array;

  constructor(plan: RunPlan, play: PlayTimes, overtakings: Overtakings, into: Spelled) {
    this.#into = into;
    this.#plan = plan;
    this.#play = play;
    this.#overtakings = overtakings;
    this.#marks = new BlameMarks(into, plan.taskRuns.count);
    this.#toldMs = new Float64Array(plan.taskRuns.count);
    this.#spelled = play.toldInFull.map((isTold) => (isTold === 0 ? 0 : ALL));
  }

  /** What is left out behind the last step of each. */
  spellRest(): void {
    for (let taskRun = 0; taskRun < this.#spelled.length; taskRun++)
      if (this.#spelled[taskRun] !== ALL) this.#spellOut(taskRun, ALL);
  }

  /** Those of these that were left out and have happened. */
  #spellOut(taskRun: number, steps: number): void {
    const { readyMs, enqueuedMs, startMs, finalMs, attempts } = this.#play.times;
    const left = steps & ~this.#spelled[taskRun];
    this.#spelled[taskRun] |= steps;
    const has = (step: number, { [taskRun]: timeMs }: Float64Array): boolean =>
      (left & step) !== 0 && !Number.isNaN(timeMs);
    if (has(READY, readyMs)) this.#spellStep(TraceStep.ready, taskRun, 1, readyMs[taskRun]);
    if (has(QUEUED, enqueuedMs)) this.#spellStep(TraceStep.queued, taskRun, 1, enqueuedMs[taskRun]);
    if (has(STARTED, startMs)) this.#spellStep(TraceStep.started, taskRun, 1, startMs[taskRun]);
    if (has(LANDED, finalMs)) this.#landed(taskRun, attempts[taskRun]);
  }

  spell(kind: number, taskRun: number, attempt: number, timeMs: number, code: number, value: number): void {
    if (this.#spelled[taskRun] !== ALL) this.#spellBefore(kind, taskRun, code);
    this.#spellStep(kind, taskRun, attempt, timeMs, code, value);
  }

  /** A step that is told is not left out. */
  #spellBefore(kind: number, taskRun: number, code: number): void {
    const isHeldByRun = kind === TraceStep.turns && code === Cause.pipelineLimit;
    if (isHeldByRun) {
      this.#spellOut(taskRun, READY);
      this.#spelled[taskRun] |= QUEUED;
    } else if (isOnItsWay(kind, code)) this.#spellOut(taskRun, READY);
    else if (isWait(kind) || kind === TraceStep.started) this.#spellOut(taskRun, READY | QUEUED);
    else if (kind !== TraceStep.queued) this.#spellOut(taskRun, READY | QUEUED | STARTED);
    if (kind === TraceStep.started) this.#spelled[taskRun] |= STARTED;
  }

  #spellStep(kind: number, taskRun: number, attempt: number, timeMs: number, code = 0, value = Number.NaN): void {
    switch (kind) {
      case TraceStep.ready:
        this.#ready(taskRun, timeMs);
        if (code === SENSED) this.#marks.countFrom(taskRun, timeMs);
        else this.#marks.begin(taskRun, timeMs, Cause.loop);
        return;
      case TraceStep.queued:
        this.#queued(taskRun, attempt, timeMs);
        return;
      case TraceStep.started:
        this.#marks.settle(taskRun, attempt, timeMs);
        this.#into.add(EventKind.taskStarted, taskRun, attempt, timeMs, code);
        return;
      case TraceStep.done:
        this.#done(taskRun, attempt, timeMs);
        return;
      case TraceStep.over:
        this.#done(taskRun, this.#play.times.attempts[taskRun], this.#play.times.finishMs[taskRun]);
        return;
      case TraceStep.passed:
      case TraceStep.notPassed:
        this.#blocked(taskRun, attempt, Cause.check, timeMs);
        this.#into.add(EventKind.versionChecked, taskRun, attempt, timeMs, kind === TraceStep.passed ? 1 : 0, value);
        return;
      case TraceStep.landed:
        this.#landed(taskRun, attempt);
        return;
      case TraceStep.whole:
        this.#whole(taskRun, attempt, timeMs, value);
        return;
      case TraceStep.missed:
        this.#blocked(taskRun, attempt, Cause.retry, timeMs);
        return;
      default:
        this.#spellWait(kind, taskRun, attempt, timeMs, code, value);
    }
  }

  #queued(taskRun: number, attempt: number, timeMs: number): void {
    this.#into.add(EventKind.taskQueued, taskRun, attempt, timeMs);
    this.#marks.turn(taskRun, attempt, timeMs, Cause.pool);
    const overtakenMs = this.#overtakings.sinceMs(taskRun, attempt);
    if (!Number.isNaN(overtakenMs)) this.#marks.turn(taskRun, attempt, overtakenMs, Cause.priority);
  }

  #spellWait(kind: number, taskRun: number, attempt: number, timeMs: number, code: number, value: number): void {
    const marks = this.#marks;
    if (kind === TraceStep.waits) marks.begin(taskRun, timeMs, code);
    else if (kind === TraceStep.waitsUncounted) marks.beginUncounted(taskRun, timeMs, code);
    else if (kind === TraceStep.turns) marks.turn(taskRun, attempt, timeMs, code);
    else if (kind === TraceStep.overtaken) marks.turn(taskRun, attempt, timeMs, Cause.priority);
    else if (kind === TraceStep.bound) marks.meet(taskRun, code, timeMs);
    else if (kind === TraceStep.settled) marks.settle(taskRun, attempt, timeMs);
    else this.#event(kind, taskRun, attempt, timeMs, code, value);
  }

  #event(kind: number, taskRun: number, attempt: number, timeMs: number, code: number, value: number): void {
    this.#into.add(kind, taskRun, attempt, timeMs, code, value);
    if (kind !== EventKind.taskRetry) return;
    this.#marks.begin(taskRun, timeMs, Cause.retry);
    this.#marks.turn(taskRun, attempt + 1, value, Cause.loop);
  }

  /** Its upstreams held it since its release; of a triggered run, since the first of the run was ready. */
  #ready(taskRun: number, readyMs: number): void {
    const { releaseMs, run } = this.#plan.taskRuns;
    const { dueMs } = this.#plan.runs;
    const r = run[taskRun];
    if (Number.isNaN(dueMs[r]) && !this.#createdMs.has(r)) this.#createdMs.set(r, this.#firstReadyMs(r, readyMs));
    const sinceMs = this.#createdMs.get(r) ?? releaseMs[taskRun];
    if (readyMs > sinceMs) this.#into.add(EventKind.taskBlocked, taskRun, 0, readyMs, Cause.upstream, sinceMs);
    this.#into.add(EventKind.taskReady, taskRun, 0, readyMs);
  }

  /** Those of its run that are left out may have been ready before it. */
  #firstReadyMs(r: number, readyMs: number): number {
    const { offsets, values } = this.#plan.taskRuns.ofRun;
    const { times, toldInFull } = this.#play;
    let firstMs = readyMs;
    for (let i = offsets[r]; i < offsets[r + 1]; i++)
      if (toldInFull[values[i]] === 0 && times.readyMs[values[i]] < firstMs) firstMs = times.readyMs[values[i]];
    return firstMs;
  }

  #done(taskRun: number, attempt: number, timeMs: number): void {
    this.#into.add(EventKind.taskEnded, taskRun, attempt, timeMs, Outcome.success);
    this.#toldMs[taskRun] = timeMs;
  }

  #landed(taskRun: number, attempt: number): void {
    const publishedMs = this.#play.publishedMs(taskRun);
    this.#whole(taskRun, attempt, this.#play.times.finalMs[taskRun], publishedMs);
    if (this.#isWritten(taskRun) && !Number.isNaN(publishedMs))
      this.#into.add(EventKind.versionPublished, taskRun, attempt, publishedMs);
  }

  #whole(taskRun: number, attempt: number, finalMs: number, knownMs: number): void {
    this.#blocked(taskRun, attempt, Cause.finalize, finalMs);
    this.#blocked(taskRun, attempt, Cause.publish, knownMs);
    if (this.#isWritten(taskRun)) this.#into.add(EventKind.versionFinalized, taskRun, attempt, finalMs);
  }

  #isWritten(taskRun: number): boolean {
    const { offsets } = this.#plan.writes;
    return offsets[taskRun] < offsets[taskRun + 1];
  }

  /** A wait after its work, from where its way is told; nothing where it never ends. */
  #blocked(taskRun: number, attempt: number, cause: number, untilMs: number): void {
    const sinceMs = this.#toldMs[taskRun];
    this.#toldMs[taskRun] = untilMs;
    if (untilMs > sinceMs) this.#into.add(EventKind.taskBlocked, taskRun, attempt, untilMs, cause, sinceMs);
  }
}
