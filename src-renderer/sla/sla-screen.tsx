// The SLA screen: targets with figures, start latency as a distribution, who waits longest, and every deadline. Each
// row leads to the runs behind it.

import type { LogView, SlaView } from '../../shared/api/views.ts';
import { useOpen } from '../state/open.ts';
import { useSelection } from '../state/selection.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { formatCount } from '../widgets/format.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { DeadlineTable } from './deadline-table.tsx';
import { GroupTable } from './group-table.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { TargetTable } from './target-table.tsx';

export function SlaScreen({ log }: { log: LogView }) {
  const { resources } = useApp();
  const state = useResource('log.sla', { log: log.name });
  if (state.status === 'error') {
    const retry = (): void => resources.retry('log.sla', { log: log.name });
    return <ErrorNotice what="The SLA report cannot be shown" error={state.error} onRetry={retry} />;
  }
  return (
    <div className="sla">
      <section className="sla-targets">
        <h2>Targets</h2>
        {state.status === 'ready' ? <TargetTable sla={state.value} /> : <Loading what="the targets" lines={4} />}
      </section>
      <section className="sla-latency">
        <h2>Start latency: from ready to started</h2>
        {state.status === 'ready' ? <Latency sla={state.value} /> : <Loading what="the distribution" lines={10} />}
      </section>
      <section className="sla-worst">
        <h2>Pipelines that wait longest</h2>
        {state.status === 'ready' ? <Worst log={log} sla={state.value} /> : <Loading what="pipelines" lines={8} />}
      </section>
      <section className="sla-deadlines">
        {state.status === 'ready' ? <Deadlines log={log} sla={state.value} /> : <Loading what="deadlines" lines={8} />}
      </section>
    </div>
  );
}

function Latency({ sla }: { sla: SlaView }) {
  if (sla.startLatency.measuredCount === 0) {
    return (
      <p className="dim">
        No task run of this log has both a ready time and a start. An orchestrator's own tables or a simulated night
        have them; from OpenLineage events a ready time can be inferred only where they say what a task waited for.
      </p>
    );
  }
  return <LatencyChart report={sla.startLatency} />;
}

function Worst({ log, sla }: { log: LogView; sla: SlaView }) {
  const open = useOpen(log);
  const { pipeline } = useSelection(log);
  const { worstPipelines, pools } = sla.startLatency;
  if (worstPipelines.length === 0) return <p className="dim">None is measured.</p>;
  return (
    <>
      <GroupTable
        label="pipeline"
        groups={worstPipelines}
        rowsMax={9}
        onOpen={(group) => open.pipeline(group.id, 'time')}
        isChosen={(group) => group.id === pipeline}
      />
      <h2 className="sla-pools">Pools</h2>
      <GroupTable
        label="pool"
        groups={pools}
        rowsMax={4}
        onOpen={(group) => open.taskRun(group.worstTaskRun, Number.NaN)}
      />
    </>
  );
}

function Deadlines({ log, sla }: { log: LogView; sla: SlaView }) {
  const open = useOpen(log);
  const { rows, met, missed, unknown } = sla.deadlines;
  return (
    <>
      <h2>
        Deadlines, latest first · {formatCount(met)} met · {formatCount(missed)} missed · {formatCount(unknown)} unknown
      </h2>
      {rows.length > 0 ? (
        <DeadlineTable rows={rows} time={zonedTime(log.zone)} onOpen={open.deadline} rowsMax={14} />
      ) : (
        <p className="dim">No task run of this log has a deadline.</p>
      )}
    </>
  );
}
