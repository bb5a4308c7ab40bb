// The story of one task run, read from its events: when it was ready, its attempts, what it was told to wait for, and
// the versions that it wrote. Facts only; what they mean for a chain is decided elsewhere.

import { EventKind, Evidence, Outcome, timeEvidence } from '../../model/event.ts';
import type { EventIndex, Known } from './event-index.ts';

export interface Attempt {
  /** From 1. */
  readonly number: number;
  readonly queued: Known;
  readonly started: Known;
  readonly ended: Known;
  /** An Outcome; unknown while it runs. */
  readonly outcome: number;
  /** When it was to be tried again, told when the attempt before it failed; NaN when nobody said. */
  readonly againUs: number;
}

/** A wait that the log tells: from … to, for what (an index of BLOCK_CAUSES), who held it (a task run) or -1. */
export interface Wait {
  readonly fromUs: number;
  readonly toUs: number;
  readonly cause: number;
  readonly holder: number;
  readonly evidence: Evidence;
}

/** One version that it wrote. */
export interface Output {
  readonly version: number;
  /** The attempt that wrote it, as its first event that says one has it; 0 when none does. */
  readonly attempt: number;
  readonly opened: Known;
  readonly checked: Known;
  readonly finalized: Known;
  readonly published: Known;
  /** Rows when finalized (or when checked); NaN when unknown. */
  readonly rows: number;
}

/** What it read: the version's row, the event's number, and rows or NaN. */
export interface Read {
  readonly version: number;
  readonly seq: number;
  readonly us: number;
  readonly rows: number;
}

export interface Story {
  readonly taskRun: number;
  readonly created: Known;
  /** Before its first start. */
  readonly ready: Known;
  /** The task run whose end or publish made it ready, as the log tells; -1 when it does not. */
  readonly readyBy: number;
  /** In order; empty when it never started. */
  readonly attempts: readonly Attempt[];
  /** In order of time. */
  readonly waits: readonly Wait[];
  readonly outputs: readonly Output[];
  readonly reads: readonly Read[];
  /** Skipped, or upstream_failed: the outcome; 0 for a task run that was let run. */
  readonly skipped: number;
}

export const UNKNOWN_TIME: Known = { us: Number.NaN, evidence: Evidence.unknown };
export const isKnown = ({ us }: Known): boolean => !Number.isNaN(us);

export function storyOf(events: EventIndex, taskRun: number): Story {
  const reader = new StoryReader(taskRun);
  for (const seq of events.eventsOf(taskRun)) reader.take(events, seq);
  return reader.finish();
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

class StoryReader {
  readonly #taskRun: number;
  readonly #attempts: Draft<Attempt>[] = [];
  readonly #waits: Wait[] = [];
  readonly #outputs = new Map<number, Draft<Output>>();
  readonly #reads: Read[] = [];
  #created = UNKNOWN_TIME;
  #ready = UNKNOWN_TIME;
  #readyBy = -1;
  #skipped = 0;
  #againUs = Number.NaN;

  constructor(taskRun: number) {
    this.#taskRun = taskRun;
  }

  take(events: EventIndex, seq: number): void {
    const { chunk, row } = events.chunkOf(seq);
    const at: Known = { us: chunk.timeUs[row], evidence: timeEvidence(chunk.evidence[row]) };
    const code = chunk.code[row];
    const value = chunk.value[row];
    switch (chunk.kind[row]) {
      case EventKind.taskCreated:
        this.#created = at;
        return;
      case EventKind.taskReady:
        if (this.#attempts.some(({ started }) => isKnown(started))) return;
        this.#ready = at;
        this.#readyBy = chunk.ref[row];
        return;
      case EventKind.taskBlocked:
        this.#waits.push({ fromUs: value, toUs: at.us, cause: code, holder: chunk.ref[row], evidence: at.evidence });
        return;
      case EventKind.taskQueued:
        this.#attempt(chunk.attempt[row], 'queued').queued = at;
        return;
      case EventKind.taskStarted:
        this.#attempt(chunk.attempt[row], 'started').started = at;
        return;
      case EventKind.taskEnded:
        this.#end(this.#attempt(chunk.attempt[row], 'ended'), at, code);
        return;
      case EventKind.taskRetry:
        this.#againUs = value;
        return;
      case EventKind.taskSkipped:
        this.#skipped = code === 0 ? Outcome.skipped : code;
        return;
      case EventKind.read:
        this.#reads.push({ version: chunk.version[row], seq, us: at.us, rows: value });
        return;
      default:
        this.#output(chunk.kind[row], chunk.version[row], chunk.attempt[row], at, value);
    }
  }

  /** The attempt of a number; without one, the last that has not come to this step yet, or a new one. */
  #attempt(number: number, step: 'queued' | 'started' | 'ended'): Draft<Attempt> {
    const last = this.#attempts.at(-1);
    if (number === 0 && last !== undefined && !isKnown(last[step]) && !isKnown(last.ended)) return last;
    const wanted = number > 0 ? number : (last?.number ?? 0) + 1;
    const known = this.#attempts.find((attempt) => attempt.number === wanted);
    if (known !== undefined) return known;
    const attempt: Draft<Attempt> = {
      number: wanted,
      queued: UNKNOWN_TIME,
      started: UNKNOWN_TIME,
      ended: UNKNOWN_TIME,
      outcome: Outcome.unknown,
      againUs: this.#againUs,
    };
    this.#againUs = Number.NaN;
    this.#attempts.push(attempt);
    return attempt;
  }

  #end(attempt: Draft<Attempt>, at: Known, outcome: number): void {
    attempt.ended = at;
    attempt.outcome = outcome;
  }

  #output(kind: number, version: number, attempt: number, at: Known, value: number): void {
    if (version < 0) return;
    const output = this.#outputs.get(version) ?? {
      version,
      attempt,
      opened: UNKNOWN_TIME,
      checked: UNKNOWN_TIME,
      finalized: UNKNOWN_TIME,
      published: UNKNOWN_TIME,
      rows: Number.NaN,
    };
    this.#outputs.set(version, output);
    if (output.attempt === 0) output.attempt = attempt;
    if (kind === EventKind.versionOpened) output.opened = at;
    else if (kind === EventKind.versionChecked) output.checked = at;
    else if (kind === EventKind.versionFinalized) output.finalized = at;
    // A publish that came twice counts once: the first.
    else if (kind === EventKind.versionPublished && !isKnown(output.published)) output.published = at;
    else return;
    if (!Number.isNaN(value)) output.rows = value;
  }

  finish(): Story {
    return {
      taskRun: this.#taskRun,
      created: this.#created,
      ready: this.#ready,
      readyBy: this.#readyBy,
      attempts: this.#attempts.sort((a, b) => a.number - b.number),
      waits: this.#waits.filter(({ fromUs, toUs }) => fromUs < toUs).sort((a, b) => a.fromUs - b.fromUs),
      outputs: [...this.#outputs.values()],
      reads: this.#reads,
      skipped: this.#skipped,
    };
  }
}
