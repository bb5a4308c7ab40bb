// Properties of the JSON reader: it agrees with the engine's own on everything that is JSON, and on what is not.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactInteger } from '../../../../src-main/importers/json/json-value.ts';
import { parseJson } from '../../../../src-main/importers/json/parse-json.ts';

function parsedByEngine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As the engine would have it: objects with a prototype, integers rounded to a double. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v) => (v instanceof ExactInteger ? Number(v.text) : v)));

describe('parseJson', () => {
  it('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parsed = parseJson(text);
        expect(parsed.ok && plain(parsed.value.value)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('accepts a damaged text exactly when the engine does', () => {
    const damage = fc.record({
      at: fc.nat(),
      char: fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', 'e', '.', '\n', 'x'),
    });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), damage, fc.boolean(), (value, { at, char }, isCut) => {
        const text = JSON.stringify(value);
        const cut = at % (text.length + 1);
        const damaged = isCut ? text.slice(0, cut) : text.slice(0, cut) + char + text.slice(cut + 1);
        expect(parseJson(damaged).ok).toBe(parsedByEngine(damaged) !== undefined);
      }),
      { numRuns: 1_000 },
    );
  });
});
