// Two simpler ways to predict a makespan, to see what the fit of overheads is worth: the list schedule plus one constant
// for each application, and plus a straight line in the number of tasks. Both are medians, as robust as the fit.

import { median } from './median.ts';
import { type PreparedRun, plainMs, type RunToPredict } from './prepared-run.ts';

/** List schedule plus the median of what the measured runs took beyond theirs. */
export function constantMs(run: RunToPredict, measured: readonly PreparedRun[]): number {
  return plainMs(run) + median(measured.map(beyondPlainMs));
}

/** List schedule plus the Theil-Sen line through what the measured runs took beyond theirs, by number of tasks. */
export function lineMs(run: RunToPredict, measured: readonly PreparedRun[]): number {
  const slopes = measured.flatMap((a, i) =>
    measured
      .slice(i + 1)
      .filter((b) => b.shape.taskCount !== a.shape.taskCount)
      .map((b) => (beyondPlainMs(b) - beyondPlainMs(a)) / (b.shape.taskCount - a.shape.taskCount)),
  );
  const slopeMs = slopes.length === 0 ? 0 : median(slopes);
  const atZeroMs = median(measured.map((other) => beyondPlainMs(other) - slopeMs * other.shape.taskCount));
  return Math.max(plainMs(run), plainMs(run) + atZeroMs + slopeMs * run.shape.taskCount);
}

const beyondPlainMs = (run: PreparedRun): number => run.measuredMs - plainMs(run);
