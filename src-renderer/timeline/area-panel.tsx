// The statistics of the marked area, in one line above the rows.

import { useMemo } from 'react';
import { useStore } from 'zustand';
import { formatDuration, msBetween } from '../../shared/base/time.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { zonedTime } from '../widgets/zoned-time.ts';
import { areaStatistics } from './area.ts';
import type { RowList, TimelineModel } from './row-list.ts';
import type { TimelineStore } from './timeline-store.ts';

interface AreaPanelProps {
  readonly model: TimelineModel;
  readonly rows: RowList;
  readonly store: TimelineStore;
}

export function AreaPanel({ model, rows, store }: AreaPanelProps) {
  const area = useStore(store, (s) => s.area);
  const markUs = useStore(store, (s) => s.markUs);
  const statistics = useMemo(() => (area ? areaStatistics(model, rows, area) : null), [model, rows, area]);
  const time = zonedTime(model.timeline.zone);
  if (markUs !== null) {
    return <span role="status">Marked {time.clockSeconds(markUs)}. Move the cursor and press m again.</span>;
  }
  if (!area || !statistics) {
    return <span className="dim">Drag over bars for statistics.</span>;
  }
  const { taskRuns, pipelines, measured, p50Ms, p99Ms, maxMs, late, early } = statistics;
  return (
    <span className="area-figures" role="status">
      <b>
        {time.clockSeconds(area.fromUs)} to {time.clockSeconds(area.toUs)}
      </b>
      <span>{formatDuration(msBetween(area.fromUs, area.toUs))}</span>
      <span>
        <b data-figure="area-count">{formatCount(taskRuns)}</b> task runs of {formatPlural(pipelines, 'pipeline')}
      </span>
      {measured > 0 ? (
        <span>
          start latency p50 <b>{formatDuration(p50Ms)}</b> · p99 <b>{formatDuration(p99Ms)}</b> · slowest{' '}
          {formatDuration(maxMs)}
        </span>
      ) : null}
      {measured < taskRuns ? <span className="dim">{formatCount(taskRuns - measured)} not measured</span> : null}
      {late > 0 ? <span className="ink-late">{formatCount(late)} late or failed</span> : null}
      {early > 0 ? <span className="ink-early">{formatCount(early)} read too early</span> : null}
      <button type="button" className="link dim" onClick={() => store.setState({ area: null })}>
        clear
      </button>
    </span>
  );
}
