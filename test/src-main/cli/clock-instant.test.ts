// A time that is typed beside a night: on the clocks of the log's zone, the first that the log has.

import { describe, expect, it } from 'vitest';
import type { LogView } from '../../../shared/api/views.ts';
import { formatInstant } from '../../../shared/base/time.ts';
import { instantOf } from '../../../src-main/cli/clock-instant.ts';

const view = (from: string, zone: string): LogView => ({
  name: 'night',
  title: '',
  source: 'observed',
  zone,
  fromUs: Date.parse(from) * 1_000,
  toUs: Date.parse(from) * 1_000 + 86_400e6,
  pipelines: 0,
  tasks: 0,
  datasets: 0,
  runs: 0,
  taskRuns: 0,
  events: 0,
  importedFrom: '',
});

describe('an instant as people type it', () => {
  it.each([
    ['01:37', '2025-12-25T00:00:00Z', 'UTC', '2025-12-25T01:37:00Z'],
    ['01:37:05', '2025-12-25T01:37:05Z', 'UTC', '2025-12-25T01:37:05Z'],
    ['01:37', '2025-12-24T20:00:00Z', 'UTC', '2025-12-25T01:37:00Z'],
    ['01:37', '2025-12-24T20:00:00Z', 'Europe/Berlin', '2025-12-25T00:37:00Z'],
    // Clocks go forward over it: the first moment after the gap.
    ['02:30', '2025-03-29T23:00:00Z', 'Europe/Berlin', '2025-03-30T01:00:00Z'],
    ['2025-12-25T01:37:00+01:00', '2025-12-24T20:00:00Z', 'UTC', '2025-12-25T00:37:00Z'],
  ])('%s of a log from %s in %s', (text, from, zone, instant) => {
    expect(formatInstant(instantOf(text, view(from, zone)))).toBe(instant);
  });

  it.each(['noon', '24:00', '01:60', '1', ''])('refuses "%s"', (text) => {
    expect(() => instantOf(text, view('2025-12-25T00:00:00Z', 'UTC'))).toThrow(/is no time: write 01:37/);
  });

  it('refuses a clock where the log has no times', () => {
    expect(() => instantOf('01:37', { ...view('2025-12-25T00:00:00Z', 'UTC'), fromUs: Number.NaN })).toThrow(
      'is no time',
    );
  });
});
