// What happened, told by the player as it happens, in as few numbers as will do: kept only when a log is wanted. A step is
// two integers in an engine's ring (its kind and task run; its time), and two more where it has a code or a later attempt;
// the one that every task run has is one.
// One step may stand for several events, and what the times of the play say is left out: trace-rows.ts spells it out.
// Times are whole numbers beyond a base that follows the play; steps of other times, or with a value, have doubles.
// Limits: kinds below 62, codes below 32, attempts below 2^20, task runs below 2^26.

import { TraceRing } from '../../engine/trace-ring.ts';

/** Beside every EventKind, which stands for that event and nothing else. */
export const TraceStep = {
  /** Its last dependency is satisfied at this time, and now the orchestrator has it. Code SENSED: it looked itself. */
  ready: 32,
  /** It stands in its queue, and waits for slots. */
  queued: 33,
  /** Its wait is over, and it runs. Code: 0 or NOT_OPENED. */
  started: 34,
  /** Its work is done. */
  done: 35,
  /** Its work is done for the last time: when, and at which attempt, the times of the play say. */
  over: 62,
  /** Now it is known when its data is whole, and when that is published: the player has both. */
  landed: 36,
  /** It is noticed that its writer is lost. */
  missed: 37,
  /** It waits from this time on. Code: the cause. */
  waits: 38,
  /** It waits, but that does not count yet. Code: the cause. */
  waitsUncounted: 39,
  /** Now it waits for this alone. Code: the cause. */
  turns: 40,
  /** Now it waits for others of a higher priority alone. */
  overtaken: 46,
  /** One of the causes for which it waits now, bound since this time; then `settled`. Code: the cause. */
  bound: 41,
  /** Whatever has not been named as bound was released at this time. */
  settled: 42,
  /** Its data passed its checks. */
  passed: 43,
  /** Value: the dataset that did not. */
  notPassed: 44,
  /** Its data is whole at this time. Value: when others learn of it; whether that is a publish is told apart. */
  whole: 45,
} as const;

/** Codes of their steps. */
export const SENSED = 1;
export const NOT_OPENED = 1;
/** Of a versionPublished: the same event a second time. */
export const PUBLISHED_AGAIN = 1;
/** With it or alone: of those that a marker tells of, where an event tells of others. */
export const PUBLISHED_BY_MARKER = 2;

const CHUNK_INTS = 1 << 16;
/** First integer of a step: kind, task run. */
const KIND_MASK = 63;
const TASK_RUN_SHIFT = 6;
/** In place of a kind: code and attempt of the step that follows; by the second integer, of a wide one, or a new base. */
const MORE = 63;
const CODE_SHIFT = 7;
const CODE_MASK = 31;
const ATTEMPT_SHIFT = 12;
const WIDE = 1;
const BASE = 2;

/** `value`: NaN where there is none. */
type OnStep = (kind: number, taskRun: number, attempt: number, timeMs: number, code: number, value: number) => void;

export class Trace {
  #nowMs = 0;
  #baseMs = 0;
  readonly #chunks: Int32Array[] = [];
  /** Memory of a trace before. */
  readonly #spare: ArrayBufferLike[] = [];
  readonly #ring = new TraceRing(
    CHUNK_INTS,
    (ints) => this.#chunks.push(ints),
    () => new Int32Array(this.#spare.pop() ?? new ArrayBuffer(CHUNK_INTS * 4)),
  );
  readonly #double = new Float64Array(1);
  readonly #halves = new Int32Array(this.#double.buffer);

  /** What it takes, in bytes. */
  get bytes(): number {
    return 4 * this.#chunks.reduce((sum, { length }) => sum + length, this.#ring.pending);
  }

