// What happened, told by the player as it happens, in as few numbers as will do: kept only when a log is wanted. A step
// is one row of an engine's ring (its kind, code and attempt in one integer; the task run; the time), or two rows where a
// value belongs to it. One step may stand for several events that follow each other: trace-rows.ts spells them out.
// Limits: TraceStep below 64, codes below 32, attempts below 2^19.

import { TRACE_ROW_INTS, TraceRing } from '../../engine/trace-ring.ts';

/** Beside every EventKind, which stands for that event and nothing else. */
export const TraceStep = {
  /** Its last dependency is satisfied at this time, and now the orchestrator has it. Code SENSED: it looked itself. */
  ready: 32,
  /** It stands in its queue, and waits for slots. */
  queued: 33,
  /** Its wait is over, and it runs. Code: 0 or NOT_OPENED. */
  started: 34,
  /** Its data was checked. Code: 1 passed. Value of one that failed: the dataset. */
  checked: 35,
  /** Its data is whole at this time. Value: when it is published. Code UNPUBLISHED: that is told apart, or never. */
  landed: 36,
  /** It is noticed that its writer is lost. */
  missed: 37,
  /** It waits from this time on. Code: the cause. */
  waits: 38,
  /** It waits, but that does not count yet. Code: the cause. */
  waitsUncounted: 39,
  /** Now it waits for this alone. Code: the cause. */
  turns: 40,
  /** One of the causes for which it waits now, bound since this time; then `settled`. Code: the cause. */
  bound: 41,
  /** Whatever has not been named as bound was released at this time. */
  settled: 42,
} as const;

/** Codes of their steps. */
export const SENSED = 1;
export const NOT_OPENED = 1;
export const UNPUBLISHED = 1;
/** Of a versionPublished: the same event a second time. */
export const PUBLISHED_AGAIN = 1;

const CHUNK_BITS = 14;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const ROW_MASK = CHUNK_ROWS - 1;
const HAS_VALUE = 64;
const KIND_MASK = 63;
const CODE_SHIFT = 7;
const CODE_MASK = 31;
const ATTEMPT_SHIFT = 12;

/** `value`: NaN where there is none. */
export type OnStep = (
  kind: number,
  taskRun: number,
  attempt: number,
  timeMs: number,
  code: number,
  value: number,
) => void;

export class Trace {
  readonly #chunks: Int32Array[] = [];
  /** Chunks of a trace before. */
  readonly #spare: Int32Array[] = [];
  readonly #ring = new TraceRing(
    CHUNK_ROWS,
    (ints) => this.#chunks.push(ints),
    () => this.#spare.pop() ?? new Int32Array(CHUNK_ROWS * TRACE_ROW_INTS),
  );

  /** Rows. */
  get length(): number {
    return this.#chunks.length * CHUNK_ROWS + this.#ring.pending;
  }

  /** Forgets all, for another play; keeps the memory. */
  clear(): void {
    this.#spare.push(...this.#chunks);
    this.#chunks.length = 0;
    this.#ring.clear();
  }

  /** `kind`: an EventKind or a TraceStep. */
  add(kind: number, taskRun: number, attempt: number, timeMs: number, code = 0): void {
    this.#ring.add(kind | (code << CODE_SHIFT) | (attempt << ATTEMPT_SHIFT), taskRun, timeMs);
  }

  addWith(kind: number, taskRun: number, attempt: number, timeMs: number, code: number, value: number): void {
    this.add(kind | HAS_VALUE, taskRun, attempt, timeMs, code);
    this.#ring.add(0, taskRun, value);
  }

  /** Every step in the order in which it was told. */
  forEach(onStep: OnStep): void {
    const chunks = [...this.#chunks, this.#ring.ints];
    const views = chunks.map(({ buffer }) => new Float64Array(buffer));
    const timeAt = (row: number): number => views[row >> CHUNK_BITS][(row & ROW_MASK) * 2 + 1];
    for (let row = 0; row < this.length; row++) {
      const ints = chunks[row >> CHUNK_BITS];
      const at = (row & ROW_MASK) * TRACE_ROW_INTS;
      const head = ints[at];
      const timeMs = timeAt(row);
      const value = (head & HAS_VALUE) === 0 ? Number.NaN : timeAt(++row);
      onStep(head & KIND_MASK, ints[at + 1], head >> ATTEMPT_SHIFT, timeMs, (head >> CODE_SHIFT) & CODE_MASK, value);
    }
  }
}
