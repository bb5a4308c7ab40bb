// Partitions of every unit tile time: each instant lies in one, each hour belongs to one day, days have 23 to 25 hours.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZoneClock } from '../../../../shared/base/zone.ts';
import type { DatasetDef, PartitionMapping } from '../../../../shared/scenario/workload.ts';
import { mappedPartitions } from '../../../../simulations/orchestrator/run-plan/mapping.ts';
import {
  partitionAt,
  partitionKey,
  partitionStart,
  partitionsBeginningIn,
  shifted,
} from '../../../../simulations/orchestrator/run-plan/partitions.ts';
import { keyAt } from './support/naive-plan.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2025, 11, 1);
const TO = Date.UTC(2027, 1, 1);
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Santiago'];
const CLOCKS = new Map(ZONES.map((zone) => [zone, new ZoneClock(zone, FROM - 40 * DAY, TO + 40 * DAY)]));
const clockOf = (zone: string): ZoneClock => CLOCKS.get(zone) as ZoneClock;
const UTC = clockOf('UTC');

const zone = fc.constantFrom(...ZONES);
const unit = fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const);
const instant = fc.integer({ min: FROM / 1000, max: TO / 1000 }).map((s) => s * 1000);
const clockFor = (u: string, z: string): ZoneClock => (u === 'hour' ? UTC : clockOf(z));

describe('partitions', () => {
  it('begin at or before every instant in them and end after it', () => {
    fc.assert(
      fc.property(unit, zone, instant, (u, z, ms) => {
        const clock = clockFor(u, z);
        const index = partitionAt(u, clock, ms);
        expect(partitionStart(u, clock, index)).toBeLessThanOrEqual(ms);
        expect(partitionStart(u, clock, index + 1)).toBeGreaterThan(ms);
        expect(partitionAt(u, clock, partitionStart(u, clock, index))).toBe(index);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are called as Intl writes their time', () => {
    fc.assert(
      fc.property(unit, zone, instant, (u, z, ms) => {
        expect(partitionKey(u, partitionAt(u, clockFor(u, z), ms))).toBe(keyAt({ unit: u, zone: z }, ms));
      }),
    );
  });

  it('an unpartitioned dataset has one, without a key', () => {
    expect([partitionAt('none', UTC, FROM), partitionKey('none', 0)]).toEqual([0, '']);
  });
});

const mapping = (select: PartitionMapping['select'], days = 0): PartitionMapping => ({
  shift: { days, ms: 0 },
  select,
  any: false,
});
const dataset = (u: DatasetDef['unit'], z: string): DatasetDef => ({
  name: 'd',
  unit: u,
  zone: z,
  check: null,
  marker: null,
  rows: Number.NaN,
});

describe('a window', () => {
  it('of a day over hours covers each hour of a year once', () => {
    for (const z of ZONES) {
      const clock = clockOf(z);
      const first = partitionAt('day', clock, FROM);
      const hours: number[] = [];
      for (let day = first; day < first + 400; day++) {
        const noon = clock.instantOf(day * DAY + 12 * HOUR);
        const range = mappedPartitions(
          mapping({ kind: 'window', unit: 'day' }),
          dataset('hour', 'UTC'),
          noon,
          clock,
          UTC,
        );
        for (let hour = range.first; hour <= range.last; hour++) hours.push(hour);
      }
      expect(hours).toEqual(Array.from(hours, (_, i) => hours[0] + i));
    }
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-06-01', 24],
    ['Europe/Berlin', '2026-10-25', 25],
    // 23.5 and 24.5 hours: an hour belongs to the day in which it begins.
    ['Australia/Lord_Howe', '2026-10-04', 23],
    ['Australia/Lord_Howe', '2026-04-05', 25],
  ])('of a day in %s, %s, has %d hours', (z, date, hours) => {
    const noon = clockOf(z).instantOf(Date.parse(`${date}T12:00Z`));
    const range = mappedPartitions(
      mapping({ kind: 'window', unit: 'day' }),
      dataset('hour', 'UTC'),
      noon,
      clockOf(z),
      UTC,
    );
    expect(range.last - range.first + 1).toBe(hours);
  });

  it('of any unit is the partitions that begin in it', () => {
    fc.assert(
      fc.property(zone, zone, instant, fc.nat(40), (z, dz, ms, days) => {
        const range = partitionsBeginningIn('day', clockOf(dz), ms, ms + days * DAY);
        for (let i = range.first - 1; i <= range.last + 1; i++) {
          const startMs = partitionStart('day', clockOf(dz), i);
          expect(startMs >= ms && startMs < ms + days * DAY).toBe(i >= range.first && i <= range.last);
        }
        expect(clockOf(z).name).toBe(z);
      }),
    );
  });
});

describe('a shift', () => {
  it('by days keeps the wall time, by hours the distance', () => {
    const clock = clockOf('Europe/Berlin');
    const evening = Date.parse('2026-03-28T20:00+01:00');
    expect(shifted(clock, evening, { days: 1, ms: 0 })).toBe(Date.parse('2026-03-29T20:00+02:00'));
    expect(shifted(clock, evening, { days: 0, ms: 24 * HOUR })).toBe(Date.parse('2026-03-29T21:00+02:00'));
  });

  it('by a day is one partition of a day, on every day of the year', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: -9, max: 9 }), (z, ms, days) => {
        const same = mappedPartitions(mapping({ kind: 'same' }, days), dataset('day', z), ms, clockOf(z), clockOf(z));
        expect(same.last - partitionAt('day', clockOf(z), ms)).toBe(days);
        expect(same.first).toBe(same.last);
      }),
      { numRuns: 500 },
    );
  });
});
