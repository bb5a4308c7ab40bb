// Stepping from event to event with `[` and `]`: the distinct times at which anything happened to a task run, of one
// pipeline or of all.

import type { TimelineView } from '../../shared/api/views.ts';

type StepTimes = Pick<TimelineView, 'task' | 'taskPipeline' | 'times'>;

const cache = new WeakMap<StepTimes, Map<number, Float64Array>>();

/** Ascending distinct times in µs; `pipeline` -1 for all of them. Sorted once a pipeline. */
export function stepTimes(timeline: StepTimes, pipeline: number): Float64Array {
  let byPipeline = cache.get(timeline);
  if (!byPipeline) cache.set(timeline, (byPipeline = new Map()));
  let times = byPipeline.get(pipeline);
  if (!times) byPipeline.set(pipeline, (times = collect(timeline, pipeline)));
  return times;
}

function collect({ task, taskPipeline, times }: StepTimes, pipeline: number): Float64Array {
  const columns = [times.readyUs, times.queuedUs, times.startedUs, times.endedUs, times.finalizedUs, times.publishedUs];
  const all = new Float64Array(task.length * columns.length);
  let count = 0;
  for (let i = 0; i < task.length; i++) {
    if (pipeline >= 0 && taskPipeline[task[i]] !== pipeline) continue;
    for (const column of columns) if (Number.isFinite(column[i])) all[count++] = column[i];
  }
  const sorted = all.subarray(0, count).sort();
  let kept = 0;
  for (let i = 0; i < count; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i];
  return sorted.slice(0, kept);
}

/** The nearest time strictly before (-1) or after (1) an instant; null when there is none. */
export function nextStep(times: Float64Array, us: number, direction: -1 | 1): number | null {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (direction > 0 ? times[middle] <= us : times[middle] < us) low = middle + 1;
    else high = middle;
  }
  const at = direction > 0 ? low : low - 1;
  return at >= 0 && at < times.length ? times[at] : null;
}
