// A replay as a log: the recorded one with its events at their new times. What happens inside an attempt keeps its place
// in it, what follows keeps its distance. Waits are the replay's own: those for slots are told, the rest is left to be
// inferred. A reader that waits for nothing sees what is there at its new time. Task runs that were taken away are gone.

import { US_PER_MS } from '../../../shared/base/time.ts';
import { BLOCK_CAUSES, EventKind, Evidence, packEvidence } from '../../../shared/model/event.ts';
import { type EventInput, EventWriter, eventAt } from '../../../shared/model/event-writer.ts';
import type { EventChunk, Log } from '../../../shared/model/log.ts';
import type { ReplayPieces } from './pieces.ts';
import { ReadAgain } from './read-again.ts';
import type { ReplayTimes } from './replay.ts';

const POOL = BLOCK_CAUSES.indexOf('pool');
/** A task run counts as queued when it has its slots, if it was recorded that close before its start. */
const NEAR_MS = 1;

export interface ReplayLogInput {
  readonly log: Log;
  readonly replay: ReplayPieces;
  readonly times: ReplayTimes;
  readonly name: string;
  readonly title: string;
  /** By read event of a task run: whether the reader waits for that dataset. */
  readonly isDeclared: (taskRun: number, dataset: number) => boolean;
}

export function logOfReplay(input: ReplayLogInput): Log {
  return new ReplayLog(input).write();
}

class ReplayLog {
  readonly #in: ReplayLogInput;
  readonly #events = new EventWriter();
  readonly #readAgain: ReadAgain;
  /** By run: the first let-go and the last end of its task runs that are left, ms; and how far the first was moved. */
  readonly #runMovedMs: Float64Array;
  readonly #runEndMs: Float64Array;

  constructor(input: ReplayLogInput) {
    this.#in = input;
    this.#readAgain = new ReadAgain(input.log);
    const runs = input.log.runs.pipeline.length;
    this.#runMovedMs = new Float64Array(runs).fill(Number.NaN);
    this.#runEndMs = new Float64Array(runs).fill(Number.NaN);
    this.#spanRuns();
  }

  write(): Log {
    const { log, name, title } = this.#in;
    // Who wrote what when, before anyone reads it.
    for (const chunk of log.chunks)
      for (let row = 0; row < chunk.rows; row++) if (chunk.kind[row] !== EventKind.read) this.#move(chunk, row);
    for (const chunk of log.chunks)
      for (let row = 0; row < chunk.rows; row++) if (chunk.kind[row] === EventKind.read) this.#moveRead(chunk, row);
    this.#tellWaits();
    return {
      ...log,
      name,
      title,
      source: 'counterfactual',
      versions: this.#readAgain.versions(),
      chunks: this.#events.finish(),
    };
  }

