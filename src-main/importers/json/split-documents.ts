// Cuts a file of JSON into its documents without reading them: one line each (NDJSON), the members of one array, or a
// single value. Works on bytes, in one pass, and holds nothing but positions, so a document that is too large or
// broken is known before memory is spent on it.

import type { JsonFault } from './parse-json.ts';

/** Bytes [start, end) of one document; `line` is where it starts, from 1. */
export interface DocumentSlice {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export type DocumentShape = 'lines' | 'array' | 'single';

/** Ends with the fault that makes the rest unreadable, or null. */
export type DocumentSlices = Generator<DocumentSlice, JsonFault | null>;

const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** How many lines are looked at to tell lines from one value that is spread over lines. */
const LINES_LOOKED_AT = 10;

/** The shape, or null when this cannot be JSON of objects. */
export function documentShape(bytes: Uint8Array): DocumentShape | null {
  const first = skipSpace(bytes, startOfText(bytes), bytes.length);
  if (bytes[first] === OPEN_ARRAY) return 'array';
  if (bytes[first] !== OPEN_OBJECT) return hasWholeLine(bytes) ? 'lines' : null;
  const end = skipValue(bytes, first);
  if (end >= 0 && skipSpace(bytes, end, bytes.length) >= bytes.length) return 'single';
  const endsOnFirstLine = end >= 0 && countLines(bytes, first, end) === 0;
  return endsOnFirstLine || hasWholeLine(bytes) ? 'lines' : 'single';
}

/** Whether one of the first lines looks like an object of its own: then a broken line is one of several. */
function hasWholeLine(bytes: Uint8Array): boolean {
  let lines = 0;
  for (const { start, end } of lineSlices(bytes)) {
    const atLineStart = start === 0 || bytes[start - 1] === LF;
    if (atLineStart && bytes[start] === OPEN_OBJECT && bytes[end - 1] === CLOSE_OBJECT) return true;
    if (++lines === LINES_LOOKED_AT) break;
  }
  return false;
}

export function documentSlices(bytes: Uint8Array, shape: DocumentShape): DocumentSlices {
  if (shape === 'array') return arraySlices(bytes);
  return shape === 'lines' ? lineSlices(bytes) : singleSlice(bytes);
}

function* lineSlices(bytes: Uint8Array): DocumentSlices {
  let line = 1;
  for (let at = startOfText(bytes); at < bytes.length; line++) {
    let next = bytes.indexOf(LF, at);
    if (next < 0) next = bytes.length;
    const start = skipSpace(bytes, at, next);
    let end = next;
    while (end > start && isSpace(bytes[end - 1])) end--;
    if (start < end) yield { start, end, line };
    at = next + 1;
  }
  return null;
}

function* singleSlice(bytes: Uint8Array): DocumentSlices {
  const start = skipSpace(bytes, startOfText(bytes), bytes.length);
  yield { start, end: bytes.length, line: 1 + countLines(bytes, 0, start) };
  return null;
}

function* arraySlices(bytes: Uint8Array): DocumentSlices {
  let at = skipSpace(bytes, startOfText(bytes), bytes.length) + 1;
  let line = 1 + countLines(bytes, 0, at);
  for (let first = true; ; first = false) {
    const start = skipSpace(bytes, at, bytes.length);
    line += countLines(bytes, at, start);
    if (start >= bytes.length) return cutOff(line);
    if (first && bytes[start] === CLOSE_ARRAY) return afterArray(bytes, start + 1, line);
    const end = skipValue(bytes, start);
    if (end < 0) return cutOff(line);
    if (end === start) return { line, reason: 'not JSON: a member of the array is missing' };
    yield { start, end, line };
    line += countLines(bytes, start, end);
    at = skipSpace(bytes, end, bytes.length);
    line += countLines(bytes, end, at);
    if (bytes[at] === CLOSE_ARRAY) return afterArray(bytes, at + 1, line);
    if (at >= bytes.length) return cutOff(line);
    if (bytes[at] !== COMMA) return { line, reason: 'not JSON: no comma between two members of the array' };
    at++;
  }
}

const cutOff = (line: number): JsonFault => ({
  line,
  reason: 'not JSON: the array is cut off, its closing bracket never comes',
});

function afterArray(bytes: Uint8Array, at: number, line: number): JsonFault | null {
  const rest = skipSpace(bytes, at, bytes.length);
  if (rest >= bytes.length) return null;
  return { line: line + countLines(bytes, at, rest), reason: 'not JSON: something follows the end of the array' };
}

/** The end of the value that starts at `at`, by brackets and quotes alone; -1 when it does not end. */
function skipValue(bytes: Uint8Array, at: number): number {
  let depth = 0;
  for (let i = at; i < bytes.length; i++) {
    const c = bytes[i];
    if (c === QUOTE) {
      i = endOfString(bytes, i);
      if (i < 0) return -1;
    } else if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      depth++;
    } else if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) {
      if (depth === 0) return i;
      if (--depth === 0) return i + 1;
    } else if (depth === 0 && (c === COMMA || isSpace(c))) {
      return i;
    }
  }
  return depth === 0 ? bytes.length : -1;
}

/** Where the text that opens at `at` closes; -1 when it does not. */
function endOfString(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) return i;
    if (bytes[i] === BACKSLASH) i++;
  }
  return -1;
}

/** After a UTF-8 byte order mark. */
export const startOfText = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

const isSpace = (c: number): boolean => c === 32 || c === LF || c === 13 || c === 9;

function skipSpace(bytes: Uint8Array, at: number, to: number): number {
  let i = at;
  while (i < to && isSpace(bytes[i])) i++;
  return i;
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let i = from; i < to; i++) if (bytes[i] === LF) lines++;
  return lines;
}
