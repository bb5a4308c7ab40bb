// The sentences of Home, and where their figures lead.

import type { DeadlineRow } from '../../shared/analysis/attainment.ts';
import type { Finding } from '../../shared/analysis/ordering/report.ts';
import type { LogSummary, LogView } from '../../shared/api/views.ts';
import { nightOf } from '../state/night.ts';
import { useOpen } from '../state/open.ts';
import { useResource } from '../state/use-app.ts';
import { Loading } from '../widgets/notice.tsx';
import { SentenceText } from '../widgets/sentence.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { deadlineSentence, earlySentence, latencySentence, type Target } from './verdict.ts';

export interface VerdictProps {
  readonly log: LogView;
  /** null until everything that the sentences speak of is there. */
  readonly summary: LogSummary | null;
  readonly worst: DeadlineRow | undefined;
  readonly first: Finding | undefined;
  /** Reads that the log tells of. */
  readonly reads: number;
}

export function Verdict({ log, summary, worst, first, reads }: VerdictProps) {
  const open = useOpen(log);
  const timeline = useResource('log.timeline', { log: log.name });
  const night = timeline.status === 'ready' ? nightOf(timeline.value).key : '';
  const follow = (target: string): void => {
    if (target === 'deadline' && worst) open.deadline(worst);
    else if (target === 'finding' && first) open.taskRun(first.first.taskRun, first.first.timeUs);
    else open.screen(target as Exclude<Target, 'deadline' | 'finding'>);
  };
  return (
    <>
      <h2>
        {night ? 'The night of ' : ''}
        <span className="as-is mono">{night || log.name}</span>
      </h2>
      {summary ? (
        <>
          <h1>
            <SentenceText parts={deadlineSentence(summary.deadlines, worst, zonedTime(log.zone))} onOpen={follow} />
            <br />
            <SentenceText parts={earlySentence(summary.earlyReads, first, reads)} onOpen={follow} />
          </h1>
          <p className="home-figures dim">
            <SentenceText parts={latencySentence(summary)} onOpen={follow} />
          </p>
        </>
      ) : (
        <div className="home-wait">
          <Loading what="the verdict" lines={4} />
        </div>
      )}
    </>
  );
}
