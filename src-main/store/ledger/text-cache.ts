// Texts that come again and again (namespaces, datasets, pipelines), so that each is one string and not one a record:
// less to make, less to collect, and what looks them up knows their hash already. A text has one slot; the last to come
// holds it. Limits: ASCII of up to LONGEST bytes is kept, anything else is read as it is.

const SLOTS = 4_096;
const LONGEST = 128;

export class TextCache {
  readonly #texts: string[] = Array.from({ length: SLOTS }, () => '');

  /** The text whose UTF-8 is `bytes[from … end)`. */
  read(bytes: Buffer, from: number, end: number): string {
    if (end - from > LONGEST) return bytes.toString('utf8', from, end);
    let hash = 0;
    for (let at = from; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193) + 1;
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#texts[slot];
    if (known.length === end - from && isAscii(known, bytes, from)) return known;
    const text = bytes.toString('utf8', from, end);
    this.#texts[slot] = text;
    return text;
  }
}

function isAscii(text: string, bytes: Buffer, from: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const byte = bytes[from + i];
    if (byte >= 0x80 || text.charCodeAt(i) !== byte) return false;
  }
  return true;
}
