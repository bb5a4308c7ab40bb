// Observed landings against a target: the first publish of each night's partition, days and clocks in the target's zone,
// of the log that knows most nights.

import { describe, expect, it } from 'vitest';
import type { Log } from '../../../shared/model/log.ts';
import { backtest, heldBack, observedStanding } from '../../../simulations/experiments/fit-rows.ts';
import { historyLandings, type LandingTarget } from '../../../simulations/experiments/history-landings.ts';
import { LogBuilder } from '../../shared/analysis/log-builder.ts';

const TARGET: LandingTarget = {
  kind: 'landing',
  dataset: 'd',
  due: { kind: 'clock', clockMs: 2 * 3_600_000, zone: 'UTC' },
  share: 0.995,
};

function observedLog(dataset: string, landings: readonly (readonly [key: string, ms: number])[]): Log {
  const builder = new LogBuilder();
  for (const [key, ms] of landings) {
    const seconds = ms / 1_000;
    builder.wrote(builder.version(dataset, key, 1), seconds - 60, seconds - 10, seconds);
  }
  return builder.build({ source: 'observed', landing: 'published' });
}

const at = (iso: string): number => Date.parse(`${iso}Z`);

describe('observed landings', () => {
  const log: Log = observedLog('d', [
    ['date=2025-12-23', at('2025-12-24T01:30:00')],
    ['date=2025-12-24', at('2025-12-25T02:09:00')],
    ['date=2025-12-24', at('2025-12-25T07:00:00')],
    ['hour=03', at('2025-12-25T07:00:00')],
  ]);

  it('are each night’s first publish, less its deadline', () => {
    expect(historyLandings([log], TARGET)).toEqual([
      { night: '2025-12-23', lateMs: -30 * 60_000 },
      { night: '2025-12-24', lateMs: 9 * 60_000 },
    ]);
  });

  it('know zones and spans', () => {
    const berlin: LandingTarget = { ...TARGET, due: { kind: 'clock', clockMs: 3 * 3_600_000, zone: 'Europe/Berlin' } };
    expect(historyLandings([log], berlin)[0].lateMs).toBe(-30 * 60_000);
    const within: LandingTarget = { ...TARGET, due: { kind: 'within', ms: 3_600_000 } };
    expect(historyLandings([log], within)[0].lateMs).toBe(30 * 60_000);
  });

  it('come from the observed log with most nights, and from none that does not know the dataset', () => {
    const less = observedLog('d', [['date=2025-12-20', at('2025-12-21T01:00:00')]]);
    expect(historyLandings([less, log], TARGET).length).toBe(2);
    expect(historyLandings([{ ...log, source: 'simulated' }], TARGET)).toEqual([]);
    expect(historyLandings([log], { ...TARGET, dataset: 'other' })).toEqual([]);
  });
});

describe('a history', () => {
  const nights = Array.from({ length: 90 }, (_, i) => ({ night: `${i}`, lateMs: i === 40 ? 1 : -60_000 * (90 - i) }));

  it('of 90 nights with one miss cannot confirm 99.5 %', () => {
    expect(observedStanding(nights, 0.995)).toMatchObject({ trials: 90, met: 89, verdict: 'cannot confirm' });
  });

  it('holds back its last 30 nights, and none when there are few', () => {
    expect(heldBack(nights).map(({ night }) => night)).toEqual(nights.slice(60).map(({ night }) => night));
    expect(heldBack(nights.slice(0, 29))).toEqual([]);
    const played = observedStanding(nights.slice(60), 0.995);
    expect(backtest(0, nights.slice(60), played)).toMatchObject({ nights: 30, p50OffMs: 0, p95OffMs: 0 });
  });
});
