// The first proved early read as a story: the two events that prove it, how much of the data it met, how close the pair
// is on the other nights, what a declared dependency would have done, and what other logs of the same night can tell.

import type { LogView } from '../../shared/api/views.ts';
import type { NightEarlyRead } from '../../shared/api/views-night.ts';
import { readSentence } from '../home/verdict.ts';
import { useOpen } from '../state/open.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { SentenceText } from '../widgets/sentence.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { DeclaredPane } from './declared-pane.tsx';
import { MarginStrip } from './margin-strip.tsx';
import { SameNight } from './same-night.tsx';

export function EarlyStory({ log, read }: { log: LogView; read: NightEarlyRead }) {
  const open = useOpen(log);
  const { resources } = useApp();
  const asked = { log: log.name, reader: read.readerLabel, dataset: read.dataset };
  const margins = useResource('why.margins', asked);
  const time = zonedTime(log.zone);
  const show = (us: number) => (): void => open.taskRun(read.reader, us);
  return (
    <section className="story" aria-label="The first proved early read">
      <h2>The first one</h2>
      <p className="story-sentence">
        <SentenceText parts={readSentence(read)} onOpen={() => open.taskRun(read.reader, read.readUs)} />
      </p>
      <div className="story-columns">
        <div>
          <ol className="story-events">
            <li>
              <button type="button" className="mono link" onClick={show(read.readUs)}>
                {time.clockSeconds(read.readUs)}
              </button>{' '}
              <span className="mono">{read.readerLabel}</span> read{' '}
              <span className="mono">
                {read.dataset}
                {read.partition ? `[${read.partition}]` : ''}
              </span>
            </li>
            <li>
              {Number.isFinite(read.wholeUs) ? (
                <>
                  <button type="button" className="mono link" onClick={show(read.wholeUs)}>
                    {time.clockSeconds(read.wholeUs)}
                  </button>{' '}
                  it was whole
                </>
              ) : (
                'it was never whole'
              )}
            </li>
          </ol>
          <RowsBar read={read} />
          <DeclaredPane log={log} read={read} />
        </div>
        <div>
          <MarginStrip
            state={margins}
            pair={`${read.readerLabel} after ${read.dataset}`}
            onRetry={() => resources.retry('why.margins', asked)}
          />
          <SameNight log={log} />
        </div>
      </div>
    </section>
  );
}

/** Rows met of rows whole, as a length. */
function RowsBar({ read: { rowsRead, rowsWhole } }: { read: NightEarlyRead }) {
  const share = rowsRead / rowsWhole;
  if (!(share >= 0 && share <= 1)) return null;
  return (
    <p className="rows-bar">
      <span className="rows-track" aria-hidden="true">
        <i style={{ width: `${100 * share}%` }} />
      </span>
      <span className="dim" data-figure="rows-share">
        {Math.floor(100 * share + 0.5)} % of the rows
      </span>
    </p>
  );
}
