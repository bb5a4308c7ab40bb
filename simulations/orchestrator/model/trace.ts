// What happened, in the order of the play, as rows of numbers: kept only when a log is wanted. Kinds are EventKinds.
// Written into an engine's ring, whose chunks are kept and read back by row.

import { TRACE_ROW_INTS, TraceRing } from '../../engine/trace-ring.ts';

/** `code` of a traced taskStarted: the attempt never came to open its versions. */
export const NOT_OPENED = 1;

/** `code` of a traced versionPublished: the same event a second time. */
export const PUBLISHED_AGAIN = 1;

const CHUNK_BITS = 13;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const ROW_MASK = CHUNK_ROWS - 1;
const KIND = 0;
const TASK_RUN = 1;
const ATTEMPT = 2;
const CODE = 3;
/** In doubles, of which a row has four; the first two are the integers. */
const TIME = 2;
const VALUE = 3;
const ROW_DOUBLES = TRACE_ROW_INTS / 2;

export interface TraceColumn {
  at(row: number): number;
}

export class Trace {
  readonly kind = this.#ints(KIND);
  readonly taskRun = this.#ints(TASK_RUN);
  readonly attempt = this.#ints(ATTEMPT);
  readonly code = this.#ints(CODE);
  readonly timeMs = this.#doubles(TIME);
  readonly value = this.#doubles(VALUE);
  readonly #intChunks: Int32Array[] = [];
  readonly #doubleChunks: Float64Array[] = [];
  /** Chunks of a trace before. */
  readonly #spare: Int32Array[] = [];
  readonly #ring = new TraceRing(
    CHUNK_ROWS,
    (ints, doubles) => {
      this.#intChunks.push(ints);
      this.#doubleChunks.push(doubles);
    },
    () => this.#spare.pop() ?? new Int32Array(CHUNK_ROWS * TRACE_ROW_INTS),
  );

  get length(): number {
    return this.#intChunks.length * CHUNK_ROWS + this.#ring.pending;
  }

  /** Forgets all, for another play; keeps the memory. */
  clear(): void {
    this.#spare.push(...this.#intChunks);
    this.#intChunks.length = 0;
    this.#doubleChunks.length = 0;
    this.#ring.clear();
  }

  add(kind: number, taskRun: number, attempt: number, timeMs: number, code = 0, value = Number.NaN): void {
    const ring = this.#ring;
    const row = ring.next();
    const { ints, doubles } = ring;
    ints[row + KIND] = kind;
    ints[row + TASK_RUN] = taskRun;
    ints[row + ATTEMPT] = attempt;
    ints[row + CODE] = code;
    doubles[row / 2 + TIME] = timeMs;
    doubles[row / 2 + VALUE] = value;
  }

  #ints(field: number): TraceColumn {
    return {
      at: (row) => (this.#intChunks[row >> CHUNK_BITS] ?? this.#ring.ints)[(row & ROW_MASK) * TRACE_ROW_INTS + field],
    };
  }

  #doubles(field: number): TraceColumn {
    return {
      at: (row) =>
        (this.#doubleChunks[row >> CHUNK_BITS] ?? this.#ring.doubles)[(row & ROW_MASK) * ROW_DOUBLES + field],
    };
  }
}
