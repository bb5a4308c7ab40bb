// Collects events in any order and gives them back as a log's chunks, ordered by (time, arrival); events of unknown
// time come last. Grows by doubling; nothing is allocated per event.

import { orderByNumber } from '../base/order-by-number.ts';
import { CHUNK_ROWS, type EventChunk } from './log.ts';

export interface EventInput {
  readonly timeUs: number;
  readonly kind: number;
  readonly evidence?: number;
  readonly run?: number;
  readonly taskRun?: number;
  readonly version?: number;
  readonly attempt?: number;
  readonly code?: number;
  readonly ref?: number;
  readonly value?: number;
  readonly text?: number;
}

/** A stored event as it would be written again. */
export const eventAt = (chunk: EventChunk, row: number): Required<EventInput> => ({
  timeUs: chunk.timeUs[row],
  kind: chunk.kind[row],
  evidence: chunk.evidence[row],
  run: chunk.run[row],
  taskRun: chunk.taskRun[row],
  version: chunk.version[row],
  attempt: chunk.attempt[row],
  code: chunk.code[row],
  ref: chunk.ref[row],
  value: chunk.value[row],
  text: chunk.text[row],
});

export class EventWriter {
  #capacity: number;
  #rows = 0;
  #columns: Columns;

  /** `capacity`: events that are expected, where somebody knows. */
  constructor(capacity = 1_024) {
    this.#capacity = Math.max(1, capacity);
    this.#columns = allocate(this.#capacity);
  }

  get rows(): number {
    return this.#rows;
  }

  push(e: EventInput): void {
    if (this.#rows === this.#capacity) this.#grow();
    const c = this.#columns;
    const i = this.#rows++;
    c.timeUs[i] = e.timeUs;
    c.kind[i] = e.kind;
    c.evidence[i] = e.evidence ?? 0;
    c.run[i] = e.run ?? -1;
    c.taskRun[i] = e.taskRun ?? -1;
    c.version[i] = e.version ?? -1;
    c.attempt[i] = e.attempt ?? 0;
    c.code[i] = e.code ?? 0;
    c.ref[i] = e.ref ?? -1;
    c.value[i] = e.value ?? Number.NaN;
    c.text[i] = e.text ?? -1;
  }

  /** As push of a recorded event of a task run, without an object: for those who write hundreds of thousands. */
  addOfTaskRun(
    timeUs: number,
    kind: number,
    run: number,
    taskRun: number,
    attempt: number,
    code: number,
    value: number,
    text: number,
  ): void {
    if (this.#rows === this.#capacity) this.#grow();
    const c = this.#columns;
    const i = this.#rows++;
    c.timeUs[i] = timeUs;
    c.kind[i] = kind;
    c.run[i] = run;
    c.taskRun[i] = taskRun;
    c.version[i] = -1;
    c.attempt[i] = attempt;
    c.code[i] = code;
    c.ref[i] = -1;
    c.value[i] = value;
    c.text[i] = text;
  }

  /** Ordered chunks. The writer may go on afterwards. */
  finish(): EventChunk[] {
    const order = orderByNumber(this.#columns.timeUs.subarray(0, this.#rows));
    const chunks: EventChunk[] = [];
    for (let from = 0; from < this.#rows; from += CHUNK_ROWS) {
      chunks.push(gather(this.#columns, order.subarray(from, Math.min(this.#rows, from + CHUNK_ROWS))));
    }
    return chunks;
  }

  #grow(): void {
    const next = allocate(this.#capacity * 2);
    for (const name of Object.keys(next) as (keyof Columns)[]) next[name].set(this.#columns[name]);
    this.#columns = next;
    this.#capacity *= 2;
  }
}

type Columns = ReturnType<typeof allocate>;

function allocate(rows: number) {
  return {
    timeUs: new Float64Array(rows),
    kind: new Uint8Array(rows),
    evidence: new Uint8Array(rows),
    run: new Int32Array(rows),
    taskRun: new Int32Array(rows),
    version: new Int32Array(rows),
    attempt: new Int32Array(rows),
    code: new Int32Array(rows),
    ref: new Int32Array(rows),
    value: new Float64Array(rows),
    text: new Int32Array(rows),
  };
}

function gather(from: Columns, order: Int32Array): EventChunk {
  const to = allocate(order.length);
  for (const name of Object.keys(to) as (keyof Columns)[]) {
    const source = from[name];
    const target = to[name];
    for (let i = 0; i < order.length; i++) target[i] = source[order[i]];
  }
  return { rows: order.length, ...to };
}
