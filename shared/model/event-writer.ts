// Collects events in any order and gives them back as a log's chunks, ordered by (time, arrival); events of unknown
// time come last. Grows by doubling; nothing is allocated per event.

import { rowNumbers } from '../base/columns.ts';
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
  #capacity = 1024;
  #rows = 0;
  #columns = allocate(this.#capacity);

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

  /** Ordered chunks. The writer may go on afterwards. */
  finish(): EventChunk[] {
    const order = this.#order();
    const chunks: EventChunk[] = [];
    for (let from = 0; from < this.#rows; from += CHUNK_ROWS) {
      chunks.push(gather(this.#columns, order.subarray(from, Math.min(this.#rows, from + CHUNK_ROWS))));
    }
    return chunks;
  }

  #order(): Int32Array {
    const { timeUs } = this.#columns;
    const order = rowNumbers(this.#rows);
    let sorted = true;
    for (let i = 1; i < this.#rows && sorted; i++) sorted = timeUs[i - 1] <= timeUs[i];
    if (sorted) return order;
    const key = (i: number): number => (Number.isNaN(timeUs[i]) ? Number.POSITIVE_INFINITY : timeUs[i]);
    return order.sort((a, b) => compare(key(a), key(b)) || a - b);
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

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
