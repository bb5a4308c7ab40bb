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
  const sla = useResource('log.sla', of);
  const ordering = useResource('log.ordering', { ...of, ...ORDERING_PARAMS });
  if (summary.status === 'error') {
    const retry = (): void => resources.retry('log.summary', of);
    return <ErrorNotice what={`${log.name} cannot be read`} error={summary.error} onRetry={retry} />;
  }
  const time = zonedTime(log.zone);
  const rows = sla.status === 'ready' ? sla.value.deadlines.rows : [];
  const report = ordering.status === 'ready' ? ordering.value : null;
  const first = report?.findings.find((finding) => finding.grade === 'proved');
  const isReady = summary.status === 'ready' && sla.status !== 'loading' && ordering.status !== 'loading';
  return (
    <div className="home">
      <div className="home-main">
        <Verdict
          log={log}
          summary={isReady ? summary.value : null}
          worst={rows[0]}
          first={first}
          reads={report?.reads ?? 0}
        />
        <Questions log={log} summary={summary.status === 'ready' ? summary.value : null} sla={sla} first={first} />
        <h2 className="home-deadlines">Deadlines, latest first</h2>
        {sla.status === 'ready' ? (
          <DeadlineTable rows={rows} time={time} onOpen={open.deadline} rowsMax={60} />
        ) : (
          <Loading what="the deadlines" lines={8} />
        )}
        {sla.status === 'ready' && rows.length === 0 ? (
          <p className="dim">No task run of this log has a deadline.</p>
        ) : null}
      </div>
      <Beside log={log} report={report} sla={sla.status === 'ready' ? sla.value : null} />
    </div>
  );
}
