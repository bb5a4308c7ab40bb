// How much one run says about another of the same application, from 0 to 1: much when they ran at about the same time
// (the same machines, the same settings, the same load) and are about as large; a little in any case, so that nobody
// learns from one run alone. Knows nothing of measured makespans.

import { MS_PER_HOUR } from '../../../shared/base/time.ts';
import type { RunToPredict } from './prepared-run.ts';
import type { WorkflowShape } from './workflow-shape.ts';

/** Two runs this far apart in time say half as much as two at once; there is no scale beyond which none is left. */
const HALVED_AFTER_MS = MS_PER_HOUR;
/** What any run says, beside 1 of the one most like it. */
const LEAST = 0.02;

/** A weight for each of `others`, the largest 1. */
export function likenesses(run: RunToPredict, others: readonly RunToPredict[]): number[] {
  const raw = others.map((other) => timeLikeness(run, other) * shapeLikeness(run.shape, other.shape));
  const most = Math.max(...raw, Number.MIN_VALUE);
  return raw.map((likeness) => LEAST + (1 - LEAST) * (likeness / most));
}

const timeLikeness = (a: RunToPredict, b: RunToPredict): number =>
  HALVED_AFTER_MS / (HALVED_AFTER_MS + Math.abs(a.executedAtMs - b.executedAtMs));

/** Falls with the distance in log tasks, log work and log critical path: to 1/e where one of them is e times as large. */
function shapeLikeness(a: WorkflowShape, b: WorkflowShape): number {
  const squared =
    squaredLogRatio(a.taskCount, b.taskCount) +
    squaredLogRatio(a.workMs, b.workMs) +
    squaredLogRatio(a.criticalPathMs, b.criticalPathMs);
  return Math.exp(-Math.sqrt(squared));
}

/** Of sizes from 0: one more than each, so that nothing has a logarithm too. */
function squaredLogRatio(a: number, b: number): number {
  const ratio = Math.log((a + 1) / (b + 1));
  return ratio * ratio;
}
