// Writes a parsed JSON value as text in which equal values are equal texts: keys sorted, no space, integers beyond 2^53
// with their digits. What JSON cannot say (an infinity) is null. Depth is bounded by whoever parsed it.

import { ExactInteger, type JsonObject, type JsonValue } from './json-value.ts';

export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (value instanceof ExactInteger) return value.text;
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  return objectText(value);
}

const isList = (value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] => Array.isArray(value);

function objectText(object: JsonObject): string {
  let text = '{';
  for (const key of sorted(Object.keys(object))) {
    const value = object[key];
    if (value === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${keyText(key)}:${canonicalJson(value)}`;
  }
  return `${text}}`;
}

/** So many keys at most are put in order one by one: of the few that an object has, faster than the general way. */
const FEW_KEYS = 16;

/** By UTF-16 unit, in place. */
function sorted(keys: string[]): string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let at = i;
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

/** The same few keys come with every event: their texts are kept, up to so many. */
const KEYS_KEPT = 1_000;
const KEY_LENGTH_KEPT = 64;
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(key);
  if (keyTexts.size < KEYS_KEPT && key.length <= KEY_LENGTH_KEPT) keyTexts.set(key, text);
  return text;
}
