// Instants in a zone, over changes of its clock; and ticks on round wall-clock times.

import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../shared/base/time.ts';
import { timeTicks } from '../../../src-renderer/widgets/time-ticks.ts';
import { midnightUs, zonedTime } from '../../../src-renderer/widgets/zoned-time.ts';

const us = (text: string): number => parseInstant(text) as number;

describe('zonedTime', () => {
  it('is UTC for UTC and for a zone that nobody knows', () => {
    expect(zonedTime('UTC').full(us('2025-12-25T00:42:07Z'))).toBe('25 Dec 2025, 00:42:07');
    expect(zonedTime('Mars/Olympus').zone).toBe('UTC');
  });

  it('follows daylight saving, by the hour', () => {
    const paris = zonedTime('Europe/Paris');
    expect(paris.dayClock(us('2025-10-26T00:30:00Z'))).toBe('26 Oct 02:30');
    expect(paris.dayClock(us('2025-10-26T01:30:00Z'))).toBe('26 Oct 02:30');
    expect(paris.dayClock(us('2025-10-26T02:30:00Z'))).toBe('26 Oct 03:30');
    expect(paris.clockSeconds(us('2025-03-30T00:59:59Z'))).toBe('01:59:59');
    expect(paris.clockSeconds(us('2025-03-30T01:00:00Z'))).toBe('03:00:00');
  });

  it('knows zones with quarters of an hour, and times before 1970', () => {
    expect(zonedTime('Asia/Kathmandu').clock(us('2025-01-01T00:00:00Z'))).toBe('05:45');
    expect(zonedTime('UTC').dayClock(us('1969-12-31T23:59:00Z'))).toBe('31 Dec 23:59');
  });

  it('says unknown for what is unknown', () => {
    const { clock, clockSeconds, day } = zonedTime('UTC');
    expect([clock(Number.NaN), clockSeconds(Number.NaN), day(Number.NaN)]).toEqual(['--:--', '--:--:--', 'unknown']);
  });

  it('finds the midnight before', () => {
    const tokyo = zonedTime('Asia/Tokyo');
    expect(midnightUs(tokyo, us('2025-12-25T01:00:00Z'))).toBe(us('2025-12-24T15:00:00Z'));
  });
});

describe('timeTicks', () => {
  const from = us('2025-12-24T22:10:00Z');
  it('stand on round times, at least so far apart, days with their date', () => {
    const ticks = timeTicks(from, from + 8 * 3.6e9, 800, 90, zonedTime('UTC'));
    expect(ticks.map((tick) => tick.label)).toEqual([
      '23:00',
      '25 Dec',
      '01:00',
      '02:00',
      '03:00',
      '04:00',
      '05:00',
      '06:00',
    ]);
    expect(ticks.filter((tick) => tick.isDay).map((tick) => tick.label)).toEqual(['25 Dec']);
  });
  it('stand on round times of the zone', () => {
    const ticks = timeTicks(from, from + 6 * 3.6e9, 300, 90, zonedTime('Asia/Kathmandu'));
    expect(ticks.map((tick) => tick.label)).toEqual(['04:00', '06:00', '08:00']);
  });
  it('go down to seconds and below', () => {
    expect(timeTicks(from, from + 4e6, 400, 90, zonedTime('UTC')).map((tick) => tick.label)).toEqual([
      '22:10:00',
      '22:10:01',
      '22:10:02',
      '22:10:03',
      '22:10:04',
    ]);
    expect(timeTicks(from, from + 2e5, 200, 90, zonedTime('UTC'))[1].label).toBe('22:10:00.100');
  });
  it('are none where there is no span', () => {
    expect(timeTicks(from, from, 800, 90, zonedTime('UTC'))).toEqual([]);
    expect(timeTicks(Number.NaN, from, 800, 90, zonedTime('UTC'))).toEqual([]);
  });
});
