import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../../shared/base/time.ts';
import { partitionKeyOf } from '../../../../src-main/importers/openlineage/partition-key.ts';
import { isTemplate } from '../../../../src-main/importers/openlineage/template.ts';

const keyOf = (start: string, end: string | null): string =>
  partitionKeyOf(start, parseInstant(start) ?? Number.NaN, (end === null ? null : parseInstant(end)) ?? Number.NaN);

describe('partitionKeyOf', () => {
  it.each<[string, string | null, string]>([
    ['2025-12-24T00:00:00Z', '2025-12-25T00:00:00Z', 'date=2025-12-24'],
    ['2025-12-24T05:30:00Z', '2025-12-25T05:30:00Z', 'date=2025-12-24'],
    ['2025-12-24T03:00:00.001Z', '2025-12-24T04:00:00.001Z', 'date=2025-12-24/hour=03'],
    ['2025-12-24T00:00:00+09:00', '2025-12-25T00:00:00+09:00', 'date=2025-12-24'],
    ['2025-12-24T22:00:00Z', '2025-12-24T22:00:00Z', 'date=2025-12-24/hour=22'],
    ['2025-12-24T00:00:00.000000+00:00', '2025-12-24T00:00:00.000000+00:00', 'date=2025-12-24'],
    ['2025-12-24T00:00:00Z', null, 'date=2025-12-24'],
    ['2025-12-24T00:00:00.500Z', null, 'date=2025-12-24/hour=00'],
    ['2025-12-24T13:05:23.281750+00:00', null, 'date=2025-12-24/hour=13'],
    ['2025-12-24T05:00:00Z', '2025-12-24T04:00:00Z', 'date=2025-12-24/hour=05'],
  ])('%s to %s is %s', (start, end, key) => {
    expect(keyOf(start, end)).toBe(key);
  });
});

describe('isTemplate', () => {
  it.each<[string, boolean]>([
    ['{{ any(result) }}', true],
    ['s3://x/{{ds}}/y', true],
    ['${json-unit.regex}1\\.\\d+', true],
    ['{{ never closed', false],
    ['}} {{', false],
    ['${HOME}', false],
    ['{a}', false],
  ])('%s: %s', (text, is) => {
    expect(isTemplate(text)).toBe(is);
  });
});
