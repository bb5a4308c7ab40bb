// The three questions that people come with, each with its answer in a line or two and the screen that shows it.

import { Fragment } from 'react';
import type { Finding } from '../../shared/analysis/ordering/report.ts';
import type { LogSummary, LogView, SlaView } from '../../shared/api/views.ts';
import { formatDuration } from '../../shared/base/time.ts';
import type { Resource } from '../state/resources.ts';
import { SCREENS, type Screen } from '../state/screens.ts';
import { useApp } from '../state/use-app.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { Loading } from '../widgets/notice.tsx';
import { VerdictTag } from '../widgets/tag.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';

export interface QuestionsProps {
  readonly log: LogView;
  readonly summary: LogSummary | null;
  readonly sla: Resource<SlaView>;
  readonly first: Finding | undefined;
}

export function Questions({ log, summary, sla, first }: QuestionsProps) {
  const report = sla.status === 'ready' ? sla.value : null;
  return (
    <div className="questions">
      <Question title="What landed late?" screen="sla">
        {summary ? <LateAnswer deadlines={summary.deadlines} /> : null}
      </Question>
      <Question title="Read too early?" screen="order">
        {summary ? <EarlyAnswer earlyReads={summary.earlyReads} first={first} zone={log.zone} /> : null}
      </Question>
      <Question title="Slow to start?" screen="sla">
        {summary ? <StartAnswer summary={summary} report={report} /> : null}
      </Question>
    </div>
  );
}

function Question({ title, screen, children }: { title: string; screen: Screen; children: React.ReactNode }) {
  const { view } = useApp();
  return (
    <button type="button" className="question" onClick={() => view.setState({ screen })}>
      <span className="question-title">
        {title} <kbd>{SCREENS.indexOf(screen) + 1}</kbd>
      </span>
      {children ?? <Loading what={title} lines={2} />}
    </button>
  );
}

function LateAnswer({ deadlines }: { deadlines: LogSummary['deadlines'] }) {
  const { total, met, missed, unknown } = deadlines;
  if (total === 0) return <span className="dim">No deadlines in this log.</span>;
  return (
    <span className="dim">
      <b data-figure="deadlines-met">{formatCount(met)}</b> of <b data-figure="deadlines-total">{formatCount(total)}</b>{' '}
      deadlines met
      {missed > 0 ? <b className="ink-late"> · {formatCount(missed)} missed</b> : null}
      {unknown > 0 ? ` · ${formatCount(unknown)} unknown` : ''}. One night gives counts; it proves no 99.5 %.
    </span>
  );
}

function EarlyAnswer(props: { earlyReads: LogSummary['earlyReads']; first: Finding | undefined; zone: string }) {
  const { proved, overlap, cannotTell } = props.earlyReads;
  const { first } = props;
  return (
    <span className="dim">
      <b className={proved > 0 ? 'ink-early' : ''}>{formatCount(proved)} proved</b> · {formatCount(overlap)} overlap ·{' '}
      {formatCount(cannotTell)} cannot tell.
      {first ? (
        <>
          {' '}
          First: <span className="mono">{first.first.subject}</span> at{' '}
          {zonedTime(props.zone).clockSeconds(first.first.timeUs)}.
        </>
      ) : null}
    </span>
  );
}

function StartAnswer({ summary, report }: { summary: LogSummary; report: SlaView | null }) {
  const worst = report?.startLatency.worstPipelines[0];
  return (
    <span className="dim">
      {summary.startLatency.targets.map((target) => (
        <Fragment key={target.name}>
          <span className="nowrap">
            {target.name.replace('start latency ', '')}{' '}
            <b data-figure={target.name.replaceAll(' ', '-')}>{formatDuration(target.actualMs)}</b>{' '}
            {target.verdict === 'unknown' ? null : <VerdictTag verdict={target.verdict} />}
          </span>{' '}
        </Fragment>
      ))}
      {summary.startLatency.inferredCount > 0
        ? `Inferred for ${formatPlural(summary.startLatency.inferredCount, 'task run')}. `
        : null}
      {worst ? (
        <>
          Worst: <span className="mono">{worst.name}</span>, p99 {formatDuration(worst.p99Ms)}.
        </>
      ) : null}
    </span>
  );
}
