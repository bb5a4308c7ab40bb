// Backpressure for one call's progress or one topic. Values go out while the reader has given credit; without credit
// the newest one waits and replaces the one before it. A writer that must lose nothing awaits each value; one that only
// tells how far it is need not. At most one value is ever kept, whatever the reader does.

/** Credit beyond this is not counted. */
const CREDIT_LIMIT = 1_024;

interface Waiting<T> {
  readonly value: T;
  readonly taken: () => void;
}

export class Flow<T> {
  readonly #send: (value: T) => void;
  #credit: number;
  #waiting: Waiting<T> | null = null;
  #ended = false;

  constructor(credit: number, send: (value: T) => void) {
    this.#credit = Math.min(credit, CREDIT_LIMIT);
    this.#send = send;
  }

  /** Sends now or when there is credit. The promise resolves when the value went out, was replaced or never will. */
  offer(value: T): Promise<void> {
    if (this.#ended) return Promise.resolve();
    if (this.#credit > 0) {
      this.#credit--;
      this.#send(value);
      return Promise.resolve();
    }
    this.#waiting?.taken();
    return new Promise((taken) => {
      this.#waiting = { value, taken };
    });
  }

  grant(count: number): void {
    this.#credit = Math.min(this.#credit + count, CREDIT_LIMIT);
    if (this.#credit > 0 && this.#waiting) {
      this.#credit--;
      this.#release();
    }
  }

  /** Sends what waits, credit or not: the last word before an answer. */
  flush(): void {
    if (!this.#ended) this.#release();
  }

  /** Nothing goes out from now on. */
  end(): void {
    this.#ended = true;
    this.#waiting?.taken();
    this.#waiting = null;
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (!waiting) return;
    this.#send(waiting.value);
    waiting.taken();
  }
}
