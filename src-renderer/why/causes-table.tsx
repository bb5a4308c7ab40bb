// What each cause did, in two columns that differ: minutes charged, which are bookkeeping, and the landing without it,
// which a replay says. Before a replay of the unchanged night agrees with what happened, none is believed.

import type { LogView } from '../../shared/api/views.ts';
import type { ReplayRow, WhyCharge, WhyView } from '../../shared/api/views-why.ts';
import type { ReplayState } from '../state/replay-run.ts';
import { formatSpan } from '../widgets/format.ts';
import { VerdictTag } from '../widgets/tag.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';
import { minutesText } from './chain-text.ts';
import { KeepLog } from './keep-log.tsx';

export interface CausesTableProps {
  readonly log: LogView;
  readonly why: WhyView;
  readonly replay: ReplayState;
  readonly time: ZonedTime;
  readonly onCancel: () => void;
  /** Shows a task run at a moment. */
  readonly onOpen: (taskRun: number, atUs: number) => void;
}

export function CausesTable(props: CausesTableProps) {
  const { why, replay, time, onCancel, onOpen, log } = props;
  const rows = replay.status === 'idle' ? [] : replay.rows;
  const rowOf = (charge: WhyCharge): ReplayRow | undefined =>
    rows.find(({ change }) => charge.change !== null && JSON.stringify(change) === JSON.stringify(charge.change));
  return (
    <>
      <table className="plain causes">
        <thead>
          <tr>
            <th scope="col">cause</th>
            <th scope="col" className="right">
              minutes charged
            </th>
            <th scope="col" className="right">
              landing without it
            </th>
            <th scope="col">verdict</th>
            <th scope="col" className="causes-what">
              <span className="unseen">who held it, and the night as a log</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {why.charges.map((charge) => (
            <Cause
              key={`${charge.cause}-${charge.link}-${charge.name}`}
              charge={charge}
              row={rowOf(charge)}
              {...{ log, why, replay, time, onOpen }}
            />
          ))}
          {rows.filter(isTried(why.charges)).map((row) => (
            <Tried key={JSON.stringify(row.change)} {...{ row, time, log, why }} />
          ))}
        </tbody>
      </table>
      <Control replay={replay} time={time} onCancel={onCancel} />
    </>
  );
}

const isTried =
  (charges: readonly WhyCharge[]) =>
  ({ change }: ReplayRow): boolean =>
    !charges.some((charge) => JSON.stringify(charge.change) === JSON.stringify(change));

interface CauseProps extends Pick<CausesTableProps, 'log' | 'why' | 'onOpen'> {
  readonly charge: WhyCharge;
  readonly row: ReplayRow | undefined;
  readonly replay: ReplayState;
  readonly time: ZonedTime;
}

function Cause({ charge, row, replay, time, log, why, onOpen }: CauseProps) {
  const minutes = minutesText(charge.chargedMs);
  const atUs = waitOf(why, charge);
  return (
    <tr data-cause={charge.name}>
      <td>{charge.name}</td>
      <td className="right" data-figure="charged">
        {Number.isFinite(atUs) ? (
          <button type="button" className="link" title="The run behind it" onClick={() => onOpen(charge.taskRun, atUs)}>
            {minutes}
          </button>
        ) : (
          minutes
        )}
      </td>
      {charge.change === null ? (
        <td className="dim" colSpan={2}>
          {charge.cause === 'rest' ? 'usual ups and downs' : 'no replay takes this away'}
        </td>
      ) : (
        <Landing row={row} replay={replay} time={time} />
      )}
      <td className="causes-what dim">
        {charge.holder ? holderText(charge) : ''}
        {charge.holder && row && !row.refused ? ' · ' : ''}
        {row && !row.refused ? <KeepLog log={log} taskRun={why.taskRun} change={row.change} name={row.name} /> : null}
      </td>
    </tr>
  );
}

type TriedProps = Pick<CausesTableProps, 'log' | 'why' | 'time'> & { readonly row: ReplayRow };

function Tried({ row, time, log, why }: TriedProps) {
  return (
    <tr data-tried={row.name}>
      <td>
        {row.name} <span className="dim">tried</span>
      </td>
      <td className="right dim">–</td>
      <Landing row={row} replay={{ status: 'idle' }} time={time} />
      <td className="causes-what dim">
        {row.newEarlyReads.length > 0
          ? `then ${row.newEarlyReads[0].label} reads ${row.newEarlyReads[0].dataset} too early · `
          : ''}
        {row.refused ? null : <KeepLog log={log} taskRun={why.taskRun} change={row.change} name={row.name} />}
      </td>
    </tr>
  );
}

function Landing({ row, replay, time }: { row: ReplayRow | undefined; replay: ReplayState; time: ZonedTime }) {
  if (!row) {
    return (
      <>
        <td className="right dim">{replay.status === 'running' ? 'playing…' : '–'}</td>
        <td />
      </>
    );
  }
  if (row.refused) {
    return (
      <td className="dim" colSpan={2}>
        {row.refused}
      </td>
    );
  }
  return (
    <>
      <td
        className={`right ${row.verdict === 'met' ? 'ink-whole' : row.verdict === 'missed' ? 'ink-late' : ''}`}
        data-figure="without"
      >
        {time.clock(row.landedUs)}
      </td>
      <td>{row.verdict === 'no deadline' ? null : <VerdictTag verdict={row.verdict} />}</td>
    </>
  );
}

/** The middle of the wait that is charged: the first of its kind in its link. NaN where there is none. */
function waitOf({ chain }: WhyView, charge: WhyCharge): number {
  const part = chain?.links[charge.link]?.parts.find(({ cause }) => cause === charge.cause);
  return part && charge.taskRun >= 0 ? (part.fromUs + part.toUs) / 2 : Number.NaN;
}

function holderText({ holder }: WhyCharge): string {
  if (!holder) return '';
  const of = holder.poolSlots > 0 ? ` of ${holder.poolSlots}` : '';
  return `held ${holder.slots}${of} slots`;
}

function Control({ replay, time, onCancel }: Pick<CausesTableProps, 'replay' | 'time' | 'onCancel'>) {
  if (replay.status === 'idle') return null;
  if (replay.status === 'failed')
    return <p className="ink-late">The night could not be played again: {replay.error.message}</p>;
  if (replay.status === 'cancelled') return <p className="dim">The replay was stopped.</p>;
  const { control } = replay;
  return (
    <p className="dim replay-control" role="status">
      {control
        ? `Control: the unchanged night played again lands at ${time.clockSeconds(control.landedUs)}, ${offText(control.errorMs)}. ${
            control.isBelieved
              ? ''
              : `That is more than ${formatSpan(control.limitMs)}: do not believe the column beside the minutes.`
          }`
        : `${replay.status === 'running' ? replay.step : 'Playing the night again'}…`}
      {replay.status === 'running' ? (
        <>
          {' '}
          <button type="button" className="link" onClick={onCancel}>
            Stop
          </button>
        </>
      ) : null}
    </p>
  );
}

const offText = (ms: number): string => (ms === 0 ? 'exactly as it did' : `${formatSpan(Math.abs(ms))} off`);
