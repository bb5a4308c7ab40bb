// Home: the night in a few sentences, the three questions with their answers, and the deadlines. Everything leads on.
// On a wide window the first early reads and the longest waits stand beside them.

import type { LogView } from '../../shared/api/views.ts';
import { DeadlineTable } from '../sla/deadline-table.tsx';
import { useOpen } from '../state/open.ts';
import { ORDERING_PARAMS } from '../state/ordering-params.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { Beside } from './beside.tsx';
import { Questions } from './questions.tsx';
import { Verdict } from './verdict-text.tsx';

export function HomeScreen({ log }: { log: LogView }) {
  const { resources } = useApp();
  const open = useOpen(log);
  const of = { log: log.name };
  const summary = useResource('log.summary', of);
  const nightState = useResource('night.get', of);
  const sla = useResource('log.sla', of);
  const ordering = useResource('log.ordering', { ...of, ...ORDERING_PARAMS });
  if (summary.status === 'error' || nightState.status === 'error') {
    const retry = (): void => {
      resources.retry('log.summary', of);
      resources.retry('night.get', of);
    };
    const error = summary.status === 'error' ? summary.error : nightState.status === 'error' ? nightState.error : null;
    return error ? <ErrorNotice what={`${log.name} cannot be read`} error={error} onRetry={retry} /> : null;
  }
  const night = nightState.status === 'ready' ? nightState.value : null;
  const report = ordering.status === 'ready' ? ordering.value : null;
  const told = new Map((night?.deliverables ?? []).map((each) => [each.taskRun, each]));
  return (
    <div className="home">
      <div className="home-main">
        <Verdict
          log={log}
          night={night}
          summary={summary.status === 'ready' ? summary.value : null}
          reads={report?.reads ?? Number.NaN}
        />
        <Questions log={log} night={night} />
        <h2 className="home-deadlines">Deadlines, latest first</h2>
        {sla.status === 'ready' && night ? (
          <DeadlineTable
            rows={sla.value.deadlines.rows}
            time={zonedTime(log.zone)}
            onOpen={(row) => open.why(told.get(row.taskRun)?.subject ?? row.label)}
            onLanding={open.deadline}
            usualUs={({ taskRun }) => told.get(taskRun)?.usualUs ?? Number.NaN}
            rowsMax={60}
          />
        ) : (
          <Loading what="the deadlines" lines={8} />
        )}
        {sla.status === 'ready' && sla.value.deadlines.rows.length === 0 ? (
          <p className="dim">No task run of this log has a deadline.</p>
        ) : null}
      </div>
      <Beside log={log} report={report} sla={sla.status === 'ready' ? sla.value : null} />
    </div>
  );
}
