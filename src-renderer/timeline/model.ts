// Builds what the timeline of one log draws from: bars, their indexes by pipeline and by task, and the tasks of each
// pipeline. Close to O(n) in the task runs, once a log.

import type { GraphView, TimelineView } from '../../shared/api/views.ts';
import { rowNumbers } from '../../shared/base/columns.ts';
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
  const pipelineOf = task.map((t) => taskPipeline[t]);
  const { offsets, values } = csrBy(taskPipeline, rowNumbers(taskNames.length), pipelines.name.length);
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
