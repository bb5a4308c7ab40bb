// The columns of one table while rows are added: typed arrays that double, so that a row is no object of its own.

import { allocate, type Columns, type ColumnsOf, type TableShape } from './columns.ts';

const FIRST_ROWS = 256;

export class GrowingTable<S extends TableShape> {
  readonly shape: S;
  #columns: ColumnsOf<S>;
  #room = 0;
  #length = 0;

  constructor(shape: S) {
    this.shape = shape;
    this.#columns = allocate(shape, 0);
  }

  get length(): number {
    return this.#length;
  }

  /** To be written at the place that `add` gave, until the next `add`. */
  get columns(): ColumnsOf<S> {
    return this.#columns;
  }

  /** The place of one more row. Each of its columns must be written. */
  add(): number {
    if (this.#length === this.#room) this.#grow();
    return this.#length++;
  }

  /** The rows alone, as long as no more are added. */
  get rows(): Columns {
    const entries = Object.entries<ColumnsOf<S>[keyof S]>(this.#columns);
    return Object.fromEntries(
      entries.map(([name, column]) => [name, Array.isArray(column) ? column : column.subarray(0, this.#length)]),
    );
  }

  /** Texts are put behind each other; numbers need room before. */
  #grow(): void {
    this.#room = Math.max(FIRST_ROWS, this.#room * 2);
    const entries = Object.entries<ColumnsOf<S>[keyof S]>(this.#columns);
    this.#columns = Object.fromEntries(
      entries.map(([name, column]) => [name, Array.isArray(column) ? column : widened(column, this.#room)]),
    ) as ColumnsOf<S>;
  }
}

function widened<T extends Float64Array | Int32Array | Uint8Array>(values: T, length: number): T {
  const wider = new (values.constructor as new (length: number) => T)(length);
  wider.set(values);
  return wider;
}
