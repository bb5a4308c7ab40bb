// Columns that grow by doubling. `finish` gives an exact-length copy.

class Growable<Values extends Float64Array | Int32Array> {
  readonly #allocate: (length: number) => Values;
  #values: Values;
  length = 0;

  protected constructor(allocate: (length: number) => Values) {
    this.#allocate = allocate;
    this.#values = allocate(64);
  }

  /** The new row's number. */
  push(value: number): number {
    if (this.length === this.#values.length) {
      const grown = this.#allocate(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length] = value;
    return this.length++;
  }

  at(index: number): number {
    return this.#values[index];
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  finish(): Values {
    return this.#values.slice(0, this.length) as Values;
  }
}

export class GrowableFloat64 extends Growable<Float64Array> {
  constructor() {
    super((length) => new Float64Array(length));
  }
}

export class GrowableInt32 extends Growable<Int32Array> {
  constructor() {
    super((length) => new Int32Array(length));
  }
}
