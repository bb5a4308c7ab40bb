import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../shared/base/limits.ts';
import { ExactInteger, isObject } from '../../../../src-main/importers/json/json-value.ts';
import { parseJson } from '../../../../src-main/importers/json/parse-json.ts';

const valueOf = (text: string): unknown => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  return parsed.value.value;
};
const faultOf = (text: string): string => {
  const parsed = parseJson(text);
  return parsed.ok ? 'read' : `${parsed.error.line}: ${parsed.error.reason}`;
};
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it('keeps the digits of integers that a double cannot hold', () => {
    const [safe, large, negative, real] = valueOf(
      '[9007199254740991, 9007199254740993, -123456789012345678901, 1e300]',
    ) as unknown[];
    expect(safe).toBe(9_007_199_254_740_991);
    expect(large).toEqual(new ExactInteger('9007199254740993'));
    expect(negative).toEqual(new ExactInteger('-123456789012345678901'));
    expect(real).toBe(1e300);
    expect(isObject(large as ExactInteger)).toBe(false);
  });

  it('takes __proto__ for a key like any other', () => {
    const value = valueOf('{"__proto__": {"polluted": true}, "constructor": 1}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(value.polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('tells keys that come twice, with their line, and keeps the last', () => {
    const parsed = parseJson('{\n "a": 1,\n "a": 2\n}');
    expect(parsed.ok && parsed.value.value).toEqual({ a: 2 });
    expect(parsed.ok && parsed.value.repeatedKeys).toEqual([
      { line: 3, reason: 'the key "a" is there twice in one object' },
    ]);
  });

  it('reads 64 levels and refuses the 65th', () => {
    expect(faultOf(nested(LIMITS.jsonDepth))).toBe('read');
    expect(faultOf(nested(LIMITS.jsonDepth + 1))).toBe('1: nested deeper than 64 levels');
    expect(faultOf('['.repeat(100_000))).toBe('1: nested deeper than 64 levels');
  });

  it('reads a text of a megabyte and refuses one byte more, counted as UTF-8', () => {
    expect(faultOf(`"${'x'.repeat(LIMITS.stringBytes)}"`)).toBe('read');
    expect(faultOf(`"${'x'.repeat(LIMITS.stringBytes + 1)}"`)).toContain('a text of 1048577 bytes');
    expect(faultOf(`"${'é'.repeat(LIMITS.stringBytes / 2)}"`)).toBe('read');
    expect(faultOf(`"${'é'.repeat(LIMITS.stringBytes / 2 + 1)}"`)).toContain('a text of 1048578 bytes');
  });

  it.each([
    ['', '1: not JSON: cut off, it ends before the value does'],
    ['{"a": 1', '1: not JSON: cut off, it ends before the value does'],
    ['{"a": "b', '1: cut off inside text'],
    ['{"a": "b\\', '1: cut off inside text'],
    ['{"a": 1}\n}', '2: not JSON: "}" after the end of the value'],
    ['{\n"a": nope}', '2: not JSON: "n" where a value should be'],
    ['{"a" 1}', '1: not JSON: "1" where a colon should be'],
    ["{'a': 1}", '1: not JSON: "\'" where a key should be'],
    ['[1,]', '1: not JSON: "]" where a value should be'],
    ['[1 2]', '1: not JSON: "2" where a comma or a closing bracket should be'],
    ['[01]', '1: not JSON: "1" where a comma or a closing bracket should be'],
    ['[-]', '1: not JSON: "-" where a number should be'],
    ['["\\x"]', '1: not JSON: a wrong escape in "\\"\\\\x\\""'],
    ['["a\tb"]', '1: a control character inside text'],
    [`[${'1'.repeat(1_001)}]`, '1: a number of 1001 characters'],
  ])('says what is wrong with %j', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });
});
