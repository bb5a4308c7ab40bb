// One task run in full: its exact times, each with how it is known, and what its task waits for, reads and writes.

import { formatDuration } from '../../shared/base/time.ts';
import { type Evidence, OUTCOME_NAMES } from '../../shared/model/event.ts';
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
  const isDue = Number.isFinite(row.deadlineUs);
  // A task that writes nothing has nothing that could land.
  const canLand = row.task.writes.length > 0 || Number.isFinite(row.landedUs);
  return (
    <dl className="facts">
      <Moment label="ready" us={row.readyUs} evidence={row.readyEvidence} time={time} />
      <Moment
        label="started"
        us={row.startedUs}
        evidence={row.startedEvidence}
        time={time}
        note={Number.isFinite(row.waitMs) ? `after ${formatDuration(row.waitMs)}` : ''}
      />
      <Moment label="ended" us={row.endedUs} time={time} note={OUTCOME_NAMES[row.outcome]} />
      {canLand ? <Moment label="landed" us={row.landedUs} evidence={row.landedEvidence} time={time} /> : null}
      {isDue ? <Moment label="deadline" us={row.deadlineUs} time={time} /> : null}
      {row.attempts > 1 ? <Fact label="attempts" texts={[String(row.attempts)]} /> : null}
    </dl>
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
