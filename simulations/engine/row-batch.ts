// The rows of one round, brought into ascending order of their handles whatever order they came in.

const INSERTION_MAX = 24;

export class RowBatch {
  #rows = new Int32Array(1 << 10);
  size = 0;
  #sorted = true;

  add(row: number): void {
    const size = this.size;
    if (size === this.#rows.length) this.#grow();
    if (size > 0 && row < this.#rows[size - 1]) this.#sorted = false;
    this.#rows[size] = row;
    this.size = size + 1;
  }

  at(index: number): number {
    return this.#rows[index];
  }

  sort(): void {
    if (this.#sorted) return;
    this.#sorted = true;
    if (this.size > INSERTION_MAX) this.#rows.subarray(0, this.size).sort();
    else insertionSort(this.#rows, this.size);
  }

  clear(): void {
    this.size = 0;
    this.#sorted = true;
  }

  #grow(): void {
    const wider = new Int32Array(this.#rows.length * 2);
    wider.set(this.#rows);
    this.#rows = wider;
  }
}

function insertionSort(values: Int32Array, size: number): void {
  for (let i = 1; i < size; i++) {
    const value = values[i];
    let at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}
