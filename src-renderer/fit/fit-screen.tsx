// Will it fit: tonight over many nights, as it is, grown, and with the slots that it would take; and how far the model
// was off on nights that it had not seen. Starts by itself the first time; what is done stays while it goes on.

import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { FitBacktest, FitParams, FitProgress, FitReport, FitVerdict } from '../../shared/api/views-fit.ts';
import type { FitState } from '../state/fit-run.ts';
import { useApp } from '../state/use-app.ts';
import { formatCount, formatSpan } from '../widgets/format.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import { FitForm } from './fit-form.tsx';
import { FitTable } from './fit-table.tsx';
import './fit.css';

const FIRST: FitParams = {
  path: null,
  text: null,
  nights: 2_000,
  seed: null,
  grow: 0.4,
  pool: null,
  slots: null,
  search: true,
};

export function FitScreen() {
  const { fits } = useApp();
  const state = useStore(fits.store);
  useEffect(() => {
    if (fits.store.getState().status === 'idle') fits.ask(FIRST);
  }, [fits]);
  const params = state.status === 'idle' ? FIRST : state.params;
  return (
    <div className="fit">
      <h2>Will it fit</h2>
      <h1>{headingOf(state)}</h1>
      <FitForm
        key={JSON.stringify(params)}
        params={params}
        isRunning={state.status === 'running'}
        onAsk={(asked) => fits.ask(asked)}
        onCancel={() => fits.cancel()}
      />
      <Content state={state} onRetry={() => fits.ask(params)} />
    </div>
  );
}

const VERDICTS: Readonly<Record<FitVerdict, string>> = {
  met: 'Tonight’s targets are met.',
  missed: 'A target is missed.',
  undecided: 'So many nights decide nothing yet.',
  'cannot confirm': 'So few nights cannot show it.',
};

function headingOf(state: FitState): React.ReactNode {
  if (state.status === 'failed') return 'It could not be played.';
  if (state.status !== 'done') return 'Playing tonight, many times…';
  const { report } = state.answer;
  if (state.wasStopped) return 'Stopped.';
  if (report === null) return 'This scenario cannot be played.';
  const { slotsNeeded } = report;
  const searched = report.rows.find(({ kind }) => kind === 'searched');
  return (
    <>
      <Verdict report={report} />
      {slotsNeeded !== null && searched ? (
        <>
          {' '}
          It would take <b data-figure="slots-needed">{formatCount(slotsNeeded)}</b> slots of{' '}
          <span className="mono">{searched.pool}</span>
          {searched.extrapolated.length > 0 ? ', more than was ever observed' : ''}.
        </>
      ) : null}
    </>
  );
}

/** Of the scenario as it was asked, with the target that decides it by name. */
function Verdict({ report: { verdict, rows, targets } }: { report: FitReport }) {
  const tone = verdict === 'met' ? 'ink-whole' : verdict === 'missed' ? 'ink-late' : '';
  const asked = rows.findLast(({ kind }) => kind !== 'searched');
  const target = targets[asked?.standings.findIndex((standing) => standing?.verdict === verdict) ?? -1];
  if (verdict !== 'missed' || !asked || !target) return <span className={tone}>{VERDICTS[verdict]}</span>;
  return (
    <>
      {asked.kind === 'grown' ? `At ${asked.label} pipelines, ` : 'Tonight, '}
      {target.name} is <span className={tone}>missed</span>
      {asked.slots === null ? '' : ` with ${formatCount(asked.slots)} slots of ${asked.pool}`}.
    </>
  );
}

function Content({ state, onRetry }: { state: FitState; onRetry: () => void }) {
  if (state.status === 'failed')
    return <ErrorNotice what="Will it fit cannot be answered" error={state.error} onRetry={onRetry} />;
  if (state.status === 'idle') return <Loading what="the first nights" lines={6} />;
  if (state.status === 'running') {
    return (
      <>
        <ProgressLine progress={state.progress} />
        {state.progress ? <Tables report={state.progress} /> : <Loading what="the first nights" lines={6} />}
      </>
    );
  }
  const { report, problems } = state.answer;
  return (
    <>
      {problems.length > 0 ? (
        <ul className="advice">
          {problems.map(({ file, line, reason }) => (
            <li key={`${file}-${line}-${reason}`}>
              <span className="mono dim">
                {file}
                {line === null ? '' : `:${line}`}
              </span>{' '}
              {reason}
            </li>
          ))}
        </ul>
      ) : null}
      {report ? <Report report={report} /> : null}
    </>
  );
}

function ProgressLine({ progress }: { progress: FitProgress | null }) {
  const share = progress && progress.of > 0 ? progress.played / progress.of : Number.NaN;
  return (
    <div className="fit-progress">
      <progress aria-label="nights played" {...(Number.isFinite(share) ? { value: share } : {})} />
      <span className="dim" role="status">
        {progress ? progressText(progress) : 'reading the scenario'}
      </span>
    </div>
  );
}

function progressText({ step, played, of, leftMs }: FitProgress): string {
  const left = Number.isFinite(leftMs) ? ` · ${formatSpan(leftMs)} left` : '';
  return of > 0 ? `${step} · ${formatCount(played)} of ${formatCount(of)} nights${left}` : step;
}

const Tables = ({ report }: { report: Pick<FitReport, 'targets' | 'rows'> }) =>
  report.targets.map((target, i) => <FitTable key={target.name} target={target} index={i} rows={report.rows} />);

function Report({ report }: { report: FitReport }) {
  return (
    <>
      <Tables report={report} />
      {report.backtests.length > 0 ? (
        <>
          <h2>Tested on nights that the model had not seen</h2>
          <ul className="advice">
            {report.backtests.map((backtest) => (
              <li key={backtest.target}>
                <span className="mono">{report.targets[backtest.target].name}</span>: {backtestText(backtest)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {report.notes.length > 0 ? (
        <>
          <h2>What to know besides</h2>
          <ul className="advice">
            {report.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

const backtestText = ({ nights, p50OffMs, p95OffMs }: FitBacktest): string =>
  `backtest on ${formatCount(nights)} held-back nights: p50 off ${formatSpan(Math.abs(p50OffMs))}, p95 off ${formatSpan(Math.abs(p95OffMs))}`;
