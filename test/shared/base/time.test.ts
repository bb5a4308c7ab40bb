// Times from real files, and the ones that must be refused.

import { describe, expect, it } from 'vitest';
import { formatClock, formatDuration, formatInstant, parseInstant } from '../../../shared/base/time.ts';

describe('parseInstant', () => {
  it.each([
    ['2024-11-26T13:05:23.809955+00:00', 1732626323809955],
    ['2020-12-27T18:23:37+00:00', 1609093417000000],
    ['2023-03-29T15:45:52-10:00', 1680140752000000],
    ['2020-04-01T05:42:15.1Z', 1585719735100000],
    ['1970-01-01T00:00:00Z', 0],
    ['2024-02-29T00:00:00.123456789Z', 1709164800123456],
  ])('%s', (text, us) => expect(parseInstant(text)).toBe(us));

  it.each([
    '',
    '2024-13-01T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:00:00',
    '{{ t }}',
    '2024-01-01',
  ])('refuses %j', (text) => expect(parseInstant(text)).toBeNull());
});

describe('text for people', () => {
  it.each([
    [Number.NaN, 'unknown'],
    [0, '0 ms'],
    [850, '850 ms'],
    [14_200, '14.2 s'],
    [30_000, '30 s'],
    [112_000, '1 min 52 s'],
    [59_960, '1 min 00 s'],
    [3_599_600, '1 h 00 min'],
    [7_500_000, '2 h 05 min'],
    [-5_000, '-5 s'],
  ])('duration of %d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('clock and instant', () => {
    const us = parseInstant('2025-12-25T00:42:07.25Z') as number;
    expect(formatClock(us)).toBe('00:42');
    expect(formatClock(us, true)).toBe('00:42:07');
    expect(formatInstant(us)).toBe('2025-12-25T00:42:07.25Z');
    expect(formatClock(Number.NaN)).toBe('--:--');
    expect(formatInstant(Number.NaN)).toBe('unknown');
  });
});
