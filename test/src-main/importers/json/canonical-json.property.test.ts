// Canonical text: equal values are equal texts, and reading it back gives the same value.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src-main/importers/json/canonical-json.ts';
import { parseJson } from '../../../../src-main/importers/json/parse-json.ts';

const parsed = (text: string) => {
  const result = parseJson(text);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value.value;
};
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

describe('canonicalJson', () => {
  it('does not depend on the order of keys, and reads back as itself', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(parsed(JSON.stringify(value)));
        expect(canonicalJson(parsed(JSON.stringify(reversed(value))))).toBe(text);
        expect(canonicalJson(parsed(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 200 },
    );
  });

  it('has keys in the order of their UTF-16 units, few and many', () => {
    const key = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'grapheme', maxLength: 2 }));
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 40 }), (keys) => {
        const text = canonicalJson(
          Object.assign(Object.create(null), Object.fromEntries(keys.map((name) => [name, 1]))),
        );
        expect(text).toBe(
          `{${keys
            .toSorted()
            .map((name) => `${JSON.stringify(name)}:1`)
            .join(',')}}`,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the digits of a large integer and says null where JSON has no word', () => {
    expect(canonicalJson(parsed('{"b":12345678901234567890,"a":1e999}'))).toBe('{"a":null,"b":12345678901234567890}');
  });
});
