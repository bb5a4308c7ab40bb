// What a replay says of one landing, and how far the control is from what was recorded.

import type { Goal } from '../../../shared/analysis/why/critical-chain.ts';
import type { ReplayControl } from '../../../shared/api/views-why.ts';
import { nearestRank } from '../../../shared/base/quantile.ts';
import { MS_PER_MINUTE, US_PER_MS } from '../../../shared/base/time.ts';
import type { ReplayPieces } from './pieces.ts';
import type { ReplayTimes } from './replay.ts';

/** A control that misses the landing by more than this, or by more than a hundredth of the chain, is not believed. */
export const CONTROL_LIMIT_MS = MS_PER_MINUTE;

/** Epoch µs of a goal's landing in a replay; NaN when it does not land. */
export function landingIn(goal: Goal, { pieces, firstOf, originUs }: ReplayPieces, times: ReplayTimes): number {
  const piece = pieceOf(goal, { pieces, firstOf });
  if (piece < 0 || times.removed[piece] === 1) return Number.NaN;
  const recorded = pieces[piece];
  // A task run may write several: the goal's own distance from the end.
  const afterMs = (goal.at.us - originUs) / US_PER_MS - recorded.endedMs;
  return originUs + (times.endedMs[piece] + afterMs) * US_PER_MS;
}

/** The piece that lands, or -1. */
export function pieceOf(
  { taskRun, attempt }: Goal,
  { pieces, firstOf }: Pick<ReplayPieces, 'pieces' | 'firstOf'>,
): number {
  for (let i = firstOf[taskRun]; i >= 0 && i < pieces.length && pieces[i].taskRun === taskRun; i++)
    if (pieces[i].attempt === attempt) return i;
  return -1;
}

/** `chainMs`: how long the chain of the landing is. */
export function judgeControl(goal: Goal, chainMs: number, replay: ReplayPieces, times: ReplayTimes): ReplayControl {
  const landedUs = landingIn(goal, replay, times);
  const errorMs = (landedUs - goal.at.us) / US_PER_MS;
  const errors = new Float64Array(times.pieces.length);
  for (let i = 0; i < errors.length; i++) errors[i] = Math.abs(times.endedMs[i] - replay.pieces[i].endedMs);
  const sorted = errors.filter((ms) => !Number.isNaN(ms)).sort();
  const limitMs = Math.max(CONTROL_LIMIT_MS, chainMs / 100);
  return {
    landedUs,
    errorMs,
    endErrorP50Ms: nearestRank(sorted, 0.5),
    endErrorP99Ms: nearestRank(sorted, 0.99),
    endErrorMaxMs: nearestRank(sorted, 1),
    taskRuns: sorted.length,
    limitMs,
    isBelieved: Math.abs(errorMs) <= limitMs,
  };
}
