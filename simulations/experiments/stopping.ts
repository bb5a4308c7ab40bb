// When an experiment has seen enough: looks at fixed numbers of replications (so that threads and their speed change
// nothing), and ends when every target is decided for an early look, or known as closely as was asked. Where targets are
// all that is wanted, one that is decided stays so and is counted no further, while the others go on.

import type { Scenario } from '../../shared/scenario/scenario.ts';
import type { PlayTally } from './play-tally.ts';
import { type TargetRow, targetRows } from './targets.ts';
import { type Counted, EARLY_CONFIDENCE, type Standing, standing } from './verdict.ts';

export interface Stopping {
  /** At most. */
  readonly replications: number;
  /** Ends early when every target is decided. */
  readonly whenDecided: boolean;
  /** Half an interval of a target's share that is narrow enough, or null. */
  readonly halfWidth: number | null;
}

const FIRST_LOOK = 64;
/** Before that, where a target that is decided makes all that follows cheaper. */
const EARLIER_LOOKS = [16, 32];
const GROWTH = 1.25;

/** Numbers of replications at which to look, ascending; the last is all of them. */
export function looks({ replications, whenDecided, halfWidth }: Stopping, onlyTargets = false): number[] {
  const all: number[] = [];
  if (whenDecided || halfWidth !== null) {
    if (onlyTargets) all.push(...EARLIER_LOOKS.filter((at) => at < replications));
    for (let at = FIRST_LOOK; at < replications; at = Math.ceil((at * GROWTH) / 16) * 16) all.push(at);
  }
  return [...all, replications];
}

/** By target row. `seen`: how many replications, from the first on, each was counted in. */
export function countedTargets(
  scenario: Scenario,
  tally: PlayTally,
  isCertain: boolean,
  seen: readonly number[] | null = null,
): Counted[] {
  return targetRows(scenario.targets).map((row: TargetRow, i) => ({
    wanted: row.wanted,
    of: row.of,
    trials: tally.replications.targetColumn(i, 'trials').subarray(0, seen?.[i]),
    met: tally.replications.targetColumn(i, 'met').subarray(0, seen?.[i]),
    isCertain,
  }));
}

export const hasSeenEnough = (stopping: Stopping, counted: readonly Counted[]): boolean =>
  counted.length > 0 && counted.every((target) => isSeenEnough(stopping, target));

export function isSeenEnough({ whenDecided, halfWidth }: Stopping, target: Counted): boolean {
  const at = standing(target, EARLY_CONFIDENCE);
  return (whenDecided && isDecided(at)) || (halfWidth !== null && (at.high - at.low) / 2 <= halfWidth);
}

const isDecided = ({ verdict }: Standing): boolean => verdict === 'met' || verdict === 'missed';
