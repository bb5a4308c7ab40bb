// Runs asynchronous work one after another: changes of a workspace do not overlap.

export class Sequence {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves when all work that was given so far has ended, well or badly. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
