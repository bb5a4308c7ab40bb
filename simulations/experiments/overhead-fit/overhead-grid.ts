// The overheads that a fit chooses from: a grid of dispatch gap x start-up x constant, each from nothing to far more than
// a batch system takes, every step a quarter larger to three times as large. A grid and not a search, because with
// three runs to learn from many settings explain them equally well, and a prediction has to ask all of these.

import type { MeasuredWorkflow } from '../../../shared/model/measured-workflow.ts';
import { OverheadDay, type ScheduleOverheads } from './overhead-day.ts';

export interface Overheads extends ScheduleOverheads {
  /** Once a run, before its first task: planning, staging, the first matching cycle. */
  readonly constantMs: number;
}

const DISPATCH_GAPS_MS = [0, ...stepsFrom(400, 1.24, 26)];
const START_UPS_MS = [0, 10, 30, 90, 270, 810].map((seconds) => seconds * 1_000);
const CONSTANTS_MS = [0, 30, 60, 100, 150, 220, 330, 500, 800, 1_200, 2_000, 3_500, 6_000].map((s) => s * 1_000);

/** Every setting; the first has no overheads at all. */
export const OVERHEAD_GRID: readonly Overheads[] = DISPATCH_GAPS_MS.flatMap((dispatchGapMs) =>
  START_UPS_MS.flatMap((startUpMs) => CONSTANTS_MS.map((constantMs) => ({ dispatchGapMs, startUpMs, constantMs }))),
);

function stepsFrom(first: number, factor: number, count: number): number[] {
  const steps = [first];
  while (steps.length < count) steps.push((steps[steps.length - 1] as number) * factor);
  return steps.map(Math.round);
}

/**
 * The simulated makespan under every setting of OVERHEAD_GRID, milliseconds, in its order. The constant is added, the
 * rest is played. Throws DayRefusedError as OverheadDay does.
 */
export function simulateGrid(workflow: MeasuredWorkflow): Float64Array {
  const day = new OverheadDay(workflow);
  const makespansMs = new Float64Array(OVERHEAD_GRID.length);
  for (let i = 0; i < makespansMs.length; i += CONSTANTS_MS.length) {
    const playedMs = day.makespanMs(OVERHEAD_GRID[i] as Overheads);
    CONSTANTS_MS.forEach((constantMs, c) => {
      makespansMs[i + c] = playedMs + constantMs;
    });
  }
  return makespansMs;
}
