// Columns that grow by doubling. `finish` gives an exact-length copy.

export class GrowableFloat64 {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): number {
    if (this.length === this.#values.length) this.#values = grow(this.#values, new Float64Array(this.length * 2));
    this.#values[this.length] = value;
    return this.length++;
  }
  at(index: number): number {
    return this.#values[index];
  }
  set(index: number, value: number): void {
    this.#values[index] = value;
  }
  finish(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}

export class GrowableInt32 {
  #values = new Int32Array(64);
  length = 0;

  push(value: number): number {
    if (this.length === this.#values.length) this.#values = grow(this.#values, new Int32Array(this.length * 2));
    this.#values[this.length] = value;
    return this.length++;
  }
  at(index: number): number {
    return this.#values[index];
  }
  set(index: number, value: number): void {
    this.#values[index] = value;
  }
  finish(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}

function grow<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
