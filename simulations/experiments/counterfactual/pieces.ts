// An observed log as something that can be played: a piece for each attempt that ran, with its own recorded length, what
// it waited for, and the delays that were neither dependency nor pool. Waits for a pool of known size are left out: the
// play makes them anew. Every other wait (loop, limits, detection, retries) is kept as long as it was.
// Limits: a log of at most SPAN_MAX_MS; an attempt that had not ended runs to the log's end.

import type { ChainPart } from '../../../shared/analysis/why/chain.ts';
import { partMs } from '../../../shared/analysis/why/chain.ts';
import { type ChainReader, readyLimit } from '../../../shared/analysis/why/critical-chain.ts';
import { type Attempt, isKnown, type Story } from '../../../shared/analysis/why/story.ts';
import type { Upstream } from '../../../shared/analysis/why/upstreams.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import { Outcome } from '../../../shared/model/event.ts';
import type { Log } from '../../../shared/model/log.ts';

/** 12 days: the engine's times end at 2^30 ms. */
export const SPAN_MAX_MS = 12 * 86_400_000;

/** Waits for another piece's end, or for the publish of what it wrote. */
export interface PieceWait {
  readonly piece: number;
  readonly by: Upstream['by'];
}

export interface Piece {
  readonly taskRun: number;
  readonly attempt: number;
  /** Not before this, ms from the replay's start: its run's due time, or when its source came. */
  readonly releaseMs: number;
  /** How much of the release was its source's lateness. */
  readonly sourceMs: number;
  /** From being let go to asking for slots, and from having them to its start. */
  readonly delayMs: number;
  readonly startUpMs: number;
  readonly runMs: number;
  /** From its end to the publish of the last that it wrote. */
  readonly publishMs: number;
  readonly waits: readonly PieceWait[];
  /** As recorded, ms from the replay's start: when it was let go, started, and ended. */
  readonly letGoMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
}

type PieceStart = Pick<Piece, 'releaseMs' | 'sourceMs' | 'delayMs' | 'startUpMs' | 'waits' | 'letGoMs'>;

export interface ReplayPieces {
  readonly pieces: readonly Piece[];
  /** By task run: its first piece; -1 when it never ran. Those of later attempts follow it. */
  readonly firstOf: Int32Array;
  /** Epoch µs of the replay's time 0. */
  readonly originUs: number;
  readonly endMs: number;
}

export function piecesOf(log: Log, reader: ChainReader): ReplayPieces {
  return new PieceMaker(log, reader).make();
}

class PieceMaker {
  readonly #log: Log;
  readonly #reader: ChainReader;
  readonly #firstOf: Int32Array;
  readonly #originUs: number;
  readonly #endUs: number;

