// Predicts every run that was not learnt from, in four ways, and sums up how far each way was off.

import { constantMs, lineMs } from './baselines.ts';
import { median } from './median.ts';
import type { Overheads } from './overhead-grid.ts';
import { predictMakespan } from './predict-makespan.ts';
import { type PreparedRun, plainMs, type RunToPredict } from './prepared-run.ts';
import { type Rotation, splitThirds } from './thirds.ts';

/** Absolute error by the measured makespan, 0.1 is 10 %. */
export interface RelativeErrors {
  /** A list schedule, no overheads. */
  readonly plain: number;
  readonly constant: number;
  readonly line: number;
  readonly fitted: number;
}

export interface HeldOutRun {
  readonly name: string;
  readonly application: string;
  readonly measuredMs: number;
  readonly fittedMs: number;
  readonly likeliest: Overheads;
  readonly trainedOn: number;
  readonly errors: RelativeErrors;
}

/** One row for each run that this rotation holds out. */
export function predictHeldOut(runs: readonly PreparedRun[], rotation: Rotation): HeldOutRun[] {
  return splitThirds(runs, rotation).flatMap(({ training, heldOut }) => heldOut.map((run) => judge(run, training)));
}

function judge(run: PreparedRun, training: readonly PreparedRun[]): HeldOutRun {
  const { name, application, measuredMs, executedAtMs, shape, simulatedMs } = run;
  // Without the measured makespan: a prediction cannot read what it is not given.
  const unseen: RunToPredict = { executedAtMs, shape, simulatedMs };
  const fitted = predictMakespan(unseen, training);
  const off = (predictedMs: number): number => Math.abs(predictedMs - measuredMs) / measuredMs;
  return {
    name,
    application,
    measuredMs,
    fittedMs: fitted.makespanMs,
    likeliest: fitted.likeliest,
    trainedOn: training.length,
    errors: {
      plain: off(plainMs(unseen)),
      constant: off(constantMs(unseen, training)),
      line: off(lineMs(unseen, training)),
      fitted: off(fitted.makespanMs),
    },
  };
}

/** The median of each kind of error. */
export const medianErrors = (heldOut: readonly HeldOutRun[]): RelativeErrors => ({
  plain: median(heldOut.map(({ errors }) => errors.plain)),
  constant: median(heldOut.map(({ errors }) => errors.constant)),
  line: median(heldOut.map(({ errors }) => errors.line)),
  fitted: median(heldOut.map(({ errors }) => errors.fitted)),
});
