// Home: the night in a few sentences, the three questions with their answers, and the deadlines. Everything leads on.

import type { LogView } from '../../shared/api/views.ts';
import { DeadlineTable } from '../sla/deadline-table.tsx';
import { nightOf } from '../state/night.ts';
import { useOpen } from '../state/open.ts';
import { ORDERING_PARAMS } from '../state/ordering-params.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { formatCount } from '../widgets/format.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import { SentenceText } from '../widgets/sentence.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { Questions } from './questions.tsx';
import { deadlineSentence, earlySentence, latencySentence, type Target } from './verdict.ts';

const DEADLINES_SHOWN = 10;

export function HomeScreen({ log }: { log: LogView }) {
  const { resources } = useApp();
  const open = useOpen(log);
  const of = { log: log.name };
  const summary = useResource('log.summary', of);
  const sla = useResource('log.sla', of);
  const ordering = useResource('log.ordering', { ...of, ...ORDERING_PARAMS });
  const timeline = useResource('log.timeline', of);
  if (summary.status === 'error') {
    const retry = (): void => resources.retry('log.summary', of);
    return <ErrorNotice what={`${log.name} cannot be read`} error={summary.error} onRetry={retry} />;
  }
  const time = zonedTime(log.zone);
  const rows = sla.status === 'ready' ? sla.value.deadlines.rows : [];
  const first = ordering.status === 'ready' ? ordering.value.findings.find((f) => f.grade === 'proved') : undefined;
  const night = timeline.status === 'ready' ? nightOf(timeline.value).key : '';
  const isReady = summary.status === 'ready' && sla.status !== 'loading' && ordering.status !== 'loading';
  const follow = (target: string): void => {
    if (target === 'deadline') open.taskRun(rows[0].taskRun, rows[0].landedUs);
    else if (target === 'finding' && first) open.taskRun(first.first.taskRun, first.first.timeUs);
    else open.screen(target as Exclude<Target, 'deadline' | 'finding'>);
  };
  return (
    <div className="home">
      <h2>
        {night ? 'The night of ' : ''}
        <span className="as-is mono">{night || log.name}</span>
      </h2>
      {isReady ? (
        <>
          <h1>
            <SentenceText parts={deadlineSentence(summary.value.deadlines, rows[0], time)} onOpen={follow} />
            <br />
            <SentenceText parts={earlySentence(summary.value.earlyReads, first)} onOpen={follow} />
          </h1>
          <p className="home-figures dim">
            <SentenceText parts={latencySentence(summary.value)} onOpen={follow} />
          </p>
        </>
      ) : (
        <div className="home-wait">
          <Loading what="the verdict" lines={4} />
        </div>
      )}
      <Questions log={log} summary={summary.status === 'ready' ? summary.value : null} sla={sla} first={first} />
      <h2 className="home-deadlines">Deadlines, latest first</h2>
      {sla.status === 'ready' ? (
        <DeadlineTable rows={rows.slice(0, DEADLINES_SHOWN)} time={time} onOpen={open.deadline} />
      ) : (
        <Loading what="the deadlines" lines={8} />
      )}
      {rows.length > DEADLINES_SHOWN ? (
        <p className="dim">
          <button type="button" className="link" onClick={() => open.screen('sla')}>
            All {formatCount(rows.length)} deadlines
          </button>
        </p>
      ) : null}
      {sla.status === 'ready' && rows.length === 0 ? (
        <p className="dim">No task run of this log has a deadline.</p>
      ) : null}
    </div>
  );
}
