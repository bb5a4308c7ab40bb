// What the log says of the moment at the cursor: which pools are full and who is ready and waits for them, which data is
// being written, who has read too early by now. Follows the cursor a few times a second, so that playing stays smooth.

import { useMemo } from 'react';
import type { LogView, TimelineView } from '../../shared/api/views.ts';
import { useEarlyReads } from '../state/early-reads.ts';
import { useOpen } from '../state/open.ts';
import { useResource } from '../state/use-app.ts';
import { useCursorUs } from '../state/use-cursor-us.ts';
import { formatCount, formatRowsOf, formatSpan } from '../widgets/format.ts';
import { StateMark } from '../widgets/state-mark.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { type MomentPool, type MomentWrite, momentAt } from './moment.ts';

export interface MomentPaneProps {
  readonly log: LogView;
  readonly timeline: TimelineView;
  /** Only what is of this pipeline; null for all. */
  readonly pipeline: number | null;
}

export function MomentPane({ log, timeline, pipeline }: MomentPaneProps) {
  const state = useResource('log.moments', { log: log.name });
  const early = useEarlyReads(log);
  const open = useOpen(log);
  const us = useCursorUs(timeline);
  const time = zonedTime(log.zone);
  const moments = state.status === 'ready' ? state.value : null;
  const at = useMemo(
    () => (moments ? momentAt(moments, timeline, early, us, pipeline) : null),
    [moments, timeline, early, us, pipeline],
  );
  if (!at) return null;
  const { pools, writes, moreWrites, earlyReads } = at;
  if (pools.length + writes.length + earlyReads.length === 0) return null;
  return (
    <section className="moment" aria-label="At the cursor">
      <h2>At {time.clockSeconds(us)}</h2>
      {earlyReads.map(({ taskRun, label, timeUs }) => (
        <p key={taskRun} className="moment-early">
          <StateMark meaning="early" />{' '}
          <button type="button" className="mono link" onClick={() => open.taskRun(taskRun, timeUs)}>
            {label}
          </button>{' '}
          read too early at {time.clock(timeUs)}
        </p>
      ))}
      {pools.map((pool) => (
        <Pool key={pool.name} pool={pool} />
      ))}
      {writes.map((write) => (
        <Write key={write.label} write={write} clock={time.clock} />
      ))}
      {moreWrites > 0 ? <p className="dim">{formatCount(moreWrites)} more being written</p> : null}
    </section>
  );
}

function Pool({ pool: { name, slots, used, waiting } }: { pool: MomentPool }) {
  return (
    <p className="moment-row" data-pool={name}>
      <span className="mono cut">{name}</span>
      <Length share={used / slots} tone={waiting > 0 ? 'late' : 'run'} />
      <span data-figure="pool-used">
        {formatCount(used)} of {formatCount(slots)} slots
        {waiting > 0 ? <span className="ink-late"> · {formatCount(waiting)} wait</span> : null}
      </span>
    </p>
  );
}

function Write({ write, clock }: { write: MomentWrite; clock: (us: number) => string }) {
  const { label, openedUs, wholeUs, sinceMs, share, isWhole, rows, seenRows, seenUs } = write;
  return (
    <p className="moment-row" data-write={label}>
      <span className="mono cut" title={label}>
        {label}
      </span>
      <Length share={isWhole ? 1 : share} tone={isWhole ? 'whole' : 'run'} />
      <span>
        {isWhole ? `whole since ${clock(wholeUs)}` : `open since ${clock(openedUs)}, ${formatSpan(sinceMs)}`}
        {!isWhole && Number.isFinite(share) ? (
          <span className="dim"> · {Math.floor(100 * share)} % of the time it takes</span>
        ) : null}
        {!isWhole && Number.isFinite(seenRows) ? (
          <span className="ink-early" data-figure="rows-seen">
            {' '}
            · {formatRowsOf(seenRows, rows)} read at {clock(seenUs)}
          </span>
        ) : null}
      </span>
    </p>
  );
}

function Length({ share, tone }: { share: number; tone: 'run' | 'late' | 'whole' }) {
  if (!Number.isFinite(share)) return <span className="moment-length is-unknown" aria-hidden="true" />;
  return (
    <span className="moment-length" aria-hidden="true">
      <i className={`is-${tone}`} style={{ width: `${100 * Math.min(1, share)}%` }} />
    </span>
  );
}
