// The baseline's heap: a 4-ary heap of (key, payload) in two typed arrays, by key and then by payload.

export class FourAryHeap {
  #keys = new Float64Array(64);
  #payloads = new Int32Array(64);
  size = 0;

  /** The smallest key; any number when empty. */
  get topKey(): number {
    return this.#keys[0];
  }

  push(key: number, payload: number): void {
    if (this.size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const payloads = this.#payloads;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      if (keys[parent] < key || (keys[parent] === key && payloads[parent] < payload)) break;
      keys[at] = keys[parent];
      payloads[at] = payloads[parent];
      at = parent;
    }
    keys[at] = key;
    payloads[at] = payload;
  }

  /** The payload of the smallest, which leaves. */
  pop(): number {
    const top = this.#payloads[0];
    const last = --this.size;
    if (last > 0) this.#sink(this.#keys[last], this.#payloads[last]);
    return top;
  }

  #sink(key: number, payload: number): void {
    const keys = this.#keys;
    const payloads = this.#payloads;
    const size = this.size;
    let at = 0;
    for (let child = 1; child < size; child = at * 4 + 1) {
      const end = Math.min(child + 4, size);
      for (let other = child + 1; other < end; other++) {
        if (keys[other] < keys[child] || (keys[other] === keys[child] && payloads[other] < payloads[child])) {
          child = other;
        }
      }
      if (key < keys[child] || (key === keys[child] && payload < payloads[child])) break;
      keys[at] = keys[child];
      payloads[at] = payloads[child];
      at = child;
    }
    keys[at] = key;
    payloads[at] = payload;
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    const payloads = new Int32Array(this.#payloads.length * 2);
    keys.set(this.#keys);
    payloads.set(this.#payloads);
    this.#keys = keys;
    this.#payloads = payloads;
  }
}
