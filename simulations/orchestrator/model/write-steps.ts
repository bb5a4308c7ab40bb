// From the end of an attempt's work to its data's landing: check, finalize, publish. The work's end lets go whoever waits
// for the end (as on the reference day); only a publish lets go its readers. A writer that dies on the way is noticed,
// and its task run tried again. Part of the player (play-model.ts).
// In the trace, a version's step stands for all partitions that the task run writes.

import { Step } from '../../../shared/lifecycle/status.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { NO_ROW, ROW_INTS } from '../../engine/rows.ts';
import { Failure, retryDelayMs } from './attempts.ts';
import { FailSteps } from './fail-steps.ts';
import { type Fate, FateStep } from './fates.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE } from './model-rows.ts';
import { PUBLISHED_AGAIN, PUBLISHED_BY_MARKER, type Trace, TraceStep } from './trace.ts';

export abstract class WriteSteps extends FailSteps {
  protected succeed(row: number, taskRun: number): void {
    if (!this.isPlain) {
      this.end(row, taskRun, Outcome.success);
      if (this.rules.tellsEarly) this.#tellEarly(row, taskRun);
      this.#toCheck(row, taskRun);
      return;
    }
    this.times.finalMs[taskRun] = this.nowMs + this.finalize.ms(taskRun);
    this.end(row, taskRun, Outcome.success);
    this.handOver(row, taskRun);
  }

