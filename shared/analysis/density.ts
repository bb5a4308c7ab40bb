// How many task runs were running in each slice of a span: the shape under the time bar. One pass, whatever the zoom.

import type { TaskRunTimes } from './task-run-times.ts';

/**
 * By bucket of [fromUs, toUs): the task runs that ran at some moment in it. A task run that is not known to have ended
 * counts to the end of the span, as it shows. Needs fromUs < toUs; else all counts are 0.
 */
export function runningDensity(
  times: Pick<TaskRunTimes, 'startedUs' | 'endedUs'>,
  fromUs: number,
  toUs: number,
  buckets: number,
): Int32Array {
  const change = new Int32Array(buckets + 1);
  const perUs = buckets / (toUs - fromUs);
  if (!(perUs > 0) || !Number.isFinite(perUs)) return new Int32Array(buckets);
  const { startedUs, endedUs } = times;
  for (let i = 0; i < startedUs.length; i++) {
    const endUs = Number.isNaN(endedUs[i]) ? toUs : endedUs[i];
    // An unknown start fails both comparisons.
    if (!(startedUs[i] < toUs && endUs >= fromUs)) continue;
    const first = Math.max(0, Math.floor((startedUs[i] - fromUs) * perUs));
    const last = Math.min(buckets - 1, Math.floor((lastInstantUs(startedUs[i], endUs) - fromUs) * perUs));
    change[Math.min(first, buckets - 1)]++;
    change[last + 1]--;
  }
  return sums(change).subarray(0, buckets);
}

/** A run holds [start, end); one without length still shows at its start. */
const lastInstantUs = (startUs: number, endUs: number): number => (endUs > startUs ? endUs - 1 : startUs);

function sums(change: Int32Array): Int32Array {
  for (let i = 1; i < change.length; i++) change[i] += change[i - 1];
  return change;
}
