// The answer as a sentence: what landed, when, how late, and when it usually does.

import { latenessText } from '../../shared/analysis/why/clock-text.ts';
import type { WhyView } from '../../shared/api/views-why.ts';
import { formatCount } from '../widgets/format.ts';
import type { ZonedTime } from '../widgets/zoned-time.ts';

export function WhyHeading({ why, time, onOpen }: { why: WhyView; time: ZonedTime; onOpen: () => void }) {
  const { label, dataset, partition, usual, lateMs, state } = why;
  const hasLanded = Number.isFinite(why.landedUs);
  return (
    <>
      <h1 data-state={state}>
        <button type="button" className="mono link" onClick={onOpen}>
          {dataset || label}
        </button>{' '}
        {hasLanded ? (
          <>
            landed <span data-figure="why-landed">{time.clock(why.landedUs)}</span>
            {lateMs > 0 ? (
              <>
                , <span className="ink-late">{latenessText(lateMs)} late</span>
              </>
            ) : null}
            {lateMs <= 0 ? <>, {latenessText(lateMs)} before its deadline</> : null}
            {Number.isFinite(usual.landedUs) ? (
              <span className="why-usual">
                {' '}
                (usual <span data-figure="why-usual">{time.clock(usual.landedUs)}</span>)
              </span>
            ) : null}
          </>
        ) : (
          <span className="ink-late">{state}</span>
        )}
      </h1>
      <p className="dim">
        {hasLanded && label === (dataset || label) ? '' : `${why.sentence} `}
        {partition ? <span className="mono">{partition}</span> : null}
        {usual.nights > 0
          ? ` · ${formatCount(usual.nights)} other nights known, ${formatCount(usual.missed)} of them late`
          : ''}
      </p>
    </>
  );
}
