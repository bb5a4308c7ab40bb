// How many task runs wait and run in each slice of a log: the picture of the time bar. Waiting is counted by the same
// fold as running, over the span from ready to started.

import { runningDensity } from '../../shared/analysis/density.ts';
import type { TimelineView } from '../../shared/api/views.ts';

export interface Activity {
  readonly running: Int32Array;
  /** Ready, and not started yet. */
  readonly waiting: Int32Array;
  /** The largest sum of both. */
  readonly most: number;
}

export function activityOf(timeline: Pick<TimelineView, 'fromUs' | 'toUs' | 'times'>, slices: number): Activity {
  const { fromUs, toUs, times } = timeline;
  const running = runningDensity(times, fromUs, toUs, slices);
  const waiting = runningDensity(waitsOf(times), fromUs, toUs, slices);
  let most = 0;
  for (let i = 0; i < slices; i++) most = Math.max(most, running[i] + waiting[i]);
  return { running, waiting, most };
}

/** Waits as intervals; a run that started at once did not wait, and one that never started waited until its end. */
function waitsOf({ readyUs, startedUs, endedUs }: TimelineView['times']) {
  const from = readyUs.slice();
  const to = startedUs.slice();
  for (let i = 0; i < from.length; i++) {
    if (Number.isNaN(to[i])) to[i] = endedUs[i];
    if (to[i] <= from[i]) from[i] = Number.NaN;
  }
  return { startedUs: from, endedUs: to };
}
