// What a JSON text holds, as read by parse-json.ts: objects have no prototype, so `__proto__` and `constructor` are
// keys like any other, and integers that a double cannot hold are kept as their digits.

/** An integer beyond 2^53, as it was written. */
export class ExactInteger {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type JsonValue = null | boolean | number | string | ExactInteger | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

type Maybe = JsonValue | undefined;

export const isObject = (value: Maybe): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactInteger);

/** An object, or null for anything else. */
export const asObject = (value: Maybe): JsonObject | null => (isObject(value) ? value : null);

/** The members of an array; none for anything else. */
export const asArray = (value: Maybe): readonly JsonValue[] => (Array.isArray(value) ? value : []);

/** Text, or "" for anything else. */
export const asText = (value: Maybe): string => (typeof value === 'string' ? value : '');

/** A finite number, or NaN for anything else (unknown is not zero). */
export const asNumber = (value: Maybe): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;

/** What a value is, for a message. */
export function kindOf(value: Maybe): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof ExactInteger || typeof value === 'number') return 'a number';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'true or false' : 'an object';
}
