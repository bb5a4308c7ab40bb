// Reads one JSON text (RFC 8259) that may be hostile: depth, string length and digits are bounded (LIMITS), keys that
// come twice are reported, `__proto__` is a key like any other, integers beyond 2^53 keep their digits, and a fault
// has a line. JSON.parse gives none of these. The text must fit in memory; callers bound it first.

import { LIMITS } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { quote } from '../text/quote.ts';
import { ExactInteger, type JsonObject, type JsonValue } from './json-value.ts';

/** `line` counts from 1 inside the text. */
export interface JsonFault {
  readonly line: number;
  readonly reason: string;
  /** `limit`: JSON, but beyond one of the limits on what is read. */
  readonly kind?: 'depth' | 'limit';
}

export interface ParsedJson {
  readonly value: JsonValue;
  /** Keys that an object has more than once (its last value counts); at most REPEATED_MAX. */
  readonly repeatedKeys: readonly JsonFault[];
}

const REPEATED_MAX = 20;
/** Far beyond any number that is one; keeps the digits of an ExactInteger bounded. */
const NUMBER_CHARACTERS_MAX = 1_000;

export function parseJson(text: string): Result<ParsedJson, JsonFault> {
  const reader = new JsonReader(text);
  try {
    const value = reader.document();
    return ok({ value, repeatedKeys: reader.repeatedKeys });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { kind, at, message: reason } = error;
    return err({ line: lineAt(text, at), reason, ...(kind === undefined ? {} : { kind }) });
  }
}

class Fault extends Error {
  readonly at: number;
  readonly kind: JsonFault['kind'] | undefined;
  constructor(at: number, reason: string, kind?: JsonFault['kind']) {
    super(reason);
    this.at = at;
    this.kind = kind;
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

class JsonReader {
  readonly repeatedKeys: JsonFault[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue {
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected('after the end of the value');
    return value;
  }

  #value(depth: number): JsonValue {
    this.#skipSpace();
    const c = this.#text.charCodeAt(this.#at);
    if (c === 123) return this.#object(depth + 1);
    if (c === 91) return this.#array(depth + 1);
    if (c === QUOTE) return this.#string();
    if (c === MINUS || (c >= ZERO && c <= NINE)) return this.#number();
    if (this.#text.startsWith('true', this.#at)) return this.#word(4, true);
    if (this.#text.startsWith('false', this.#at)) return this.#word(5, false);
    if (this.#text.startsWith('null', this.#at)) return this.#word(4, null);
    throw this.#unexpected('where a value should be');
  }

  #word<T>(length: number, value: T): T {
    this.#at += length;
    return value;
  }

  #object(depth: number): JsonObject {
    this.#enter(depth);
    const object = Object.create(null) as Record<string, JsonValue>;
    if (this.#closes(125)) return object;
    do {
      this.#skipSpace();
      const keyAt = this.#at;
      if (this.#text.charCodeAt(keyAt) !== QUOTE) throw this.#unexpected('where a key should be');
      const key = this.#string();
      if (key in object) this.#repeated(key, keyAt);
      this.#skipSpace();
      if (this.#text.charCodeAt(this.#at) !== 58) throw this.#unexpected('where a colon should be');
      this.#at++;
      object[key] = this.#value(depth);
    } while (this.#goesOn(125));
    return object;
  }

  #array(depth: number): JsonValue[] {
    this.#enter(depth);
    const values: JsonValue[] = [];
    if (this.#closes(93)) return values;
    do values.push(this.#value(depth));
    while (this.#goesOn(93));
    return values;
  }

  #enter(depth: number): void {
    if (depth > LIMITS.jsonDepth) throw new Fault(this.#at, `nested deeper than ${LIMITS.jsonDepth} levels`, 'depth');
    this.#at++;
  }

  #closes(bracket: number): boolean {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== bracket) return false;
    this.#at++;
    return true;
  }

  /** After a member: true at a comma, false at the closing bracket. */
  #goesOn(bracket: number): boolean {
    this.#skipSpace();
    const c = this.#text.charCodeAt(this.#at);
    if (c !== 44 && c !== bracket) throw this.#unexpected('where a comma or a closing bracket should be');
    this.#at++;
    return c === 44;
  }

  #string(): string {
    const text = this.#text;
    const from = this.#at;
    let escaped = false;
    let at = from + 1;
    for (let c = text.charCodeAt(at); c !== QUOTE; c = text.charCodeAt(at)) {
      if (c === BACKSLASH) {
        escaped = true;
        at++;
      } else if (!(c >= 32)) {
        throw new Fault(at, at < text.length ? 'a control character inside text' : 'cut off inside text');
      }
      at++;
    }
    this.#at = at + 1;
    checkStringSize(text, from, at);
    return escaped ? unescape(text.slice(from, at + 1), from) : text.slice(from + 1, at);
  }

  #number(): number | ExactInteger {
    NUMBER.lastIndex = this.#at;
    const digits = NUMBER.exec(this.#text)?.[0];
    if (digits === undefined) throw this.#unexpected('where a number should be');
    if (digits.length > NUMBER_CHARACTERS_MAX)
      throw new Fault(this.#at, `a number of ${digits.length} characters`, 'limit');
    this.#at += digits.length;
    const value = Number(digits);
    if (digits.length > 15 && INTEGER.test(digits) && !Number.isSafeInteger(value)) return new ExactInteger(digits);
    return value;
  }

  #repeated(key: string, at: number): void {
    if (this.repeatedKeys.length === REPEATED_MAX) return;
    const reason = `the key ${quote(key)} is there twice in one object`;
    this.repeatedKeys.push({ line: lineAt(this.#text, at), reason });
  }

  #skipSpace(): void {
    const text = this.#text;
    let c = text.charCodeAt(this.#at);
    while (c === 32 || c === 10 || c === 13 || c === 9) c = text.charCodeAt(++this.#at);
  }

  #unexpected(where: string): Fault {
    const at = this.#at;
    if (at >= this.#text.length) return new Fault(at, 'not JSON: cut off, it ends before the value does');
    const found = String.fromCodePoint(this.#text.codePointAt(at) as number);
    return new Fault(at, `not JSON: ${quote(found)} ${where}`);
  }
}

/** For whoever reads on: one that refuses the document says only that the key is there twice. */
export const lastCounts = ({ reason }: JsonFault): string => `${reason}: the last one counts`;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const INTEGER = /^-?[0-9]+$/;

function checkStringSize(text: string, from: number, to: number): void {
  const most = LIMITS.stringBytes;
  if ((to - from) * 3 <= most) return;
  const bytes = Buffer.byteLength(text.slice(from + 1, to));
  if (bytes > most) throw new Fault(from, `a text of ${bytes} bytes: at most ${most} are read`, 'limit');
}

/** The engine's own reader knows the escapes; `token` has its quotes. */
function unescape(token: string, at: number): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    throw new Fault(at, `not JSON: a wrong escape in ${quote(token)}`);
  }
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
