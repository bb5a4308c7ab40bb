// Turns a play's trace into the commands that its writers gave, version by version and in order of time. A writer is a
// task run; the copies of a mapped task are one writer, whose version is whole when the last copy's part is.

import { orderByNumber } from '../../../shared/base/order-by-number.ts';
import { Step } from '../../../shared/lifecycle/status.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { labelOf } from '../../../shared/scenario/workload.ts';
import { isByMarker, MessageRows } from '../run-plan/messages.ts';
import { partitionKey } from '../run-plan/partitions.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { Failure } from './attempts.ts';
import { NOT_OPENED, PUBLISHED_AGAIN, PUBLISHED_BY_MARKER } from './trace.ts';
import type { StepRows } from './trace-events.ts';
import type { Subject, VersionLog } from './version-log.ts';

interface Writer {
  readonly name: string;
  /** By partition of the task run's writes: the token that its latest open gave. */
  tokens: readonly number[];
  /** By attempt: the same, for writers that come late. */
  readonly ofAttempt: (readonly number[])[];
  readonly copies: number;
  /** One of its copies has failed for good: no version of it will be whole. */
  isLost: boolean;
  finalized: number;
  /** It tells of some of its partitions by events and of others by markers. */
  readonly isPair: boolean;
  /** By event (or all), and by the marker beside it. */
  readonly published: [number, number];
  marked: number;
}

const LOST_PART = 'another part of it failed';

/** By Failure. */
const REASONS = [
  '',
  'its task failed',
  'its task timed out',
  'its check failed',
  'its writer crashed',
  'its worker was lost',
  'its lease was over when it woke',
  'its writer was not heard of',
];

export class VersionSteps {
  readonly #plan: RunPlan;
  readonly #messages: MessageRows;
  readonly #versions: VersionLog;
  /** By task run; copies share theirs. */
  readonly #writers = new Map<number, Writer>();

  constructor(plan: RunPlan, versions: VersionLog) {
    this.#plan = plan;
    this.#messages = new MessageRows(plan.definitions, plan.taskRuns.task);
    this.#versions = versions;
  }

  /** Every step of a trace, in order of time. */
  write(steps: StepRows): void {
    for (const row of orderByNumber(steps.timeUs.finish())) {
      const kind = steps.kind.at(row);
      const code = steps.code.at(row);
      const at = this.#subject(steps, row);
      switch (kind) {
        case EventKind.taskStarted:
          if (code !== NOT_OPENED || this.#writerOf(at.taskRun).copies > 1) this.#open(at);
          break;
        case EventKind.taskEnded:
          this.#workEnded(at, code);
          break;
        case EventKind.versionChecked:
          this.#checked(at, code === 1, steps.value.at(row));
          break;
        case EventKind.versionHeartbeat:
          this.#beat(at);
          break;
        case EventKind.versionFailed:
        case EventKind.versionExpired:
          this.#ended(at, kind, code, steps.value.at(row) === 1);
          break;
        case EventKind.versionFinalized:
          this.#finalized(at);
          break;
        case EventKind.versionMarker:
          this.#marked(at);
          break;
        case EventKind.versionPublished:
          this.#published(at, (code & PUBLISHED_AGAIN) !== 0, (code & PUBLISHED_BY_MARKER) !== 0);
          break;
        case EventKind.note:
          this.#refused(at, code);
      }
    }
  }

  #subject(steps: StepRows, row: number): Subject {
    const taskRun = steps.taskRun.at(row);
    const run = this.#plan.taskRuns.run[taskRun];
    return { timeUs: steps.timeUs.at(row), taskRun, run, attempt: steps.attempt.at(row) };
  }

  #open(at: Subject): void {
    const writer = this.#writerOf(at.taskRun);
    const partitions = this.#partitionsOf(at.taskRun);
    const isOpen = writer.tokens.length > 0 && this.#versions.isOpen(partitions[0], writer.tokens[0]);
    if (!isOpen || writer.copies === 1)
      writer.tokens = partitions.map((partition) => this.#versions.open(partition, writer.name, at));
    writer.ofAttempt[at.attempt] = writer.tokens;
  }

