// Keeps names that were cut out of a large text, each once, as copies of their own: a slice of a string keeps the
// whole string alive, and a name that comes with every event would be kept as often.
// A lone surrogate cannot be written as UTF-8; it becomes U+FFFD here, so that two names never become one later.

export class TextPool {
  readonly #kept = new Map<string, string>();

  keep(text: string): string {
    const known = this.#kept.get(text);
    if (known !== undefined) return known;
    const copy = Buffer.from(text).toString();
    this.#kept.set(copy, copy);
    return copy;
  }
}
