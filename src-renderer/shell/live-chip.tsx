// Says of a log that grows that it does: how much has arrived and when the last event happened. Beside the log's name, on
// every screen.

import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import { useApp } from '../state/use-app.ts';
import { formatCount } from '../widgets/format.ts';
import { zonedTime } from '../widgets/zoned-time.ts';

export function LiveChip({ log }: { log: LogView }) {
  const grown = useStore(useApp().live, (live) => live.grown[log.name]);
  const time = zonedTime(log.zone);
  const lastUs = grown?.lastEventUs ?? log.toUs;
  const last = Number.isFinite(lastUs) ? time.clock(lastUs) : 'none';
  const received = grown === undefined ? '' : `${formatCount(grown.received)} received · `;
  const title = `This log grows while events arrive.\n${received}last event ${last} ${time.zone}`;
  return (
    <span className="chip live-chip" title={title} data-figure="live">
      <span className="live-dot" aria-hidden="true" />
      <b>live</b>
      <span className="chip-word">
        {' '}
        · {received}last {last}
      </span>
    </span>
  );
}
