import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as units from '../../../shared/scenario/units.ts';

const value = (result: { ok: boolean; value?: unknown; error?: unknown }): unknown =>
  result.ok ? result.value : result.error;

describe('spans', () => {
  it.each([
    ['250ms', 250],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['0s', 0],
    ['1.1s', 1_100],
  ])('%s', (text, ms) => expect(value(units.parseSpan(text))).toBe(ms));

  it.each([
    ['90', /90 has no unit: write 90s/],
    ['', /no time span/],
    ['-5m', /no time span/],
    ['5 minutes', /no time span/],
    ['30m1h', /large to small/],
    ['1m1m', /each once/],
    ['1.5ms', /no whole number of milliseconds/],
    ['99999999d', /thousand years/],
  ])('"%s" is refused', (text, reason) => expect(value(units.parseSpan(text))).toMatch(reason));

  it('of any parts is their sum', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(999), (d, h, m, s, ms) => {
        const sum = (((d * 24 + h) * 60 + m) * 60 + s) * 1000 + ms;
        expect(value(units.parseSpan(`${d}d${h}h${m}m${s}s${ms}ms`))).toBe(sum);
      }),
    );
  });
});

describe('shifts keep days apart from hours', () => {
  it.each([
    ['-1d', { days: -1, ms: 0 }],
    ['+51h', { days: 0, ms: 51 * 3_600_000 }],
    ['-1w2d3h', { days: -9, ms: -3 * 3_600_000 }],
    ['2h', { days: 0, ms: 7_200_000 }],
  ])('%s', (text, shift) => expect(value(units.parseShift(text))).toEqual(shift));
  it('a part of a day is refused', () => expect(value(units.parseShift('-1.5d'))).toMatch(/hours/));
});

describe('other quantities', () => {
  it.each([
    ['rate', units.parseRate('1.5 per second'), 1000 / 1.5],
    ['rate', units.parseRate('2 per day'), 43_200_000],
    ['share', units.parseShare('99.5%'), 0.995],
    ['change', units.parseChange('-10%'), -0.1],
    ['clock', units.parseClock('02:00'), 7_200_000],
    ['clock', units.parseClock('23:59:30'), 86_370_000],
    ['date', units.parseDate('1970-01-02'), 1],
  ])('%s', (_, result, expected) => expect(value(result)).toBe(expected));

  it.each([
    [units.parseRate('1.5/s'), /no rate/],
    [units.parseRate('0 per hour'), /nothing/],
    [units.parseShare('0.995'), /percent/],
    [units.parseShare('101%'), /more than all/],
    [units.parseChange('40%'), /\+40%/],
    [units.parseChange('-100%'), /leaves nothing/],
    [units.parseClock('24:00'), /no clock time/],
    [units.parseDate('2025-02-30'), /no date/],
    [units.parseMoment('soon'), /no point in time/],
    [units.parseMoment('2025-12-25T00:20:00.0001Z'), /finer than a millisecond/],
  ])('%j is refused', (result, reason) => expect(value(result)).toMatch(reason));

  it.each([
    ['90m', { kind: 'fromStart', ms: 5_400_000 }],
    ['2025-12-25T00:20:00+01:00', { kind: 'instant', ms: Date.parse('2025-12-24T23:20Z') }],
    ['2025-12-25T00:20', { kind: 'local', localMs: Date.parse('2025-12-25T00:20Z') }],
    ['2025-12-25', { kind: 'local', localMs: Date.parse('2025-12-25T00:00Z') }],
  ])('moment %s', (text, moment) => expect(value(units.parseMoment(text))).toEqual(moment));
});
