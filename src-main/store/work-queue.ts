// Who may touch the workspace when: changes one after another, readers side by side, and a change that takes files
// away only when the readers before it are done. Fair: a waiting change holds later readers back.

export class WorkQueue {
  #last: Promise<unknown> = Promise.resolve();
  readonly #readers = new Set<Promise<unknown>>();
  /** What new readers wait for: an exclusive change that is waiting or under way. */
  #exclusive: Promise<unknown> = Promise.resolve();

  /** Runs beside other readers and beside `change`. */
  read<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#exclusive.then(work);
    const done = settled(run);
    this.#readers.add(done);
    void done.then(() => this.#readers.delete(done));
    return run;
  }

  /** Runs after every earlier change. */
  change<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work);
    this.#last = settled(run);
    return run;
  }

  /** Runs after every earlier change and reader, and alone. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    // Only the readers of now: later ones wait for this.
    const earlier = [...this.#readers];
    const run = this.#last.then(() => Promise.all(earlier)).then(work);
    this.#last = settled(run);
    this.#exclusive = this.#last;
    return run;
  }
}

const settled = (run: Promise<unknown>): Promise<unknown> => run.catch(() => {});
