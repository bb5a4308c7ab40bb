// Reads a CSV of integers from bytes into columns: no strings are made, no row is an object (REFERENCE_DAY; a day of a
// million tasks is 40 MB). Fed with whole lines in pieces of any size. A field is digits with an optional minus, below
// 2^31; a line ends in LF (CRLF is taken too). Whatever else stands there is a located problem, and the row counts on,
// so that row i is always line i + 2.

import type { ProblemList } from '../problem-list.ts';
import { quote } from '../text/quote.ts';

/** Columns in the order of the names asked for. */
export interface IntegerTable {
  readonly rows: number;
  readonly columns: readonly Int32Array[];
}

const LF = 10;
const CR = 13;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const INT32_MAX = 2_147_483_647;
const FIRST_ROW_LINE = 2;

/** The line of a row, from 1: the header is line 1. */
export const lineOfRow = (row: number): number => row + FIRST_ROW_LINE;

export class IntegerCsv {
  readonly #file: string;
  readonly #names: readonly string[];
  readonly #problems: ProblemList;
  /** By field of the file; empty until a good header was read. */
  #columns: Int32Array[] = [];
  /** Field of the file by name asked for. */
  #fieldOf: number[] = [];
  #headerSeen = false;
  #capacity: number;
  #rows = 0;

  /** `sizeBytes` is the size of the file: a hint of how much room is needed. */
  constructor(file: string, names: readonly string[], problems: ProblemList, sizeBytes: number) {
    this.#file = file;
    this.#names = names;
    this.#problems = problems;
    this.#capacity = Math.ceil(sizeBytes / (4 * names.length)) + 16;
  }

  /** Takes whole lines: `bytes[to - 1]` must be LF. */
  feed(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    if (!this.#headerSeen) {
      const end = bytes.indexOf(LF, from);
      this.#header(lineText(bytes, from, end));
      at = end + 1;
    }
    if (this.#columns.length > 0) this.#body(bytes, at, to);
  }

  /** The line that would come next. */
  get nextLine(): number {
    return this.#headerSeen ? lineOfRow(this.#rows) : 1;
  }

  /** Exact copies; null when the header was no good. */
  finish(): IntegerTable | null {
    if (this.#columns.length === 0) return null;
    return { rows: this.#rows, columns: this.#fieldOf.map((field) => this.#columns[field].slice(0, this.#rows)) };
  }

  #header(line: string): void {
    this.#headerSeen = true;
    const found = line.replace(/^\ufeff/, '').split(',');
    const missing = this.#names.filter((name) => !found.includes(name));
    const unknown = found.filter((name, i) => !this.#names.includes(name) || found.indexOf(name) !== i);
    for (const name of missing) this.#problems.error(this.#file, 1, `the column ${name} is missing`);
    for (const name of unknown) this.#problems.error(this.#file, 1, `the column ${quote(name)} is not known here`);
    if (missing.length + unknown.length > 0) return;
    this.#fieldOf = this.#names.map((name) => found.indexOf(name));
    this.#columns = found.map(() => new Int32Array(this.#capacity));
  }

  /** The hot loop. Ends of lines stop it, so it never reads past `to`. */
  #body(bytes: Uint8Array, from: number, to: number): void {
    const last = this.#names.length - 1;
    let columns = this.#columns;
    let at = from;
    while (at < to) {
      if (this.#rows === this.#capacity) columns = this.#grow();
      const row = this.#rows++;
      const start = at;
      let field = 0;
      for (; field <= last; field++) {
        const isNegative = bytes[at] === MINUS;
        if (isNegative) at++;
        let digit = bytes[at] - ZERO;
        if (digit < 0 || digit > 9) break;
        let value = 0;
        while (digit >= 0 && digit <= 9) {
          value = value * 10 + digit;
          digit = bytes[++at] - ZERO;
        }
        if (value > INT32_MAX) break;
        columns[field][row] = isNegative ? -value : value;
        if (bytes[at] !== (field < last ? COMMA : LF)) break;
        at++;
      }
      if (field <= last) at = this.#unusual(bytes, start, at, field, row);
    }
  }

  /** A line that the hot loop did not like: CRLF at its end, or a problem. Returns the start of the next line. */
  #unusual(bytes: Uint8Array, start: number, at: number, field: number, row: number): number {
    const isCrlf = field === this.#names.length - 1 && bytes[at] === CR && bytes[at + 1] === LF;
    if (isCrlf && isInt32(lineText(bytes, bytes.lastIndexOf(COMMA, at) + 1, at))) return at + 2;
    const end = bytes.indexOf(LF, at);
    const reason = this.#lineReason(lineText(bytes, start, end));
    this.#problems.error(this.#file, lineOfRow(row), reason);
    return end + 1;
  }

  #lineReason(line: string): string {
    if (line.trim() === '') return 'an empty line';
    const fields = line.split(',');
    if (fields.length !== this.#names.length) return `${fields.length} fields where ${this.#names.length} are wanted`;
    const names = this.#names.toSorted(
      (a, b) => this.#fieldOf[this.#names.indexOf(a)] - this.#fieldOf[this.#names.indexOf(b)],
    );
    const wrong = fields.findIndex((text) => !isInt32(text));
    const text = fields[wrong] ?? '';
    if (text === '') return `${names[wrong]} is empty`;
    return /^-?[0-9]+$/.test(text)
      ? `${names[wrong]} is ${quote(text)}: too large`
      : `${names[wrong]} is ${quote(text)}: not an integer`;
  }

  #grow(): Int32Array[] {
    this.#capacity = Math.ceil(this.#capacity * 1.5);
    this.#columns = this.#columns.map((old) => {
      const next = new Int32Array(this.#capacity);
      next.set(old);
      return next;
    });
    return this.#columns;
  }
}

const isInt32 = (text: string): boolean => /^-?[0-9]+$/.test(text) && Math.abs(Number(text)) <= INT32_MAX;

/** A line without its end; at most its first thousand bytes are needed to say what is wrong. */
const lineText = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, Math.min(end, start + 1_000)))
    .toString()
    .replace(/\r$/, '');
