// Instants of a cron against croner's own (its "no-wildcard" rule is the same choice as here), over years with all
// their clock changes, and by hand on the days that matter.

import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZoneClock } from '../../../../shared/base/zone.ts';
import { type CronFields, parseCron } from '../../../../shared/scenario/cron.ts';
import { cronTicks } from '../../../../simulations/orchestrator/run-plan/cron-ticks.ts';

const FROM = Date.UTC(2025, 0, 1);
const TO = Date.UTC(2028, 0, 1);
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Kolkata',
];
const CLOCKS = new Map(ZONES.map((zone) => [zone, new ZoneClock(zone, FROM, TO)]));

function ticks(text: string, zone: string, fromMs: number, toMs: number): number[] {
  const cron = parseCron(text);
  if (!cron.ok) throw new Error(cron.error);
  return [...cronTicks(cron.value as CronFields, CLOCKS.get(zone) as ZoneClock, fromMs, toMs)];
}

function croners(text: string, timezone: string, fromMs: number, toMs: number): number[] {
  const cron = new Cron(text, { timezone, mode: '5-part', paused: true, fixedTimeRule: 'no-wildcard' });
  const found: number[] = [];
  for (let next = cron.nextRun(new Date(fromMs - 1)); next && next.getTime() < toMs; next = cron.nextRun(next))
    found.push(next.getTime());
  return found;
}

const number = (max: number) => fc.nat(max).map(String);
const field = (max: number) =>
  fc.oneof(
    number(max),
    fc.constant('*'),
    fc.tuple(fc.nat(max), fc.nat(max)).map(([a, b]) => `${a},${b}`),
    fc.constantFrom('*/2', '*/7', '*/20'),
    fc.tuple(fc.nat(max), fc.nat(max)).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
  );
const cronText = fc
  .tuple(
    field(59),
    fc.oneof(field(23), fc.constantFrom('0', '1', '2', '3')),
    fc.constantFrom('*', '*', '1', '29,30', 'L'),
    fc.constant('*'),
    fc.constantFrom('*', '*', '0', '1-5', 'SUN#2'),
  )
  .map((parts) => parts.join(' '));
/** Three days, often around a change of clocks. */
const start = fc.oneof(
  fc.integer({ min: FROM / 1000, max: TO / 1000 - 300_000 }).map((s) => s * 1000),
  fc
    .constantFrom(
      '2026-03-28',
      '2026-10-24',
      '2026-03-07',
      '2026-10-31',
      '2026-10-03',
      '2026-04-04',
      '2026-04-23',
      '2026-10-29',
      '2027-03-27',
      '2026-09-05',
    )
    .map((date) => Date.parse(`${date}T00:00Z`)),
);

describe('cron in a zone', () => {
  it('fires when croner says', () => {
    fc.assert(
      fc.property(cronText, fc.constantFrom(...ZONES), start, (text, zone, fromMs) => {
        const toMs = fromMs + 3 * 86_400_000;
        expect(ticks(text, zone, fromMs, toMs)).toEqual(croners(text, zone, fromMs, toMs));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    // 23-hour day: 02:30 does not exist; the fixed job runs at the end of the gap, the wildcard job not at all.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29', ['01:00']],
    ['*/30 2 * * *', 'Europe/Berlin', '2026-03-29', []],
    // 25-hour day: once for the fixed job, in both hours for the wildcard one.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25', ['00:30']],
    ['0,30 2 * * *', 'Europe/Berlin', '2026-10-25', ['00:00', '00:30']],
    ['*/30 2 * * *', 'Europe/Berlin', '2026-10-25', ['00:00', '00:30', '01:00', '01:30']],
    // Half an hour is skipped, and comes twice, on Lord Howe Island.
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-04', ['15:30']],
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-05', ['14:45']],
    ['*/15 1 * * *', 'Australia/Lord_Howe', '2026-04-05', ['14:00', '14:15', '14:30', '14:45', '15:00', '15:15']],
  ])('%s in %s on %s', (text, zone, date, expected) => {
    const clock = CLOCKS.get(zone) as ZoneClock;
    const midnight = Date.parse(`${date}T00:00Z`);
    const found = ticks(text, zone, clock.instantOf(midnight), clock.instantOf(midnight + 86_400_000));
    expect(found.map((ms) => new Date(ms).toISOString().slice(11, 16))).toEqual(expected);
  });

  it('of every hour fires 23, 24 and 25 times on days of such length', () => {
    const counts = ['2026-03-29', '2026-06-01', '2026-10-25'].map((date) => {
      const clock = CLOCKS.get('Europe/Berlin') as ZoneClock;
      const midnight = Date.parse(`${date}T00:00Z`);
      return ticks('7 * * * *', 'Europe/Berlin', clock.instantOf(midnight), clock.instantOf(midnight + 86_400_000))
        .length;
    });
    expect(counts).toEqual([23, 24, 25]);
  });
});
