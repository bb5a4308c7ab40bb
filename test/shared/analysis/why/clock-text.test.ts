import { describe, expect, it } from 'vitest';
import { clockText, latenessText, minutesText } from '../../../../shared/analysis/why/clock-text.ts';

const us = (text: string): number => Date.parse(text) * 1_000;

describe('times in the sentences of Why', () => {
  it.each([
    ['2025-12-25T02:09:33Z', 'UTC', '02:09', '02:09:33'],
    ['2025-12-25T02:09:33Z', 'America/New_York', '21:09', '21:09:33'],
    ['2025-07-25T02:09:33Z', 'Europe/Berlin', '04:09', '04:09:33'],
    ['2025-12-25T02:09:33Z', 'no zone', '02:09', '02:09:33'],
  ])('%s in %s', (instant, zone, short, long) => {
    expect([clockText(us(instant), zone), clockText(us(instant), zone, true)]).toEqual([short, long]);
  });

  it('are unknown when they are', () => {
    expect([clockText(Number.NaN, 'UTC'), latenessText(Number.NaN), minutesText(Number.NaN)]).toEqual([
      '--:--',
      'unknown',
      'unknown',
    ]);
  });

  it.each([
    [573_000, '9 min'],
    [-1_848_000, '31 min'],
    [-40_000, '40 s'],
    [59_999, '60 s'],
    [3_600_000, '1 h 00 min'],
    [7_500_000, '2 h 05 min'],
  ])('lateness of %i ms is as the clocks show it', (ms, text) => {
    expect(latenessText(ms)).toBe(text);
  });

  it.each([
    [6_540_000, '109:00'],
    [12_400, '0:12'],
    [-12_400, '-0:12'],
    [-400, '0:00'],
  ])('%i ms as minutes and seconds', (ms, text) => {
    expect(minutesText(ms)).toBe(text);
  });
});
