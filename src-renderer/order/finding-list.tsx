// The findings, each with its reason and the two events that show it. An event leads to its moment on the timeline.

import type { EventRef, Finding } from '../../shared/analysis/ordering/report.ts';
import { VerdictTag } from '../widgets/tag.tsx';
import { VirtualList } from '../widgets/virtual-list.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';

export interface FindingListProps {
  readonly findings: readonly Finding[];
  readonly time: ZonedTime;
  readonly onOpen: (taskRun: number, atUs: number) => void;
}

const ROW_PX = 104;

export function FindingList({ findings, time, onOpen }: FindingListProps) {
  if (findings.length === 0) return <p className="dim">No rule was broken, as far as this log tells.</p>;
  return (
    <VirtualList
      label="First offenders"
      className="findings"
      count={findings.length}
      estimatePx={ROW_PX}
      render={(i) => <FindingRow finding={findings[i]} time={time} onOpen={onOpen} />}
    />
  );
}

type RowProps = Omit<FindingListProps, 'findings'> & { readonly finding: Finding };

function FindingRow({ finding, time, onOpen }: RowProps) {
  return (
    <div className="finding">
      <p>
        <VerdictTag verdict={finding.grade} /> <span className="mono dim">{finding.rule}</span>
      </p>
      <p>{finding.reason}</p>
      <EventLine event={finding.first} time={time} onOpen={onOpen} />
      {finding.second ? (
        <EventLine event={finding.second} time={time} onOpen={onOpen} />
      ) : (
        <p className="event-line dim">the second event never came</p>
      )}
    </div>
  );
}

function EventLine({ event, time, onOpen }: Omit<FindingListProps, 'findings'> & { readonly event: EventRef }) {
  return (
    <p className="event-line">
      <button
        type="button"
        className="mono link"
        title={`${time.full(event.timeUs)} ${time.zone} · event ${event.seq}`}
        disabled={!Number.isFinite(event.timeUs)}
        onClick={() => onOpen(event.taskRun, event.timeUs)}
      >
        {time.clockSeconds(event.timeUs)}
      </button>{' '}
      <span className="dim">{event.kind}</span> <span className="mono">{event.subject}</span>
    </p>
  );
}
