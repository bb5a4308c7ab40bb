// Takes the events of a trace as they are spelled out (trace-rows.ts) and puts each where a log wants it: what happens to
// task runs goes straight into the log; the steps of who writes are kept for VersionSteps, which takes them in order of
// time; the starts of who reads are kept until all versions stand. Nothing is made per event.

import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import { EventKind } from '../../../shared/model/event.ts';
import type { EventWriter } from '../../../shared/model/event-writer.ts';
import type { RunPlan } from '../run-plan/plan.ts';

/** By row: kinds are EventKinds; times in µs since the epoch; `value` as the kind has it, NaN for none. */
export class StepRows {
  readonly kind = new GrowableInt32();
  readonly taskRun = new GrowableInt32();
  readonly attempt = new GrowableInt32();
  readonly code = new GrowableInt32();
  readonly timeUs = new GrowableFloat64();
  readonly value = new GrowableFloat64();

  get length(): number {
    return this.kind.length;
  }

  add(kind: number, taskRun: number, attempt: number, timeUs: number, code: number, value: number): void {
    this.kind.push(kind);
    this.taskRun.push(taskRun);
    this.attempt.push(attempt);
    this.code.push(code);
    this.timeUs.push(timeUs);
    this.value.push(value);
  }
}

export class TraceEvents {
  /** Of task runs that write, in the order of the play. */
  readonly steps = new StepRows();
  /** Of attempts that read: their starts, in the order of the play. */
  readonly starts = new StepRows();
  readonly #plan: RunPlan;
  readonly #events: EventWriter;
  readonly #ruleOf: (taskRun: number) => number;

  /** `ruleOf`: the row of the log's texts that names why a task run was skipped. */
  constructor(plan: RunPlan, events: EventWriter, ruleOf: (taskRun: number) => number) {
    this.#plan = plan;
    this.#events = events;
    this.#ruleOf = ruleOf;
  }

  /** `timeMs`: from the plan's start; `value` as the kind has it, of a wait and a retry a time as well. */
  add(kind: number, taskRun: number, attempt: number, timeMs: number, code = 0, value = Number.NaN): void {
    const timeUs = this.#us(timeMs);
    if (kind < EventKind.versionOpened) this.#addEvent(kind, taskRun, attempt, timeUs, code, value);
    const { reads, writes } = this.#plan;
    if (isStep(kind) && writes.offsets[taskRun] < writes.offsets[taskRun + 1])
      this.steps.add(kind, taskRun, attempt, timeUs, code, value);
    if (kind === EventKind.taskStarted && reads.offsets[taskRun] < reads.offsets[taskRun + 1])
      this.starts.add(kind, taskRun, attempt, timeUs, code, value);
  }

  /** The code of a start says something of its versions alone. */
  #addEvent(kind: number, taskRun: number, attempt: number, timeUs: number, code: number, value: number): void {
    const run = this.#plan.taskRuns.run[taskRun];
    const isUntil = kind === EventKind.taskBlocked || kind === EventKind.taskRetry;
    const text = kind === EventKind.taskSkipped ? this.#ruleOf(taskRun) : -1;
    const told = kind === EventKind.taskStarted ? 0 : code;
    this.#events.addOfTaskRun(timeUs, kind, run, taskRun, attempt, told, isUntil ? this.#us(value) : Number.NaN, text);
  }

  #us(ms: number): number {
    return (this.#plan.frame.startMs + ms) * US_PER_MS;
  }
}

const isStep = (kind: number): boolean =>
  kind === EventKind.taskStarted ||
  kind === EventKind.taskEnded ||
  kind === EventKind.note ||
  (kind >= EventKind.versionOpened && kind <= EventKind.versionMarker);