  #move(chunk: EventChunk, row: number): void {
    const kind = chunk.kind[row];
    if (kind === EventKind.taskBlocked) return;
    const event = eventAt(chunk, row);
    if (event.taskRun < 0 && event.version < 0) {
      this.#moveRunEvent(event);
      return;
    }
    const timeUs = this.#movedUs(event);
    // Gone with its task run, or it never came to it.
    if (timeUs === null) return;
    const value = kind === EventKind.taskRetry ? event.value + (timeUs - event.timeUs) : event.value;
    const moved = { ...event, timeUs, value };
    this.#events.push(moved);
    if (event.version >= 0) this.#readAgain.observe(moved);
  }

  /** A run of which nothing is left is gone. */
  #moveRunEvent(event: Required<EventInput>): void {
    const isRunEvent = event.run >= 0 && (event.kind === EventKind.runCreated || event.kind === EventKind.runEnded);
    if (!isRunEvent) {
      this.#events.push(event);
      return;
    }
    const movedMs = this.#runMovedMs[event.run];
    if (Number.isNaN(movedMs)) return;
    const timeUs =
      event.kind === EventKind.runCreated ? event.timeUs + movedMs * US_PER_MS : this.#us(this.#runEndMs[event.run]);
    this.#events.push({ ...event, timeUs });
  }

  #moveRead(chunk: EventChunk, row: number): void {
    const event = eventAt(chunk, row);
    const timeUs = event.taskRun < 0 ? event.timeUs : this.#movedUs(event);
    if (timeUs === null) return;
    const { version } = event;
    const dataset = version < 0 ? -1 : this.#in.log.versions.dataset[version];
    const isFree = dataset >= 0 && !this.#in.isDeclared(event.taskRun, dataset);
    const seen = isFree ? this.#readAgain.at(version, timeUs, event.value) : null;
    this.#events.push(seen === null ? { ...event, timeUs } : { ...event, timeUs, ...seen });
  }

  /** Null for what did not happen; the same for what belongs to no piece. */
  #movedUs(event: Required<EventInput>): number | null {
    const { log, replay } = this.#in;
    const owner = event.version >= 0 && isStep(event.kind) ? log.versions.owner[event.version] : -1;
    const taskRun = owner >= 0 ? owner : event.taskRun;
    if (taskRun < 0 || replay.firstOf[taskRun] < 0) return event.timeUs;
    const piece = this.#pieceOf(taskRun, event);
    return this.#in.times.removed[piece] === 1 ? null : this.#inPiece(piece, event);
  }

  #pieceOf(taskRun: number, { attempt, timeUs }: Required<EventInput>): number {
    const { pieces, firstOf } = this.#in.replay;
    let found = firstOf[taskRun];
    for (let i = found; i < pieces.length && pieces[i].taskRun === taskRun; i++) {
      if (attempt > 0 ? pieces[i].attempt <= attempt : this.#us(pieces[i].startedMs) <= timeUs) found = i;
    }
    return found;
  }

  #inPiece(i: number, { kind, timeUs }: Required<EventInput>): number | null {
    const { replay, times } = this.#in;
    const recorded = replay.pieces[i];
    const [fromMs, toMs] = [times.startedMs[i], times.endedMs[i]];
    const atMs = (timeUs - replay.originUs) / US_PER_MS;
    if (kind === EventKind.taskQueued) return this.#queuedUs(i, atMs);
    if (atMs < recorded.startedMs) return this.#us(times.letGoMs[i] + Math.max(0, atMs - recorded.letGoMs));
    if (kind === EventKind.taskStarted) return known(this.#us(fromMs));
    if (atMs >= recorded.endedMs) return known(this.#us(toMs + atMs - recorded.endedMs));
    const share = (atMs - recorded.startedMs) / (recorded.endedMs - recorded.startedMs);
    return known(this.#us(fromMs + share * (toMs - fromMs)));
  }

  #queuedUs(i: number, atMs: number): number | null {
    const { replay, times } = this.#in;
    const beforeMs = replay.pieces[i].startedMs - atMs;
    const isGrant = beforeMs <= replay.pieces[i].startUpMs + NEAR_MS;
    return known(this.#us(isGrant ? times.startedMs[i] - beforeMs : times.askedMs[i]));
  }

  #tellWaits(): void {
    const { log, times } = this.#in;
    for (const [i, { taskRun, attempt }] of times.pieces.entries()) {
      if (times.removed[i] === 1 || !(times.grantedMs[i] > times.askedMs[i])) continue;
      this.#events.push({
        timeUs: this.#us(times.grantedMs[i]),
        kind: EventKind.taskBlocked,
        evidence: packEvidence(Evidence.recorded),
        taskRun,
        run: log.taskRuns.run[taskRun],
        attempt,
        code: POOL,
        value: this.#us(times.askedMs[i]),
      });
    }
  }

  #spanRuns(): void {
    const { log, replay, times } = this.#in;
    const firstMs = new Float64Array(this.#runEndMs.length).fill(Number.POSITIVE_INFINITY);
    for (const [i, { taskRun }] of times.pieces.entries()) {
      if (times.removed[i] === 1) continue;
      const run = log.taskRuns.run[taskRun];
      if (!(this.#runEndMs[run] >= times.endedMs[i])) this.#runEndMs[run] = times.endedMs[i];
      if (replay.pieces[i].letGoMs >= firstMs[run]) continue;
      firstMs[run] = replay.pieces[i].letGoMs;
      // A run that the clock makes is there when it always was.
      const isTriggered = replay.pieces[i].releaseMs === 0 && replay.pieces[i].waits.length > 0;
      this.#runMovedMs[run] = isTriggered ? times.letGoMs[i] - replay.pieces[i].letGoMs : 0;
    }
  }

  #us(ms: number): number {
    return Math.round(this.#in.replay.originUs + ms * US_PER_MS);
  }
}

const known = (us: number): number | null => (Number.isNaN(us) ? null : us);
const isStep = (kind: number): boolean => kind >= EventKind.versionOpened && kind <= EventKind.versionMarker;
