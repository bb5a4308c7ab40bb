// The three questions that people come with, each with its answer in a line or two, its key, and the screen that shows it.

import { useStore } from 'zustand';
import { minutesText } from '../../shared/analysis/why/clock-text.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { FitReport } from '../../shared/api/views-fit.ts';
import type { NightDeliverable, NightView } from '../../shared/api/views-night.ts';
import type { WhyCharge } from '../../shared/api/views-why.ts';
import { shareText } from '../fit/fit-text.ts';
import { SCREENS, type Screen } from '../state/screens.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { formatCount, formatSpan } from '../widgets/format.ts';
import { Loading } from '../widgets/notice.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { nameOf } from './verdict.ts';

export interface QuestionsProps {
  readonly log: LogView;
  readonly night: NightView | null;
}

export function Questions({ log, night }: QuestionsProps) {
  const worst = night?.deliverables[0];
  return (
    <div className="questions">
      <Question title="Why late?" screen="why" subject={worst ? worst.subject : null}>
        {night ? <LateAnswer log={log} worst={worst} /> : null}
      </Question>
      <Question title="Read too early?" screen="order">
        {night ? <EarlyAnswer log={log} night={night} /> : null}
      </Question>
      <Question title="Will it fit?" screen="fit">
        <FitAnswer />
      </Question>
    </div>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly screen: Screen;
  /** What Why is asked about. */
  readonly subject?: string | null;
  readonly children: React.ReactNode;
}

function Question({ title, screen, subject, children }: QuestionProps) {
  const { view } = useApp();
  const key = SCREENS.indexOf(screen) + 1;
  return (
    <button
      type="button"
      className="question"
      aria-keyshortcuts={String(key)}
      onClick={() => view.setState({ screen, ...(subject === undefined ? {} : { subject }) })}
    >
      <span className="question-title">
        {title} <kbd>{key}</kbd>
      </span>
      {children ?? <Loading what={title} lines={2} />}
    </button>
  );
}

function LateAnswer({ log, worst }: { log: LogView; worst: NightDeliverable | undefined }) {
  const isAsked = worst !== undefined && worst.verdict === 'missed' && Number.isFinite(worst.landedUs);
  const why = useResource('why.get', isAsked ? { log: log.name, of: worst.subject } : null);
  if (worst === undefined) return <span className="dim">No deadlines in this log: ask about any run.</span>;
  if (!isAsked) {
    return (
      <span className="dim">
        {worst.verdict === 'missed' ? 'What it still waits for' : 'Nothing landed late'}: how{' '}
        <span className="mono">{nameOf(worst)}</span> came about.
      </span>
    );
  }
  if (why.status === 'loading') return <Loading what="the causes" lines={2} />;
  if (why.status === 'error') return <span className="dim">{why.error.message}</span>;
  const causes = why.value.charges.filter(({ cause }) => cause !== 'rest').slice(0, 2);
  return (
    <span className="dim" data-figure="home-causes">
      {causes.map((charge, i) => (
        <Cause key={charge.name} charge={charge} isFirst={i === 0} />
      ))}
      . <AloneText log={log} taskRun={why.value.taskRun} causes={causes} />
    </span>
  );
}

const Cause = ({ charge, isFirst }: { charge: WhyCharge; isFirst: boolean }) => (
  <>
    {isFirst ? '' : ', then '}
    {isFirst ? charge.name.replace(/^./u, (first) => first.toUpperCase()) : charge.name}{' '}
    <b>{minutesText(charge.chargedMs)}</b>
  </>
);

/** What a replay said of the night without each cause, when Why has played it. */
function AloneText({ log, taskRun, causes }: { log: LogView; taskRun: number; causes: readonly WhyCharge[] }) {
  const replay = useStore(useApp().replays.store);
  const isMine = replay.status === 'done' && replay.question.log === log.name && replay.question.taskRun === taskRun;
  const rows = isMine && replay.control?.isBelieved ? replay.rows : [];
  const played = causes.flatMap(({ change }) =>
    rows.filter((row) => change !== null && JSON.stringify(row.change) === JSON.stringify(change)),
  );
  if (played.length === 0 || played.length < causes.length) return 'Why plays the night without each.';
  if (!played.every(({ verdict }) => verdict === 'met')) return 'Taking one away is not always enough.';
  return played.length === 1 ? 'Without it: on time.' : 'Without either one: on time.';
}

function EarlyAnswer({ log, night }: { log: LogView; night: NightView }) {
  const { proved, overlap, cannotTell, earlyReads } = night;
  const [first] = earlyReads;
  const time = zonedTime(log.zone);
  const margins = useResource(
    'why.margins',
    first ? { log: log.name, reader: first.readerLabel, dataset: first.dataset } : null,
  );
  return (
    <span className="dim">
      <b className={proved > 0 ? 'ink-early' : ''}>{formatCount(proved)} proved</b> · {formatCount(overlap)} overlap ·{' '}
      {formatCount(cannotTell)} cannot tell.
      {first ? (
        <>
          {' '}
          Read at {time.clockSeconds(first.readUs)}
          {Number.isFinite(first.wholeUs) ? `, whole at ${time.clockSeconds(first.wholeUs)}` : ', never whole'}.
          {margins.status === 'ready' ? (
            <>
              {' '}
              Margin under zero on <b data-figure="home-under-zero">{formatCount(margins.value.underZero)}</b> of{' '}
              {formatCount(margins.value.nights.length)} nights.
            </>
          ) : null}
        </>
      ) : null}
    </span>
  );
}

function FitAnswer() {
  const state = useStore(useApp().fits.store);
  if (state.status === 'done' && state.answer.report && !state.wasStopped) {
    return <FitFigures report={state.answer.report} />;
  }
  if (state.status === 'running') {
    const left = state.progress?.leftMs ?? Number.NaN;
    return (
      <span className="dim">
        Playing{Number.isFinite(left) ? `, ${formatSpan(left)} left` : ''}. Rows come as they are done.
      </span>
    );
  }
  return (
    <span className="dim">
      Plays tonight up to 2,000 times, as it is and at +40 %, and finds the slots it would take.
    </span>
  );
}

/** The first target's share of nights, row by row. */
function FitFigures({ report }: { report: FitReport }) {
  return (
    <span className="dim">
      {report.rows.map((row) => {
        const [standing] = row.standings;
        if (!standing) return null;
        return (
          <span key={`${row.kind}-${row.slots}`} className="question-row">
            {row.label}
            {row.slots === null ? '' : `, ${formatCount(row.slots)} slots`}: <b>{shareText(standing.share)}</b>{' '}
            {standing.verdict}
          </span>
        );
      })}
    </span>
  );
}
