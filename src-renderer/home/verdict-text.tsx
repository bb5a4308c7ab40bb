// The sentences of Home, and where their figures lead.

import { useStore } from 'zustand';
import type { LogSummary, LogView } from '../../shared/api/views.ts';
import type { NightView } from '../../shared/api/views-night.ts';
import { outlookSentence } from '../fit/outlook.ts';
import { useOpen } from '../state/open.ts';
import { useApp } from '../state/use-app.ts';
import { Loading } from '../widgets/notice.tsx';
import { SentenceText } from '../widgets/sentence.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { deadlineSentence, earlySentence, latencySentence, type Target } from './verdict.ts';

export interface VerdictProps {
  readonly log: LogView;
  /** null until everything that the sentences speak of is there. */
  readonly night: NightView | null;
  readonly summary: LogSummary | null;
  /** Reads that the log tells of; NaN when not known yet. */
  readonly reads: number;
}

export function Verdict({ log, night, summary, reads }: VerdictProps) {
  const open = useOpen(log);
  const fit = useStore(useApp().fits.store);
  const follow = (target: string): void => {
    const [worst, read] = [night?.deliverables[0], night?.earlyReads[0]];
    if (target === 'deadline' && worst) open.deadline(worst);
    else if (target === 'why' && worst) open.why(worst.subject);
    else if (target === 'read' && read) open.taskRun(read.reader, read.readUs);
    else open.screen(target as Exclude<Target, 'deadline' | 'read'>);
  };
  return (
    <>
      <h2>
        {night?.night ? 'The night of ' : ''}
        <span className="as-is mono">{night?.night || log.name}</span>
      </h2>
      {night && summary ? (
        <>
          <h1>
            <SentenceText parts={deadlineSentence(night, zonedTime(log.zone))} onOpen={follow} />
            <br />
            <SentenceText parts={earlySentence(night, reads)} onOpen={follow} />
            <br />
            <SentenceText parts={outlookSentence(fit)} onOpen={follow} />
          </h1>
          <p className="home-figures dim">
            <SentenceText parts={latencySentence(summary)} onOpen={follow} />
          </p>
        </>
      ) : (
        <div className="home-wait">
          <h1 className="dim">Reading what landed, and who read it…</h1>
          <Loading what="the verdict" lines={3} />
        </div>
      )}
    </>
  );
}
