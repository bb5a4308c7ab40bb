import { afterEach, describe, expect, it, vi } from 'vitest';
import { cronDays, parseCron } from '../../../shared/scenario/cron.ts';

const DAY = 86_400_000;
const day = (iso: string): number => Date.parse(`${iso}T00:00Z`) / DAY;

describe('cron text', () => {
  it.each([
    ['20 0 * * *', [20], '* * *', true],
    ['0,30 2 * * 1-5', [120, 150], '* * 1-5', true],
    ['*/30 2 * * *', [120, 150], '* * *', false],
    ['5 * * * *', Array.from({ length: 24 }, (_, h) => h * 60 + 5), '* * *', false],
    ['@daily', [0], '* * *', true],
    ['@weekly', [0], '* * 0', true],
  ])('%s', (text, minutesOfDay, days, isFixedTime) =>
    expect(parseCron(text)).toEqual({ ok: true, value: { text, minutesOfDay, days, isFixedTime } }),
  );

  it.each([
    ['0 0 30 2 *', /a day that never comes/],
    ['61 * * * *', /is no cron/],
    ['* * * *', /4 fields/],
    ['0 0 * * * *', /6 fields/],
    ['0 0 ? * *', /time of reading/],
    ['every day', /2 fields/],
    ['', /fields/],
  ])('"%s" is refused', (text, reason) => {
    const result = parseCron(text);
    expect(result.ok ? '' : result.error).toMatch(reason);
  });
});

describe('cron days', () => {
  it.each([
    ['* * *', 3],
    ['* * 5', 1],
    ['25 * *', 1],
    ['26 * 4', 2],
    ['29 2 *', 0],
  ])('%s among Thursday 25 to Saturday 27 December 2025', (days, count) =>
    expect(cronDays(days, day('2025-12-25'), day('2025-12-28'))).toHaveLength(count),
  );

  it('of the last day of the month', () => {
    expect(cronDays('L * *', day('2024-02-01'), day('2024-04-01'))).toEqual([day('2024-02-29'), day('2024-03-31')]);
  });

  it('come in order, the ends included and excluded', () => {
    expect(cronDays('1,2 * *', day('2026-01-01'), day('2026-02-02'))).toEqual(
      ['2026-01-01', '2026-01-02', '2026-02-01'].map(day),
    );
  });
});

describe('croner is asked for no clock', () => {
  afterEach(() => vi.useRealTimers());

  it('the answers are the same whenever it is asked', () => {
    const answers = ['1999-12-31T23:59:59Z', '2026-03-29T01:30:00Z', '2099-01-01T00:00:00Z'].map((now) => {
      vi.useFakeTimers({ now: Date.parse(now) });
      return ['* * 1', 'L * *', '29 2 *'].map((days) => cronDays(days, day('2024-01-01'), day('2026-06-01')));
    });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(answers[0].flat().length).toBeGreaterThan(100);
  });
});
