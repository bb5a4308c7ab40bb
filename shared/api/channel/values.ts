// Values as JSON can hold them, and back. A value is what a contract speaks: null, booleans, text, numbers, undefined,
// plain objects, arrays, typed arrays. Typed arrays are taken out into a list of columns; what JSON has no word for
// becomes an object with the single key "$". Anything else (a Date, a Map, a function, a class) is a programming error
// and throws. Values nest at most LIMITS.jsonDepth deep, which also ends a cycle.

import { LIMITS } from '../../base/limits.ts';
import { type Column, columnKind } from './columns.ts';

const TAG = '$';
const WORDS = new Map<string, number | undefined>([
  ['undefined', undefined],
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

type PlainObject = Record<string, unknown>;

/** A tree that JSON.stringify keeps whole. Parts with nothing special in them are shared with the input, not copied. */
export function packValue(value: unknown, columns: Column[], depth = 0): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return packNumber(value);
  if (value === undefined) return { [TAG]: 'undefined' };
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be sent`);
  if (depth >= LIMITS.jsonDepth) throw new TypeError(`a value deeper than ${LIMITS.jsonDepth} levels cannot be sent`);
  if (ArrayBuffer.isView(value)) return packColumn(value, columns);
  if (Array.isArray(value)) return packArray(value, columns, depth + 1);
  return packObject(value, columns, depth + 1);
}

function packNumber(value: number): unknown {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  if (Number.isNaN(value)) return { [TAG]: 'nan' };
  if (value === 0) return { [TAG]: '-0' };
  return { [TAG]: value > 0 ? 'inf' : '-inf' };
}

function packColumn(view: ArrayBufferView, columns: Column[]): unknown {
  if (columnKind(view) === undefined) throw new TypeError(`${className(view)} cannot be sent`);
  columns.push(view as Column);
  return { [TAG]: columns.length - 1 };
}

const className = (value: object): string =>
  `a ${(value.constructor as { name?: string } | undefined)?.name ?? 'class'}`;

function packArray(values: readonly unknown[], columns: Column[], depth: number): unknown[] {
  let packed = values as unknown[];
  for (let i = 0; i < values.length; i++) {
    const item = packValue(values[i], columns, depth);
    if (item === values[i]) continue;
    if (packed === values) packed = values.slice();
    packed[i] = item;
  }
  return packed;
}

function packObject(value: object, columns: Column[], depth: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${className(value)} cannot be sent`);
  }
  const source = value as PlainObject;
  let packed = source;
  for (const key of Object.keys(source)) {
    const member = packValue(source[key], columns, depth);
    if (member === source[key]) continue;
    // A spread makes own members only, so assigning to an own `__proto__` below changes no prototype.
    if (packed === source) packed = { ...source };
    packed[key] = member;
  }
  return Object.hasOwn(source, TAG) ? { [TAG]: packed } : packed;
}

/** The inverse of `packValue`, in place, on what JSON.parse gave. Throws on a tree that `packValue` cannot make. */
export function unpackValue(packed: unknown, columns: readonly Column[], depth = 0): unknown {
  if (typeof packed !== 'object' || packed === null) return packed;
  if (depth >= LIMITS.jsonDepth) throw new TypeError('too deep');
  if (Array.isArray(packed)) return unpackArray(packed, columns, depth + 1);
  const source = packed as PlainObject;
  return Object.hasOwn(source, TAG) ? unpackTag(source, columns, depth) : unpackMembers(source, columns, depth + 1);
}

function unpackArray(items: unknown[], columns: readonly Column[], depth: number): unknown[] {
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (typeof item === 'object' && item !== null) items[i] = unpackValue(item, columns, depth);
  }
  return items;
}

function unpackMembers(source: PlainObject, columns: readonly Column[], depth: number): PlainObject {
  for (const key of Object.keys(source)) {
    const member = source[key];
    // JSON.parse makes `__proto__` an own member, and assigning to an own member changes no prototype.
    if (typeof member === 'object' && member !== null) source[key] = unpackValue(member, columns, depth);
  }
  return source;
}

function unpackTag(source: PlainObject, columns: readonly Column[], depth: number): unknown {
  const tagged = source[TAG];
  if (Object.keys(source).length !== 1) throw new TypeError('a tag with other members');
  if (typeof tagged === 'string' && WORDS.has(tagged)) return WORDS.get(tagged);
  if (typeof tagged === 'number') {
    const column = columns[tagged];
    if (column === undefined) throw new TypeError('a column that is not there');
    return column;
  }
  if (typeof tagged === 'object' && tagged !== null && !Array.isArray(tagged)) {
    return unpackMembers(tagged as PlainObject, columns, depth + 1);
  }
  throw new TypeError('a tag of no meaning');
}
