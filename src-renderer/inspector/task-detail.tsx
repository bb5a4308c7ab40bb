// One task run in full: its exact times, each with how it is known, and what its task waits for, reads and writes.

import { formatDuration } from '../../shared/base/time.ts';
import { type Evidence, OUTCOME_NAMES } from '../../shared/model/event.ts';
import { type AttemptView, ranText } from '../state/attempts.ts';
import { EvidenceMark } from '../widgets/evidence.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';
import type { RunRow } from './run-rows.ts';

export function TaskDetail({ row, time, pools }: { row: RunRow; time: ZonedTime; pools: readonly string[] }) {
  const { task } = row;
  const pool = task.pool || (pools.length === 0 ? 'none' : 'unknown');
  return (
    <section className="task-detail" aria-label={`Task ${task.name}`}>
      <h2 className="mono">{task.name}</h2>
      {row.taskRun >= 0 ? <Times row={row} time={time} /> : <p className="dim">It did not run in this log.</p>}
      <dl className="facts">
        <Fact label="pool" texts={[pool]} />
        <Fact label="waits for" texts={task.upstream} />
        <Fact label="reads" texts={task.reads} />
        <Fact label="writes" texts={task.writes} />
      </dl>
    </section>
  );
}

function Times({ row, time }: { row: RunRow; time: ZonedTime }) {
  const isAgain = row.told.length > 1;
  return (
    <dl className="facts">
      <Moment
        label="ready"
        us={row.readyUs}
        evidence={row.readyEvidence}
        time={time}
        note={isAgain && Number.isFinite(row.firstWaitMs) ? `waited ${formatDuration(row.firstWaitMs)}` : ''}
      />
      {isAgain ? (
        row.told.map((attempt) => <AttemptTimes key={attempt.number} attempt={attempt} time={time} />)
      ) : (
        <OnlyAttempt row={row} time={time} />
      )}
      {Number.isFinite(row.deadlineUs) ? <Moment label="deadline" us={row.deadlineUs} time={time} /> : null}
    </dl>
  );
}

function OnlyAttempt({ row, time }: { row: RunRow; time: ZonedTime }) {
  // A task that writes nothing has nothing that could land.
  const canLand = row.task.writes.length > 0 || Number.isFinite(row.landedUs);
  return (
    <>
      <Moment
        label="started"
        us={row.startedUs}
        evidence={row.startedEvidence}
        time={time}
        note={Number.isFinite(row.waitMs) ? `after ${formatDuration(row.waitMs)}` : ''}
      />
      <Moment label="ended" us={row.endedUs} time={time} note={OUTCOME_NAMES[row.outcome]} />
      {canLand ? <Moment label="landed" us={row.landedUs} evidence={row.landedEvidence} time={time} /> : null}
      {row.attempts > 1 ? (
        <Fact label="attempts" texts={[`${row.attempts}, of which the log tells the times of one`]} />
      ) : null}
    </>
  );
}

/** `00:45:11 to 01:31:41 · ran 46 min 30 s`, and when what it wrote landed. */
function AttemptTimes({ attempt, time }: { attempt: AttemptView; time: ZonedTime }) {
  const { label, startedUs, endedUs, landedUs, startedEvidence, endedEvidence, landedEvidence } = attempt;
  return (
    <div>
      <dt>{label}</dt>
      <dd title={`${time.full(startedUs)} to ${time.full(endedUs)} ${time.zone}`}>
        {time.clockSeconds(startedUs)}
        <EvidenceMark evidence={startedEvidence} /> to {time.clockSeconds(endedUs)}
        {Number.isFinite(endedUs) ? <EvidenceMark evidence={endedEvidence} /> : null}
        <span className="dim"> · {ranText(attempt)}</span>
        {Number.isFinite(landedUs) ? (
          <>
            <span className="dim"> · landed {time.clockSeconds(landedUs)}</span>
            <EvidenceMark evidence={landedEvidence} />
          </>
        ) : null}
      </dd>
    </div>
  );
}

interface MomentProps {
  readonly label: string;
  readonly us: number;
  readonly time: ZonedTime;
  readonly evidence?: Evidence;
  readonly note?: string;
}

function Moment({ label, us, time, evidence = 0, note = '' }: MomentProps) {
  const isKnown = Number.isFinite(us);
  return (
    <div>
      <dt>{label}</dt>
      <dd className={isKnown ? '' : 'dim'} title={isKnown ? `${time.full(us)} ${time.zone}` : undefined}>
        {isKnown ? time.clockSeconds(us) : 'unknown'}
        {isKnown && note ? <span className="dim"> · {note}</span> : null}
        {isKnown ? <EvidenceMark evidence={evidence} /> : null}
      </dd>
    </div>
  );
}

function Fact({ label, texts }: { label: string; texts: readonly string[] }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {texts.length === 0 ? <span className="dim">nothing</span> : null}
        {texts.map((text) => (
          <span key={text} className="mono fact-name">
            {text}
          </span>
        ))}
      </dd>
    </div>
  );
}