  /** Every partition that an attempt opened. */
  #each(at: Subject, step: (partition: number, token: number, writer: string) => void): void {
    const { name, ofAttempt } = this.#writerOf(at.taskRun);
    const tokens = ofAttempt[at.attempt];
    if (tokens !== undefined) this.#partitionsOf(at.taskRun).forEach((p, i) => step(p, tokens[i], name));
  }

  /** A copy may go on beating after another one failed for good, and the version with it. */
  #beat(at: Subject): void {
    const isPart = this.#writerOf(at.taskRun).copies > 1;
    this.#each(at, (p, token, name) => {
      if (!isPart || this.#versions.isOpen(p, token)) this.#versions.heartbeat(p, token, name, at);
    });
  }

  #workEnded(at: Subject, outcome: number): void {
    if (outcome !== Outcome.success && this.#writerOf(at.taskRun).copies > 1) return;
    this.#each(at, (p, token) => this.#versions.written(p, token, at.timeUs));
  }

  #checked(at: Subject, passed: boolean, failedDataset: number): void {
    const { name, tokens, copies } = this.#writerOf(at.taskRun);
    const { datasets } = this.#plan.definitions.workload;
    // Parts are checked with the whole; a bad part is written again.
    if (copies > 1) return;
    this.#partitionsOf(at.taskRun).forEach((p, i) => {
      const dataset = this.#plan.partitions.dataset[p];
      const { check, rows } = datasets[dataset];
      const isBad = dataset === failedDataset;
      if (check !== null && (passed || isBad)) this.#versions.check(p, tokens[i], name, !isBad, rows, at);
      else if (!passed) this.#versions.fail(p, tokens[i], name, REASONS[Failure.check], at);
    });
  }

  /** A copy that is tried again may still do its part. */
  #ended(at: Subject, kind: number, failure: number, isLast: boolean): void {
    const writer = this.#writerOf(at.taskRun);
    const isPart = writer.copies > 1;
    if (isPart && !isLast) return;
    writer.isLost = isLast;
    const hasExpired = kind === EventKind.versionExpired;
    this.#each(at, (p, token, name) => {
      if (isPart && !this.#versions.isOpen(p, token)) return;
      // The other copies of a part still beat: its version fails.
      if (hasExpired && !isPart) this.#versions.expire(p, token, at);
      else this.#versions.fail(p, token, name, REASONS[hasExpired ? Failure.expired : failure], at);
    });
  }

  /** What the play did not do because the lifecycle forbids it: an open of what is held, a step of a late writer. */
  #refused(at: Subject, step: number): void {
    const { name, copies } = this.#writerOf(at.taskRun);
    if (step === Step.open) this.#versions.openHeld(this.#partitionsOf(at.taskRun), name, at);
    else if (step === Step.marker)
      this.#each(at, (p, token) => {
        if (this.#isByMarker(p)) this.#versions.marker(p, token, this.#markerOf(p), at);
      });
    else if (copies === 1) this.#each(at, (p, token) => this.#versions.late(p, token, name, step, at));
  }

  #finalized(at: Subject): void {
    const writer = this.#writerOf(at.taskRun);
    if (writer.isLost) this.#giveUpParts(at, writer);
    if (++writer.finalized < writer.copies) return;
    const { datasets } = this.#plan.definitions.workload;
    this.#partitionsOf(at.taskRun).forEach((p, i) => {
      const { rows, check } = datasets[this.#plan.partitions.dataset[p]];
      if (writer.copies > 1 && check !== null) this.#versions.check(p, writer.tokens[i], writer.name, true, rows, at);
      this.#versions.finalize(p, writer.tokens[i], writer.name, rows, at);
    });
  }

  /** A part is there, and another will never be: the version that it was written to ends. */
  #giveUpParts(at: Subject, { tokens, name }: Writer): void {
    this.#partitionsOf(at.taskRun).forEach((p, i) => {
      if (this.#versions.isOpen(p, tokens[i])) this.#versions.fail(p, tokens[i], name, LOST_PART, at);
    });
  }

  /** A part's event a second time says nothing of the others. */
  #published(at: Subject, isAgain: boolean, besideEvent: boolean): void {
    const writer = this.#writerOf(at.taskRun);
    const { published, copies } = writer;
    const message = besideEvent ? 1 : 0;
    if (!isAgain) published[message]++;
    if (published[message] < copies) return;
    const { datasets } = this.#plan.definitions.workload;
    this.#partitionsOf(at.taskRun).forEach((p, i) => {
      if (writer.isPair && this.#isByMarker(p) !== besideEvent) return;
      const { rows } = datasets[this.#plan.partitions.dataset[p]];
      // Sent twice because the first answer was not heard: the finalize was, too.
      if (isAgain && copies === 1) this.#versions.finalizeAgain(p, writer.tokens[i], writer.name, rows, at);
      this.#versions.publish(p, writer.tokens[i], at);
    });
  }

  #marked(at: Subject): void {
    const writer = this.#writerOf(at.taskRun);
    if (++writer.marked < writer.copies) return;
    this.#partitionsOf(at.taskRun).forEach((p, i) => {
      if (this.#isByMarker(p)) this.#versions.marker(p, writer.tokens[i], this.#markerOf(p), at);
    });
  }

  #isByMarker(partition: number): boolean {
    const { partitions, definitions } = this.#plan;
    return isByMarker(definitions.workload.datasets[partitions.dataset[partition]]);
  }

  #markerOf(partition: number): string {
    const { partitions, definitions } = this.#plan;
    const { name, unit, marker } = definitions.workload.datasets[partitions.dataset[partition]];
    return [name, partitionKey(unit, partitions.index[partition]), marker ?? '']
      .filter((part) => part !== '')
      .join('/');
  }

  #partitionsOf(taskRun: number): number[] {
    const { offsets, partition } = this.#plan.writes;
    const partitions: number[] = [];
    for (let row = offsets[taskRun]; row < offsets[taskRun + 1]; row++) partitions.push(partition[row]);
    return partitions;
  }

  #writerOf(taskRun: number): Writer {
    const first = this.#firstCopy(taskRun);
    const known = this.#writers.get(first);
    if (known !== undefined) return known;
    const { task, run } = this.#plan.taskRuns;
    let copies = 1;
    while (first + copies < task.length && task[first + copies] === task[first] && run[first + copies] === run[first])
      copies++;
    const writer = {
      name: this.#nameOf(first),
      tokens: [],
      ofAttempt: [],
      copies,
      isLost: false,
      finalized: 0,
      isPair: this.#messages.isPair(first),
      published: [0, 0] as [number, number],
      marked: 0,
    };
    this.#writers.set(first, writer);
    return writer;
  }

  #nameOf(taskRun: number): string {
    const { definitions: d, taskRuns, runs, frame } = this.#plan;
    const task = taskRuns.task[taskRun];
    const label = labelOf(d.pipelines[d.pipelineOf[task]].name, d.tasks[task].name);
    const run = taskRuns.run[taskRun];
    return `${label} of run ${run} (${new Date(frame.startMs + runs.nominalMs[run]).toISOString()})`;
  }

  /** The copies of a mapped task stand beside each other. */
  #firstCopy(taskRun: number): number {
    return taskRun - Math.max(0, this.#plan.taskRuns.mapIndex[taskRun]);
  }
}