  #toCheck(row: number, taskRun: number): void {
    if (!this.checks.checks(taskRun)) {
      this.#toService(row, taskRun);
      return;
    }
    if (this.isStruck(row, taskRun, FateStep.check)) return;
    const spanMs = this.checks.spanMs(this.replication, taskRun, this.rows[row + ROW_ATTEMPT]);
    const endMs = this.checkOutages.beginMs(taskRun, this.nowMs + spanMs);
    this.pushStep(row, taskRun, Phase.checking, endMs, Step.checkPassed);
  }

  protected endCheck(row: number): void {
    const taskRun = row / ROW_INTS;
    this.events++;
    const failedDataset = this.checks.failedDataset(this.replication, taskRun, this.rows[row + ROW_ATTEMPT]);
    if (this.trace !== null) {
      if (failedDataset < 0) this.trace.add(TraceStep.passed, taskRun, this.rows[row + ROW_ATTEMPT]);
      else this.traceWith(TraceStep.notPassed, row, 0, failedDataset);
    }
    if (failedDataset < 0 || this.rules.skipsChecks) this.#toService(row, taskRun);
    else this.failAttempt(row, taskRun, Failure.check);
  }

  #toService(row: number, taskRun: number): void {
    if (this.isStruck(row, taskRun, FateStep.finalize)) return;
    if (this.service.isBinding) {
      this.rows[row + ROW_PHASE] = Phase.finalizing;
      this.toFinalize.add(row);
    } else if (this.#finalizesInTime(taskRun)) {
      const endMs = this.nowMs + this.finalize.ms(taskRun);
      this.pushStep(row, taskRun, Phase.finalizing, endMs, Step.finalize);
    } else {
      this.times.finalMs[taskRun] = this.nowMs + this.finalize.ms(taskRun);
      this.rows[row + ROW_PHASE] = Phase.done;
      this.handOver(row, taskRun);
    }
  }

  /** Whether something waits for its finalize, or can come before it: else its time is known beforehand. */
  #finalizesInTime(taskRun: number): boolean {
    if (this.holders.isShared(taskRun) || this.publishFaults.isTimed) return true;
    return this.attempts.isFateful && this.fates.deadlineMs(taskRun) !== Number.POSITIVE_INFINITY;
  }

  /** Whoever comes at one instant is served in order of task runs. */
  protected enterService(): void {
    const rows = this.toFinalize;
    rows.sort();
    for (let i = 0; i < rows.size; i++) if (this.service.enter(rows.at(i))) this.#beginFinalize(rows.at(i));
    rows.clear();
  }

  /** Whoever was taken for dead meanwhile leaves its server to the next. */
  #beginFinalize(first: number): void {
    for (let row = first; row !== NO_ROW; row = this.service.leave()) {
      const taskRun = row / ROW_INTS;
      const endMs = this.service.beginMs(row, this.nowMs) + this.finalize.ms(taskRun);
      if (this.pushStep(row, taskRun, Phase.finalizing, endMs, Step.finalize)) return;
    }
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
    this.handOver(row, taskRun);
    if (this.holders.isShared(taskRun) && this.holders.endsWithPart(taskRun)) this.release(taskRun);
  }

  /** It slept and nobody has missed it: it goes on where it was. */
  protected goOnAwake(row: number): void {
    const taskRun = row / ROW_INTS;
    if (this.fates.sleptAt[taskRun] === FateStep.check) this.#toCheck(row, taskRun);
    else this.#toService(row, taskRun);
  }

  /** The publish, as an event only where somebody waits for it. */
  protected handOver(row: number, taskRun: number): void {
    if (!this.isPlain) this.#delayPublish(row, taskRun);
    if (this.trace !== null && this.isToldInFull(taskRun)) this.#traceLanding(this.trace, row, taskRun);
    if (this.rules.tellsEarly) return;
    if (this.messages.isPair(taskRun)) this.#sendFirst(row, taskRun);
    else this.#send(row, Phase.publishing, this.#awaitedMs(taskRun, taskRun));
  }

  #send(row: number, phase: number, atMs: number): void {
    if (atMs === Number.POSITIVE_INFINITY) return;
    this.rows[row + ROW_PHASE] = phase;
    this.queue.push(row, atMs);
  }

  /** When a message comes that somebody waits for; Infinity for never. */
  #awaitedMs(taskRun: number, message: number): number {
    const { publishOffsets } = this.graph;
    if (publishOffsets[message] === publishOffsets[message + 1] && !this.#isJudged(taskRun, message))
      return Number.POSITIVE_INFINITY;
    const atMs = this.toldMs(message);
    return Number.isNaN(atMs) ? Number.POSITIVE_INFINITY : atMs;
  }

  /** A row is in the queue once, so the later of two messages follows the earlier; at one instant the event is first. */
  #sendFirst(row: number, taskRun: number): void {
    const eventMs = this.#awaitedMs(taskRun, taskRun);
    const markerMs = this.#awaitedMs(taskRun, this.messages.markerOf(taskRun));
    if (eventMs <= markerMs) this.#send(row, Phase.publishing, eventMs);
    else this.#send(row, Phase.marking, markerMs);
  }

  /** `isMarking`: the marker comes now; else the event does. */
  #sendSecond(row: number, taskRun: number, isMarking: boolean): void {
    const atMs = this.#awaitedMs(taskRun, isMarking ? taskRun : this.messages.markerOf(taskRun));
    if (atMs > this.nowMs || (atMs === this.nowMs && !isMarking))
      this.#send(row, isMarking ? Phase.publishing : Phase.marking, atMs);
  }

  /** Outages, strikes at a time, and what strikes the attempt at its publish: the event is in the outbox, and is delivered later. */
  #delayPublish(row: number, taskRun: number): void {
    const fate = this.attempts.isFateful ? this.fates.take(taskRun, FateStep.publish) : null;
    this.#delayMessage(row, taskRun, taskRun, fate);
    if (this.messages.isPair(taskRun)) this.#delayMessage(row, taskRun, this.messages.markerOf(taskRun), fate);
  }

  #delayMessage(row: number, taskRun: number, message: number, fate: Fate | null): void {
    const { extraMs, isTimed } = this.publishFaults;
    if (isTimed) this.publishFaults.handOver(message, this.nowMs, this.replication);
    if (fate !== null) extraMs[message] += this.#redeliveryMs(row, taskRun, message, fate);
    if (!this.publishOutages.isBinding) return;
    const atMs = this.toldMs(message);
    if (!Number.isNaN(atMs)) extraMs[message] += this.publishOutages.beginMs(taskRun, atMs) - atMs;
  }

  /** A publish that fails is tried again as its task is; a dead publisher's is delivered once it is noticed. */
  #redeliveryMs(row: number, taskRun: number, message: number, { kind, sleepMs }: Fate): number {
    if (kind === 'task-failure') {
      const retries = this.attempts.retriesOf(taskRun);
      const attempt = this.rows[row + ROW_ATTEMPT];
      return attempt > retries.times ? Number.POSITIVE_INFINITY : retryDelayMs(retries, attempt);
    }
    const atMs = this.toldMs(message);
    const noticedMs = this.attempts.liveness.noticedMs(this.fates.startedMs[taskRun], atMs);
    return kind === 'zombie-writer' ? Math.min(sleepMs, Math.max(0, noticedMs - atMs) || sleepMs) : noticedMs - atMs;
  }

  protected endPublish(row: number): void {
    const taskRun = row / ROW_INTS;
    this.events++;
    const isMarking = this.rows[row + ROW_PHASE] === Phase.marking;
    const message = isMarking ? this.messages.markerOf(taskRun) : taskRun;
    this.rows[row + ROW_PHASE] = Phase.done;
    if (this.messages.isPair(taskRun)) this.#sendSecond(row, taskRun, isMarking);
    if (this.#isJudged(taskRun, message) && !this.#mayMark(row, taskRun, message)) return;
    this.dependencies.tellPublish(message, this.markers.lookMs(message, this.nowMs));
    this.followUp();
  }

  /** Whether another writer may come between its data and its marker. */
  #isJudged(taskRun: number, message: number): boolean {
    return this.markers.isMarked(message) && this.holders.isShared(taskRun);
  }

  /** A marker would vouch for the files of whoever has opened the partition since: then it is not written. */
  #mayMark(row: number, taskRun: number, message: number): boolean {
    const markedMs = this.nowMs - this.delayMs(message);
    const isStale = this.holders.isOpenedSince(taskRun, this.times.finalMs[taskRun], markedMs);
    const attempt = this.rows[row + ROW_ATTEMPT];
    if (isStale && !this.rules.marksStale) {
      this.trace?.addAt(EventKind.note, taskRun, attempt, markedMs, Step.marker);
      this.publishFaults.extraMs[message] = Number.POSITIVE_INFINITY;
      return false;
    }
    this.trace?.addAt(EventKind.versionMarker, taskRun, attempt, markedMs);
    this.trace?.add(EventKind.versionPublished, taskRun, attempt, codeOf(taskRun, message));
    return true;
  }

  /** What a rule that is switched off would have kept. */
  #tellEarly(row: number, taskRun: number): void {
    if (this.rules.publishesEarly && this.#isWritten(taskRun))
      this.#eachMessage(taskRun, (message) => this.traceRow(EventKind.versionPublished, row, codeOf(taskRun, message)));
    if (this.rules.marksEarly)
      this.#eachMessage(taskRun, (message) => {
        if (this.markers.isMarked(message)) this.traceRow(EventKind.versionMarker, row);
      });
    this.dependencies.tellAllPublishes(taskRun);
    this.followUp();
  }

  /** When it is whole and published the player knows; what may yet be undone is told now. */
  #traceLanding(trace: Trace, row: number, taskRun: number): void {
    const attempt = this.rows[row + ROW_ATTEMPT];
    if (this.markers.isMarked(taskRun) || this.messages.isPair(taskRun)) {
      trace.addWith(TraceStep.whole, taskRun, attempt, this.times.finalMs[taskRun], 0, this.publishedMs(taskRun));
      this.#eachMessage(taskRun, (message) => this.#traceMessage(trace, attempt, taskRun, message));
    } else trace.add(TraceStep.landed, taskRun, attempt);
    const { againMs } = this.publishFaults;
    if (againMs.length === 0 || !this.#isWritten(taskRun)) return;
    this.#eachMessage(taskRun, (message) => {
      if (this.#isJudged(taskRun, message)) return;
      const atMs = this.toldMs(message) + againMs[message];
      const code = PUBLISHED_AGAIN | codeOf(taskRun, message);
      if (!Number.isNaN(atMs)) trace.addAt(EventKind.versionPublished, taskRun, attempt, atMs, code);
    });
  }

  #traceMessage(trace: Trace, attempt: number, taskRun: number, message: number): void {
    const toldMs = this.toldMs(message);
    if (Number.isNaN(toldMs) || this.#isJudged(taskRun, message)) return;
    if (this.markers.isMarked(message) && !this.rules.marksEarly)
      trace.addAt(EventKind.versionMarker, taskRun, attempt, toldMs - this.delayMs(message));
    trace.addAt(EventKind.versionPublished, taskRun, attempt, toldMs, codeOf(taskRun, message));
  }

  /** Its event or its marker, or both. */
  #eachMessage(taskRun: number, each: (message: number) => void): void {
    each(taskRun);
    if (this.messages.isPair(taskRun)) each(this.messages.markerOf(taskRun));
  }

  #isWritten(taskRun: number): boolean {
    const { offsets } = this.in.plan.writes;
    return offsets[taskRun] < offsets[taskRun + 1];
  }
}

/** In a trace: whether a message of a task run is the marker beside its event. */
const codeOf = (taskRun: number, message: number): number => (message === taskRun ? 0 : PUBLISHED_BY_MARKER);
