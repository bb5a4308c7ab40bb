// Below the query: run it, what runs and for how long, the way to end it, and the limits it runs under.

import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { askSql } from '../state/sql-in-step.ts';
import type { SqlState } from '../state/sql-run.ts';
import { useApp } from '../state/use-app.ts';
import { formatCount } from '../widgets/format.ts';

const ROWS = [1_000, 10_000, 100_000] as const;
const TIMES = [
  [10_000, '10 s'],
  [30_000, '30 s'],
  [120_000, '2 min'],
  [600_000, '10 min'],
] as const;

export function RunBar() {
  const app = useApp();
  const { sql } = app;
  const running = useStore(sql.store, (s) => s.running);
  const isEmpty = useStore(sql.store, (s) => s.draft.trim() === '');
  const maxRows = useStore(sql.store, (s) => s.maxRows);
  const timeoutMs = useStore(sql.store, (s) => s.timeoutMs);
  return (
    <div className="sql-bar">
      <button
        type="button"
        className="button primary"
        disabled={isEmpty}
        onClick={() => askSql(app, sql.store.getState().draft)}
      >
        Run{' '}
        <kbd className="sql-key" aria-hidden="true">
          Ctrl ↵
        </kbd>
      </button>
      {running ? (
        <>
          <button type="button" className="button" onClick={sql.cancel}>
            Cancel{' '}
            <kbd className="sql-key" aria-hidden="true">
              Esc
            </kbd>
          </button>
          <Elapsed running={running} />
        </>
      ) : null}
      <span className="grow" />
      <label className="dim">
        <span className="sql-limit-word">first </span>
        <select
          className="sql-select"
          aria-label="Rows shown at most"
          title="Rows shown at most"
          value={maxRows}
          onChange={(event) => sql.store.setState({ maxRows: Number(event.target.value) })}
        >
          {ROWS.map((rows) => (
            <option key={rows} value={rows}>
              {formatCount(rows)}
            </option>
          ))}
        </select>{' '}
        rows
      </label>
      <label className="dim">
        <span className="sql-limit-word">ended after </span>
        <select
          className="sql-select"
          aria-label="Ended after"
          title="A query that runs longer is ended"
          value={timeoutMs}
          onChange={(event) => sql.store.setState({ timeoutMs: Number(event.target.value) })}
        >
          {TIMES.map(([ms, text]) => (
            <option key={ms} value={ms}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

const TICK_MS = 100;

function Elapsed({ running: { of, sinceMs } }: { running: NonNullable<SqlState['running']> }) {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="dim sql-elapsed" data-figure="sql-elapsed">
      <i aria-hidden="true" /> {of === 'run' ? 'running' : 'saving'} ·{' '}
      {(Math.max(0, nowMs - sinceMs) / 1_000).toFixed(1)} s
    </span>
  );
}
