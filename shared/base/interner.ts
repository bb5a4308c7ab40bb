// Text to dense ids from 0, and back: the dictionary of a log or catalog while it is built.

export class Interner {
  readonly #ids = new Map<string, number>();
  readonly texts: string[] = [];

  /** The id of a text, a new one the first time. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.texts.length;
    this.#ids.set(text, id);
    this.texts.push(text);
    return id;
  }

  /** The id of a text, or -1. */
  find(text: string): number {
    return this.#ids.get(text) ?? -1;
  }

  get size(): number {
    return this.texts.length;
  }
}
