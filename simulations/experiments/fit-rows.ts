// One row of "will it fit": what nights that were played, or were observed, say of each target.

import type { FitBacktest, FitStanding, FitVerdict } from '../../shared/api/views-fit.ts';
import { nearestRank } from '../../shared/base/quantile.ts';
import type { Scenario } from '../../shared/scenario/scenario.ts';
import type { NightLanding } from './history-landings.ts';
import type { PlayTally } from './play-tally.ts';
import { countedTargets } from './stopping.ts';
import { standing } from './verdict.ts';

/** By target row. `seen`: how many replications, from the first on, each was counted in. */
export function playedStandings(
  scenario: Scenario,
  tally: PlayTally,
  isCertain: boolean,
  seen: readonly number[],
): FitStanding[] {
  return countedTargets(scenario, tally, isCertain, seen).map((counted, row) => ({
    ...standing(counted),
    ...lateness(tally.replications.targetColumn(row, 'latestMs').subarray(0, seen[row])),
  }));
}

export function observedStanding(nights: readonly NightLanding[], wanted: number): FitStanding {
  const met = Float64Array.from(nights, ({ lateMs }) => (lateMs <= 0 ? 1 : 0));
  const trials = new Float64Array(nights.length).fill(1);
  const counted = standing({ wanted, of: 'nights', trials, met, isCertain: false });
  return { ...counted, ...lateness(Float64Array.from(nights, ({ lateMs }) => lateMs)) };
}

const WORST_FIRST: readonly FitVerdict[] = ['missed', 'undecided', 'cannot confirm', 'met'];

/** Of several targets: the first of missed, undecided, cannot confirm, met. */
export const worstVerdict = (verdicts: readonly FitVerdict[]): FitVerdict =>
  WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'cannot confirm';

/** Nights held back from the end of a history; fewer prove nothing of a 95th percentile. */
const HELD_BACK = 30;
const HELD_BACK_MIN = 10;

export const heldBack = <T>(nights: readonly T[]): readonly T[] => {
  const count = Math.min(HELD_BACK, Math.floor(nights.length / 3));
  return count < HELD_BACK_MIN ? [] : nights.slice(-count);
};

export function backtest(target: number, held: readonly NightLanding[], played: FitStanding): FitBacktest {
  const { p50LateMs, p95LateMs } = lateness(Float64Array.from(held, ({ lateMs }) => lateMs));
  return {
    target,
    nights: held.length,
    observedP50LateMs: p50LateMs,
    observedP95LateMs: p95LateMs,
    p50OffMs: played.p50LateMs - p50LateMs,
    p95OffMs: played.p95LateMs - p95LateMs,
  };
}

/** A night that never landed is later than all; NaN all through where a target knows no landing. */
function lateness(lateMs: Float64Array): Pick<FitStanding, 'p50LateMs' | 'p95LateMs'> {
  if (lateMs.every(Number.isNaN)) return { p50LateMs: Number.NaN, p95LateMs: Number.NaN };
  const sorted = lateMs.map((ms) => (Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms)).sort();
  return { p50LateMs: nearestRank(sorted, 0.5), p95LateMs: nearestRank(sorted, 0.95) };
}
