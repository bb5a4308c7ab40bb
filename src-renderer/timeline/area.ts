// Statistics of a marked area: the task runs that touch its times in its rows, and how long they waited. Quantiles by
// the same definition as everywhere (nearest rank); unknown waits are counted, never taken for zero.

import { nearestRank, sortedKnown } from '../../shared/base/quantile.ts';
import { msBetween } from '../../shared/base/time.ts';
import { forEachBar } from './bar-index.ts';
import { Severity } from './bars.ts';
import { barsOfRow, type RowList, type TimelineModel } from './row-list.ts';

export interface Area {
  readonly fromUs: number;
  readonly toUs: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

export interface AreaStatistics {
  readonly taskRuns: number;
  readonly pipelines: number;
  readonly measured: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly late: number;
  readonly early: number;
}

export function areaStatistics(model: TimelineModel, rows: RowList, area: Area): AreaStatistics {
  const { bars, timeline } = model;
  const inside = barsInArea(model, rows, area);
  const pipelines = new Set<number>();
  const waits = new Float64Array(inside.length);
  const count = { late: 0, early: 0 };
  inside.forEach((bar, i) => {
    pipelines.add(timeline.taskPipeline[timeline.task[bar]]);
    waits[i] = msBetween(timeline.times.readyUs[bar], bars.startUs[bar]);
    if (bars.severity[bar] === Severity.late) count.late++;
    if (bars.severity[bar] === Severity.early) count.early++;
  });
  const sorted = sortedKnown(waits);
  return {
    taskRuns: inside.length,
    pipelines: pipelines.size,
    measured: sorted.length,
    p50Ms: nearestRank(sorted, 0.5),
    p99Ms: nearestRank(sorted, 0.99),
    maxMs: nearestRank(sorted, 1),
    ...count,
  };
}

/** Each bar once, although an opened pipeline shows its bars in its own row and in its tasks' rows. */
function barsInArea(model: TimelineModel, rows: RowList, area: Area): number[] {
  const seen = new Uint8Array(model.bars.count);
  const inside: number[] = [];
  const last = Math.min(area.lastRow, rows.pipeline.length - 1);
  for (let row = Math.max(0, area.firstRow); row <= last; row++) {
    const at = barsOfRow(model, rows, row);
    forEachBar(model.bars, at.index, at.row, area.fromUs, area.toUs, (bar) => {
      if (seen[bar] === 0) inside.push(bar);
      seen[bar] = 1;
    });
  }
  return inside;
}
