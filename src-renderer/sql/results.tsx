// What came of the query: its rows with their figures, or why there are none, or where to begin.

import { useStore } from 'zustand';
import type { TextPosition } from '../../shared/api/errors.ts';
import type { SqlAnswer, SqlOutcome, SqlState } from '../state/sql-run.ts';
import { useApp } from '../state/use-app.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { rowsText, secondsText } from './cells.ts';
import type { Example, ExampleGroup } from './examples.ts';
import { FirstQueries } from './first-queries.tsx';
import { QueryError } from './query-error.tsx';
import { ResultTable } from './result-table.tsx';

export interface ResultsProps {
  readonly groups: readonly ExampleGroup[];
  readonly onAsk: (example: Example) => void;
  readonly onShow: (position: TextPosition) => void;
}

export function Results({ groups, onAsk, onShow }: ResultsProps) {
  const { sql } = useApp();
  const { outcome, answer, running, draft } = useStore(sql.store);
  if (outcome?.kind === 'failed' && outcome.of === 'run') {
    const show = outcome.sql === draft ? onShow : null;
    return <QueryError sql={outcome.sql} error={outcome.error} onShow={show} />;
  }
  return (
    <>
      {outcome ? <Outcome outcome={outcome} /> : null}
      {answer ? <Answer answer={answer} running={running} isEdited={answer.sql !== draft} /> : null}
      {!answer && running ? <p className="dim sql-wait">The rows come here.</p> : null}
      {!answer && !running ? <FirstQueries groups={groups} onAsk={onAsk} /> : null}
    </>
  );
}

function Outcome({ outcome }: { outcome: SqlOutcome }) {
  return (
    <p className="sql-note" role="status" data-outcome={outcome.kind}>
      {outcomeText(outcome)}
    </p>
  );
}

function outcomeText(outcome: SqlOutcome): string {
  switch (outcome.kind) {
    case 'cancelled':
      return outcome.of === 'run'
        ? `Cancelled after ${secondsText(outcome.afterMs)}. The process that ran it was ended.`
        : `Nothing was saved: cancelled after ${secondsText(outcome.afterMs)}.`;
    case 'saved':
      return `Saved ${formatPlural(outcome.rowCount, 'row')} as ${NAMES[outcome.of]}, ${sizeText(outcome.byteCount)}.`;
    case 'failed':
      return `Nothing was saved: ${outcome.error.message}. ${outcome.error.hint ?? ''}`.trim();
  }
}

const NAMES = { csv: 'CSV', parquet: 'Parquet' };
const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${formatCount(Math.ceil(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

interface AnswerProps {
  readonly answer: SqlAnswer;
  readonly running: SqlState['running'];
  readonly isEdited: boolean;
}

function Answer({ answer, running, isEdited }: AnswerProps) {
  const { sql } = useApp();
  const { view } = answer;
  const isIdle = running === null;
  return (
    <section className="sql-answer" aria-label="Answer">
      <div className="sql-figures">
        <p role="status">
          <b data-figure="sql-rows">{rowsText(view.rows.length, view.truncated)}</b>
          <span className="dim"> · {secondsText(view.elapsedMs)}</span>
          {view.asOfSeq > 0 ? <span className="dim"> · as of seq {formatCount(view.asOfSeq)}</span> : null}
          {view.columns.some(({ type }) => type.startsWith('TIMESTAMP')) ? (
            <span className="dim"> · times are UTC</span>
          ) : null}
          {isEdited ? <span className="tag">the query was edited since</span> : null}
        </p>
        <span className="grow" />
        <span className="dim sql-save-word">all rows as</span>
        {(['csv', 'parquet'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            // Not disabled: it would lose the focus.
            aria-disabled={!isIdle}
            title={`Runs the query of these rows again and saves all of its rows as ${NAMES[format]}`}
            onClick={() => {
              if (isIdle) sql.save(format);
            }}
          >
            <span className="unseen">Save as </span>
            {NAMES[format]}
          </button>
        ))}
      </div>
      {view.truncated ? <p className="sql-cut ink-warn">{cutText(answer)}</p> : null}
      <ResultTable key={answer.id} view={view} />
      {view.rows.length === 0 ? <p className="dim sql-none">Nothing was found.</p> : null}
    </section>
  );
}

function cutText({ maxRows, view }: SqlAnswer): string {
  const why = view.rows.length < maxRows ? 'an answer is cut at 32 MB' : 'that is the limit above';
  return `There are more rows: ${why}. A saved file has all of them.`;
}