  /** Forgets all, for another play; keeps the memory. */
  clear(): void {
    for (const { buffer } of this.#chunks) this.#spare.push(buffer);
    this.#chunks.length = 0;
    this.#ring.clear();
    this.#nowMs = 0;
    this.#baseMs = 0;
  }

  /** From here on, now is this: a whole number. */
  goTo(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  /** A step of now. `kind`: an EventKind or a TraceStep. Integers alone, so that nothing is allocated for the call. */
  add(kind: number, taskRun: number, attempt: number, code = 0): void {
    const beyond = this.#nowMs - this.#baseMs;
    if ((beyond | 0) !== beyond) this.#rebase();
    if (attempt !== 1 || code !== 0) this.#addMore(attempt, code, 0);
    const at = this.#ring.take(2);
    const { ints } = this.#ring;
    ints[at] = kind | (taskRun << TASK_RUN_SHIFT);
    ints[at + 1] = this.#nowMs - this.#baseMs;
  }

  /** That its work is over, now. */
  addOver(taskRun: number): void {
    const at = this.#ring.take(1);
    this.#ring.ints[at] = TraceStep.over | (taskRun << TASK_RUN_SHIFT);
  }

  /** A step of any time. */
  addAt(kind: number, taskRun: number, attempt: number, timeMs: number, code = 0): void {
    const beyond = timeMs - this.#baseMs;
    if ((beyond | 0) !== beyond) this.addWith(kind, taskRun, attempt, timeMs, code, Number.NaN);
    else {
      if (attempt !== 1 || code !== 0) this.#addMore(attempt, code, 0);
      this.#addTwo(kind | (taskRun << TASK_RUN_SHIFT), beyond | 0);
    }
  }

  /** A step of any time, with any value. */
  addWith(kind: number, taskRun: number, attempt: number, timeMs: number, code: number, value: number): void {
    this.#addMore(attempt, code, WIDE);
    this.#addTwo(kind | (taskRun << TASK_RUN_SHIFT), 0);
    this.#addDouble(timeMs);
    this.#addDouble(value);
  }

  /** Every step in the order in which it was told. */
  forEach(onStep: OnStep): void {
    const chunks = [...this.#chunks, this.#ring.ints.subarray(0, this.#ring.pending)];
    new TraceReader(chunks).forEach(onStep);
  }

  #rebase(): void {
    this.#baseMs = this.#nowMs;
    this.#addMore(0, 0, BASE);
    this.#addDouble(this.#baseMs);
  }

  #addMore(attempt: number, code: number, form: number): void {
    this.#addTwo(MORE | (code << CODE_SHIFT) | (attempt << ATTEMPT_SHIFT), form);
  }

  #addDouble(value: number): void {
    this.#double[0] = value;
    this.#addTwo(this.#halves[0], this.#halves[1]);
  }

  #addTwo(first: number, second: number): void {
    const at = this.#ring.take(2);
    this.#ring.ints[at] = first;
    this.#ring.ints[at + 1] = second;
  }
}

class TraceReader {
  readonly #chunks: readonly Int32Array[];
  readonly #double = new Float64Array(1);
  readonly #halves = new Int32Array(this.#double.buffer);
  #chunk = 0;
  #at = -2;
  #baseMs = 0;

  constructor(chunks: readonly Int32Array[]) {
    this.#chunks = chunks;
  }

  forEach(onStep: OnStep): void {
    while (this.#next()) {
      const kind = this.#first() & KIND_MASK;
      if (kind === TraceStep.over) {
        onStep(kind, this.#first() >>> TASK_RUN_SHIFT, 0, Number.NaN, 0, Number.NaN);
        this.#at--;
        continue;
      }
      const isMore = kind === MORE;
      const more = isMore ? this.#first() : 1 << ATTEMPT_SHIFT;
      const form = isMore ? this.#second() : 0;
      if (isMore) this.#next();
      if (form === BASE) this.#baseMs = this.#doubleHere();
      else this.#readStep(onStep, more >>> ATTEMPT_SHIFT, (more >> CODE_SHIFT) & CODE_MASK, form === WIDE);
    }
  }

  #readStep(onStep: OnStep, attempt: number, code: number, isWide: boolean): void {
    const head = this.#first();
    let timeMs = this.#baseMs + this.#second();
    let value = Number.NaN;
    if (isWide) {
      this.#next();
      timeMs = this.#doubleHere();
      this.#next();
      value = this.#doubleHere();
    }
    onStep(head & KIND_MASK, head >>> TASK_RUN_SHIFT, attempt, timeMs, code, value);
  }

  /** Goes on to the next two integers; false at the end. */
  #next(): boolean {
    this.#at += 2;
    while (this.#chunk < this.#chunks.length && this.#at >= this.#chunks[this.#chunk].length) {
      this.#chunk++;
      this.#at = 0;
    }
    return this.#chunk < this.#chunks.length;
  }

  #doubleHere(): number {
    this.#halves[0] = this.#first();
    this.#halves[1] = this.#second();
    return this.#double[0];
  }

  #first(): number {
    return this.#chunks[this.#chunk][this.#at];
  }

  #second(): number {
    return this.#chunks[this.#chunk][this.#at + 1];
  }
}
