// A zone's clock against Intl asked directly, and wall times against every instant that shows them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZone, ZoneClock } from '../../../shared/base/zone.ts';

const HOUR = 3_600_000;
const FROM = Date.UTC(2025, 0, 1);
const TO = Date.UTC(2027, 0, 1);
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/Santiago',
  'Africa/Cairo',
  'Pacific/Chatham',
  'Atlantic/Azores',
];
const CLOCKS = new Map(ZONES.map((zone) => [zone, new ZoneClock(zone, FROM, TO)]));
const FORMATS = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
  ]),
);

/** `2025-12-25 00:42:00` as ms as if it were UTC. */
const shown = (zone: string, ms: number): number => Date.parse(`${FORMATS.get(zone)?.format(ms).replace(' ', 'T')}Z`);

const zone = fc.constantFrom(...ZONES);
const second = fc.integer({ min: FROM / 1000, max: TO / 1000 }).map((s) => s * 1000);

describe('a zone', () => {
  it('shows what Intl shows', () => {
    fc.assert(
      fc.property(zone, second, (name, ms) => {
        expect(CLOCKS.get(name)?.localOf(ms)).toBe(shown(name, ms));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives every instant that shows a wall time, and no other', () => {
    fc.assert(
      fc.property(zone, second, (name, localMs) => {
        const clock = CLOCKS.get(name) as ZoneClock;
        const time = clock.timeOf(localMs);
        // Offsets of these zones are multiples of 15 minutes, from -12 h to +14 h.
        const instants = Array.from({ length: 26 * 4 + 1 }, (_, i) => localMs - 14 * HOUR + i * (HOUR / 4)).filter(
          (ms) => shown(name, ms) === localMs,
        );
        if (time.kind === 'single') expect(instants).toEqual([time.ms]);
        else if (time.kind === 'twice') expect(instants).toEqual([time.firstMs, time.secondMs]);
        else {
          expect(instants).toEqual([]);
          expect(clock.localOf(time.afterMs)).toBeGreaterThan(localMs);
          expect(clock.localOf(time.afterMs - 1)).toBeLessThan(localMs);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('days when clocks change', () => {
  const day = (zone: string, iso: string) => (CLOCKS.get(zone) as ZoneClock).timeOf(Date.parse(iso));
  const at = Date.parse;

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30Z', { kind: 'never', afterMs: at('2026-03-29T01:00Z') }],
    [
      'Europe/Berlin',
      '2026-10-25T02:30Z',
      { kind: 'twice', firstMs: at('2026-10-25T00:30Z'), secondMs: at('2026-10-25T01:30Z') },
    ],
    ['Australia/Lord_Howe', '2026-10-04T02:15Z', { kind: 'never', afterMs: at('2026-10-03T15:30Z') }],
    [
      'Australia/Lord_Howe',
      '2026-04-05T01:45Z',
      { kind: 'twice', firstMs: at('2026-04-04T14:45Z'), secondMs: at('2026-04-04T15:15Z') },
    ],
    ['Africa/Cairo', '2026-04-24T00:30Z', { kind: 'never', afterMs: at('2026-04-23T22:00Z') }],
  ])('%s %s', (name, iso, time) => expect(day(name, iso)).toEqual(time));
});

describe('names', () => {
  it.each(['Europe/Berlin', 'UTC', 'Etc/GMT+5'])('%s is a zone', (name) => expect(isZone(name)).toBe(true));
  it.each(['', 'Europe/Berln', '../etc', '+01:00', 'europe berlin'])('"%s" is none', (name) => {
    expect(isZone(name)).toBe(false);
    expect(() => new ZoneClock(name, FROM, TO)).toThrow(RangeError);
  });
});
