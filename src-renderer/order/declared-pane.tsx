// What a declared dependency would have done: the night played again with the reader waiting for what it read, when it
// would have landed, on whole data, and who would then be the next to read too early.

import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import type { NightEarlyRead } from '../../shared/api/views-night.ts';
import type { ReplayChange, ReplayRow } from '../../shared/api/views-why.ts';
import { useApp } from '../state/use-app.ts';
import { KeepLog } from '../why/keep-log.tsx';
import { type ZonedTime, zonedTime } from '../widgets/zoned-time.ts';

export function DeclaredPane({ log, read }: { log: LogView; read: NightEarlyRead }) {
  const { earlyReplays } = useApp();
  const state = useStore(earlyReplays.store);
  const { reader, dataset } = read;
  useEffect(() => {
    const change: ReplayChange = { kind: 'declare-dependency', taskRun: reader, dataset };
    earlyReplays.ask({ log: log.name, taskRun: reader, changes: [change] });
  }, [earlyReplays, log.name, reader, dataset]);
  const isMine = state.status !== 'idle' && state.question.taskRun === reader && state.question.log === log.name;
  if (!isMine) return null;
  const [row] = state.rows;
  return (
    <div className="declared">
      <h3>
        If it had waited for <span className="mono">{dataset}</span>
      </h3>
      {row ? <Row log={log} read={read} row={row} time={zonedTime(log.zone)} /> : null}
      {!row && state.status === 'running' ? (
        <p className="dim" role="status">
          {state.step}…{' '}
          <button type="button" className="link" onClick={() => earlyReplays.cancel()}>
            Stop
          </button>
        </p>
      ) : null}
      {state.status === 'failed' ? <p className="ink-late">{state.error.message}</p> : null}
      {!row && state.status === 'cancelled' ? <p className="dim">The replay was stopped.</p> : null}
    </div>
  );
}

interface RowProps {
  readonly log: LogView;
  readonly read: NightEarlyRead;
  readonly row: ReplayRow;
  readonly time: ZonedTime;
}

function Row({ log, read, row, time }: RowProps) {
  if (row.refused) return <p className="dim">{row.refused}</p>;
  return (
    <>
      <p>
        It would have landed at <b data-figure="declared-landing">{time.clock(row.landedUs)}</b>, on whole data.
      </p>
      {row.newEarlyReads.map(({ reader, label, dataset, readUs, wholeUs }) => (
        <p key={reader} data-figure="next-early">
          Then <span className="mono">{label}</span> reads <span className="mono">{dataset}</span> at{' '}
          {time.clock(readUs)}
          {Number.isFinite(wholeUs) ? `, whole at ${time.clock(wholeUs)}` : ''}:{' '}
          <span className="ink-early">the next early reader</span>.
        </p>
      ))}
      <KeepLog log={log} taskRun={read.reader} change={row.change} name={row.name} />
    </>
  );
}