  constructor(log: Log, reader: ChainReader) {
    this.#log = log;
    this.#reader = reader;
    this.#firstOf = new Int32Array(log.taskRuns.task.length).fill(-1);
    [this.#originUs, this.#endUs] = spanOf(log);
  }

  make(): ReplayPieces {
    const drafts: { readonly story: Story; readonly attempt: Attempt; readonly before: Attempt | null }[] = [];
    for (let taskRun = 0; taskRun < this.#firstOf.length; taskRun++) {
      const story = this.#reader.story(taskRun);
      let before: Attempt | null = null;
      for (const attempt of story.attempts) {
        if (!isKnown(attempt.started)) continue;
        if (before === null) this.#firstOf[taskRun] = drafts.length;
        drafts.push({ story, attempt, before });
        before = attempt;
      }
    }
    const pieces = drafts.map(({ story, attempt, before }) =>
      before === null ? this.#first(story, attempt) : this.#again(story, attempt, before),
    );
    return { pieces, firstOf: this.#firstOf, originUs: this.#originUs, endMs: this.#ms(this.#endUs) };
  }

  #first(story: Story, attempt: Attempt): Piece {
    const { taskRun } = story;
    const link = this.#reader.linkOf({ taskRun, at: attempt.started, version: -1, attempt: attempt.number }, false);
    const { delayMs, startUpMs, sourceMs } = this.#delays(taskRun, link.parts);
    const isRoot = link.letGoBy === 'schedule';
    const limitUs = isRoot ? link.fromUs + sourceMs * US_PER_MS : link.fromUs;
    const waits = this.#waitsOf(taskRun, readyLimit(story, attempt.started.us), limitUs);
    const due = isRoot ? this.#ms(link.fromUs) + sourceMs : 0;
    const releaseMs = waits.length === 0 || isRoot ? due : 0;
    const letGoMs = this.#ms(limitUs);
    return this.#piece(story, attempt, { letGoMs, releaseMs, sourceMs, delayMs, startUpMs, waits });
  }

  /** A later attempt comes as long after the one before it; after a success somebody asked for it at that time of day. */
  #again(story: Story, attempt: Attempt, before: Attempt): Piece {
    const { taskRun } = story;
    const link = this.#reader.linkOf({ taskRun, at: attempt.started, version: -1, attempt: attempt.number }, false);
    const parts = link.parts.filter(({ fromUs }) => fromUs >= before.ended.us);
    const { delayMs, startUpMs } = this.#delays(taskRun, parts);
    const waits = [{ piece: this.#pieceOf(taskRun, before.number), by: 'end' } as const];
    const isAskedFor = before.outcome === Outcome.success;
    const releaseMs = isAskedFor ? Math.max(0, this.#ms(attempt.started.us) - startUpMs) : 0;
    return this.#piece(story, attempt, {
      letGoMs: this.#ms(before.ended.us),
      releaseMs,
      sourceMs: 0,
      delayMs: isAskedFor ? 0 : delayMs,
      startUpMs,
      waits,
    });
  }

  /** Written out: objects that are spread have no common shape, and every look at one of so many is slow then. */
  #piece(story: Story, attempt: Attempt, start: PieceStart): Piece {
    const startedMs = this.#ms(attempt.started.us);
    const endedMs = Math.max(startedMs, this.#ms(isKnown(attempt.ended) ? attempt.ended.us : this.#endUs));
    return {
      taskRun: story.taskRun,
      attempt: attempt.number,
      releaseMs: start.releaseMs,
      sourceMs: start.sourceMs,
      delayMs: start.delayMs,
      startUpMs: start.startUpMs,
      runMs: endedMs - startedMs,
      publishMs: this.#lastPublishMs(story, attempt, endedMs) - endedMs,
      waits: start.waits,
      letGoMs: start.letGoMs,
      startedMs,
      endedMs,
    };
  }

  /** Of what the attempt opened; its end when that is nothing. */
  #lastPublishMs({ outputs, attempts }: Story, attempt: Attempt, endedMs: number): number {
    let lastMs = endedMs;
    if (outputs.length === 0) return lastMs;
    const next = attempts.find(({ number }) => number > attempt.number)?.started.us ?? Number.POSITIVE_INFINITY;
    for (const { opened, published, finalized } of outputs) {
      if (opened.us < attempt.started.us || opened.us >= next) continue;
      const us = isKnown(published) ? published.us : finalized.us;
      if (this.#ms(us) > lastMs) lastMs = this.#ms(us);
    }
    return lastMs;
  }

  /** Everything that had let it go by then. */
  #waitsOf(taskRun: number, readyUs: number, limitUs: number): PieceWait[] {
    const waits: PieceWait[] = [];
    for (const { at, attempt, taskRun: upstream, by } of this.#reader.cameBefore(taskRun, readyUs)) {
      if (at.us > limitUs || attempt === 0) continue;
      const piece = this.#pieceOf(upstream, attempt);
      if (piece >= 0) waits.push({ piece, by });
    }
    return waits;
  }

  /** -1 when that attempt's start is not known. */
  #pieceOf(taskRun: number, attempt: number): number {
    let row = this.#firstOf[taskRun];
    if (row < 0) return -1;
    for (const { number, started } of this.#reader.story(taskRun).attempts) {
      if (!isKnown(started)) continue;
      if (number === attempt) return row;
      row++;
    }
    return -1;
  }

  /** Of a wait: what comes before it asks for slots, and what after it has them. */
  #delays(taskRun: number, parts: readonly ChainPart[]) {
    const isPlayed = this.#reader.pools.sizeOf(this.#log.taskRuns.pool[taskRun]) >= 0;
    let delayMs = 0;
    let startUpMs = 0;
    let sourceMs = 0;
    let hasSlots = false;
    for (const part of parts) {
      const ms = partMs(part);
      const isForSlots = isPlayed && (part.cause === 'pool' || part.cause === 'priority');
      hasSlots ||= isForSlots || part.cause === 'start-up' || part.cause === 'executor';
      if (part.cause === 'source') sourceMs += ms;
      else if (isForSlots) continue;
      else if (hasSlots) startUpMs += ms;
      else delayMs += ms;
    }
    return { delayMs: Math.round(delayMs), startUpMs: Math.round(startUpMs), sourceMs: Math.round(sourceMs) };
  }

  #ms(us: number): number {
    return Math.round((us - this.#originUs) / US_PER_MS);
  }
}

/** Of all events and all due times; whole milliseconds. */
function spanOf({ chunks }: Log): [number, number] {
  let fromUs = Number.POSITIVE_INFINITY;
  let toUs = Number.NEGATIVE_INFINITY;
  for (const { rows, timeUs } of chunks)
    for (let i = 0; i < rows; i++) {
      if (timeUs[i] < fromUs) fromUs = timeUs[i];
      if (timeUs[i] > toUs) toUs = timeUs[i];
    }
  return Number.isFinite(fromUs) ? [Math.floor(fromUs / US_PER_MS) * US_PER_MS, toUs] : [0, 0];
}
