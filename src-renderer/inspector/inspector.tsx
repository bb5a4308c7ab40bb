// The inspector of a pipeline, on the right and never modal: what it is, its deadlines and early reads in this log,
// its task runs, and the chosen task with what it waits for, reads and writes. What is inferred or unknown says so.

import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { LogView, PipelineView, TimelineView } from '../../shared/api/views.ts';
import { useSelection } from '../state/selection.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { formatCount } from '../widgets/format.ts';
import { EmptyNotice, ErrorNotice, Loading } from '../widgets/notice.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { MomentPane } from './moment-pane.tsx';
import { PipelineVerdicts } from './pipeline-verdicts.tsx';
import { isFirstRow, runRows } from './run-rows.ts';
import { RunTable } from './run-table.tsx';
import { TaskDetail } from './task-detail.tsx';

export function Inspector({ log }: { log: LogView }) {
  const selection = useSelection(log);
  return (
    <aside className="inspector" aria-label="Inspector">
      {selection.pipeline !== null ? (
        <Selected log={log} pipeline={selection.pipeline} onClose={() => selection.select(null)} />
      ) : (
        <NothingSelected log={log} name={selection.graph ? selection.key : null} />
      )}
    </aside>
  );
}

function NothingSelected({ log, name }: { log: LogView; name: string | null }) {
  const timeline = useResource('log.timeline', { log: log.name });
  return (
    <>
      <NoPipeline log={log} name={name} />
      {timeline.status === 'ready' ? <MomentPane log={log} timeline={timeline.value} pipeline={null} /> : null}
    </>
  );
}

function NoPipeline({ log, name }: { log: LogView; name: string | null }) {
  return (
    <div className="inspector-empty dim">
      {name === null ? (
        <p>Choose a pipeline to see its tasks, its runs and what it reads and writes.</p>
      ) : (
        <p>
          <span className="mono">{name}</span> is not in {log.name}.
        </p>
      )}
    </div>
  );
}

interface SelectedProps {
  readonly log: LogView;
  readonly pipeline: number;
  readonly onClose: () => void;
}

function Selected({ log, pipeline, onClose }: SelectedProps) {
  const { resources } = useApp();
  const params = { log: log.name, pipeline };
  const view = useResource('log.pipeline', params);
  const timeline = useResource('log.timeline', { log: log.name });
  if (view.status === 'error') {
    const retry = (): void => resources.retry('log.pipeline', params);
    return <ErrorNotice what="The pipeline cannot be shown" error={view.error} onRetry={retry} />;
  }
  if (view.status === 'loading' || timeline.status === 'loading') return <Loading what="the pipeline" lines={10} />;
  if (timeline.status === 'error') return <EmptyNotice title="The times of this log cannot be read" />;
  return <PipelineContent key={pipeline} log={log} view={view.value} timeline={timeline.value} onClose={onClose} />;
}

interface ContentProps {
  readonly log: LogView;
  readonly view: PipelineView;
  readonly timeline: TimelineView;
  readonly onClose: () => void;
}

function PipelineContent({ log, view, timeline, onClose }: ContentProps) {
  const rows = useMemo(() => runRows(view, timeline), [view, timeline]);
  const [chosen, setChosen] = useState<string | null>(null);
  const time = zonedTime(log.zone);
  const shown = rows.find((row) => row.key === chosen) ?? null;
  return (
    <>
      <header className="inspector-head">
        <h2 className="mono inspector-name">{view.name}</h2>
        <button type="button" className="close" aria-label="Clear the selection" title="Clear (Esc)" onClick={onClose}>
          <X size={15} aria-hidden="true" />
        </button>
      </header>
      <Facts view={view} />
      <MomentPane log={log} timeline={timeline} pipeline={view.pipeline} />
      <PipelineVerdicts log={log} pipeline={view.pipeline} time={time} />
      <h2>Task runs · {formatCount(rows.filter(isFirstRow).length)}</h2>
      <RunTable rows={rows} time={time} chosen={chosen} onChoose={setChosen} />
      {shown ? <TaskDetail row={shown} time={time} pools={timeline.poolNames} /> : null}
    </>
  );
}

function Facts({ view }: { view: PipelineView }) {
  const facts: readonly (readonly [string, string])[] = [
    ['schedule', view.schedule],
    ['owner', view.owner],
    ['domain', view.domain],
    ['namespace', view.namespace],
  ];
  return (
    <dl className="facts">
      {facts.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={text ? (label === 'schedule' ? 'cut mono' : 'cut') : 'dim'} title={text}>
            {text || 'unknown'}
          </dd>
        </div>
      ))}
    </dl>
  );
}
