// Builds what the timeline of one log draws from: bars, their indexes by pipeline and by task, and the tasks of each
// pipeline. O(n log n) in the task runs, once a log.

import type { GraphView, TimelineView } from '../../shared/api/views.ts';
import { csrBy } from '../../shared/model/catalog.ts';
import type { EarlyRead } from '../state/early-reads.ts';
import { indexBars } from './bar-index.ts';
import { barsOf } from './bars.ts';
import type { TimelineModel } from './row-list.ts';

export function timelineModel(
  timeline: TimelineView,
  pipelines: Pick<GraphView['pipelines'], 'name'>,
  early: readonly EarlyRead[],
): TimelineModel {
  const { task, taskPipeline, taskNames } = timeline;
  const bars = barsOf(timeline, early);
  const pipelineOf = Int32Array.from(task, (t) => taskPipeline[t]);
  const ids = Int32Array.from(taskNames, (_, i) => i);
  const { offsets, values } = csrBy(taskPipeline, ids, pipelines.name.length);
  return {
    timeline,
    bars,
    pipelineNames: pipelines.name,
    byPipeline: indexBars(bars, pipelineOf, pipelines.name.length),
    byTask: indexBars(bars, task, taskNames.length),
    taskOffsets: offsets,
    tasks: values,
  };
}
