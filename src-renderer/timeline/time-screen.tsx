// The Time screen: which rows and in which order, statistics of a marked range, the canvas, and the inspector.

import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { GraphView, LogView, TimelineView } from '../../shared/api/views.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { type EarlyRead, useEarlyReads } from '../state/early-reads.ts';
import { useSelection } from '../state/selection.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { inNextTask } from '../widgets/next-task.ts';
import { EmptyNotice, ErrorNotice, Loading } from '../widgets/notice.tsx';
import { AreaPanel } from './area-panel.tsx';
import { Legend } from './legend.tsx';
import { timelineModel } from './model.ts';
import { RowChoices } from './row-choices.tsx';
import { type RowFilter, shownPipelines } from './row-filter.ts';
import { type RowOrder, rowList, type TimelineModel } from './row-list.ts';
import { TimelineCanvas } from './timeline-canvas.tsx';
import { timelineStore } from './timeline-store.ts';
import { useFollowGrowth } from './use-follow-growth.ts';

export function TimeScreen({ log }: { log: LogView }) {
  const { resources } = useApp();
  const of = { log: log.name };
  const timeline = useResource('log.timeline', of);
  const graph = useResource('log.graph', of);
  const early = useEarlyReads(log);
  return (
    <div className="with-inspector">
      {timeline.status === 'error' ? (
        <ErrorNotice
          what="The timeline cannot be shown"
          error={timeline.error}
          onRetry={() => resources.retry('log.timeline', of)}
        />
      ) : timeline.status === 'ready' && graph.status === 'ready' ? (
        <Timeline key={log.name} log={log} timeline={timeline.value} graph={graph.value} early={early} />
      ) : (
        <Waiting />
      )}
      <Inspector log={log} />
    </div>
  );
}

const Waiting = () => (
  <div className="screen-wait">
    <Loading what="the task runs" lines={12} />
  </div>
);

interface TimelineProps {
  readonly log: LogView;
  readonly timeline: TimelineView;
  readonly graph: GraphView;
  readonly early: readonly EarlyRead[];
}

function Timeline(props: TimelineProps) {
  const model = useTimelineModel(props);
  return model ? <Rows log={props.log} graph={props.graph} model={model} /> : <Waiting />;
}

/** null at first; then the last one until that of what is given now is built, which is a task of its own. */
function useTimelineModel({ timeline, graph, early }: TimelineProps): TimelineModel | null {
  const [model, setModel] = useState<TimelineModel | null>(null);
  useEffect(
    () => inNextTask(() => setModel(timelineModel(timeline, graph.pipelines, early))),
    [timeline, graph, early],
  );
  return model;
}

function Rows({ log, graph, model }: Pick<TimelineProps, 'log' | 'graph'> & { readonly model: TimelineModel }) {
  const { pipeline, select } = useSelection(log);
  const [order, setOrder] = useState<RowOrder>('start');
  const [filter, setFilter] = useState<RowFilter>('all');
  const { opened, toggle } = useOpened(pipeline);
  // The canvas reads its colours when it is made: another theme makes it anew.
  const theme = useStore(useApp().theme, (s) => s.theme);
  const [store] = useState(() => timelineStore(model.timeline));
  useFollowGrowth(store, model.timeline);
  const rowHeight = useStore(store, (s) => s.rowHeight);
  const shown = useMemo(() => shownPipelines(graph, filter, pipeline), [graph, filter, pipeline]);
  const rows = useMemo(() => rowList(model, order, opened, shown), [model, order, opened, shown]);
  if (model.bars.count === model.bars.unplaced) {
    return (
      <EmptyNotice
        title={model.bars.count === 0 ? 'This log tells of no task run' : 'No task run of this log has a time'}
      >
        <p className="dim">
          {model.bars.count === 0
            ? 'Its source describes jobs or datasets, and nothing that ran.'
            : 'Its source named the task runs and not when they ran.'}
        </p>
      </EmptyNotice>
    );
  }
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="timeline-bar">
        <RowChoices
          order={order}
          filter={filter}
          rowHeight={rowHeight}
          hasSelection={pipeline !== null}
          rowCount={rows.pipeline.length}
          onOrder={setOrder}
          onFilter={setFilter}
          onRowHeight={(next) => store.setState({ rowHeight: next })}
        />
        <AreaPanel model={model} rows={rows} store={store} />
        <Legend unplaced={model.bars.unplaced} />
      </div>
      <TimelineCanvas
        key={theme}
        model={model}
        rows={rows}
        store={store}
        selected={pipeline}
        isByStart={order === 'start'}
        onSelect={select}
        onToggle={toggle}
      />
    </section>
  );
}

/** The pipelines whose tasks are shown: those that were opened, and each one that is selected. */
function useOpened(selected: number | null) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [lastSelected, setLastSelected] = useState<number | null>(null);
  if (selected !== lastSelected) {
    setLastSelected(selected);
    if (selected !== null) setOpened(new Set([...opened, selected]));
  }
  const toggle = (pipeline: number): void => {
    const next = new Set(opened);
    if (!next.delete(pipeline)) next.add(pipeline);
    setOpened(next);
  };
  return { opened, toggle };
}
