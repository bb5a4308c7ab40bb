// By how much a reader started after its data was whole, night by night: a bar a night about a zero line. Under zero it
// read too early. Shape tells what colour tells: those hang below the line.

import type { MarginView } from '../../shared/api/views-why.ts';
import type { Resource } from '../state/resources.ts';
import { formatCount, formatSpan } from '../widgets/format.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';

const BAR_PX = 4;
const HEIGHT_PX = 84;

export interface MarginStripProps {
  readonly state: Resource<MarginView>;
  /** `recs.train_daily after events` */
  readonly pair: string;
  readonly onRetry: () => void;
}

export function MarginStrip({ state, pair, onRetry }: MarginStripProps) {
  if (state.status === 'loading') return <Loading what="the margin of the other nights" lines={4} />;
  if (state.status === 'error') {
    return <ErrorNotice what="The margin cannot be told" error={state.error} onRetry={onRetry} />;
  }
  const { nights, underZero, unknown, p50Ms, minMs } = state.value;
  const text = `under zero on ${formatCount(underZero)} of ${formatCount(nights.length)} nights`;
  return (
    <figure className="margins">
      <figcaption>
        Margin <b data-figure="under-zero">{text}</b>
      </figcaption>
      <Bars view={state.value} label={`Margin of ${pair}: ${text}`} />
      <p className="dim">
        <span className="mono">{pair}</span>: usually {signedSpan(p50Ms)}, the smallest {signedSpan(minMs)}
        {unknown > 0 ? `; unknown on ${formatCount(unknown)}` : ''}. Each bar is a night, the last on the right.
      </p>
    </figure>
  );
}

const signedSpan = (ms: number): string => (ms < 0 ? `−${formatSpan(-ms)}` : formatSpan(ms));

function Bars({ view: { nights }, label }: { view: MarginView; label: string }) {
  const known = nights.map(({ marginMs }) => marginMs).filter(Number.isFinite);
  const [most, least] = [Math.max(0, ...known), Math.min(0, ...known)];
  const perMs = HEIGHT_PX / Math.max(1, most - least);
  const zeroPx = most * perMs;
  const width = nights.length * BAR_PX;
  return (
    <svg
      className="margin-bars"
      viewBox={`0 0 ${width} ${HEIGHT_PX}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {nights.map(({ night, marginMs }, i) => {
        const isEarly = marginMs < 0;
        const height = Number.isFinite(marginMs) ? Math.max(isEarly ? 3 : 1, Math.abs(marginMs) * perMs) : HEIGHT_PX;
        return (
          <rect
            key={night}
            className={isEarly ? 'is-early' : Number.isFinite(marginMs) ? '' : 'is-unknown'}
            x={i * BAR_PX}
            y={isEarly ? zeroPx : Number.isFinite(marginMs) ? zeroPx - height : 0}
            width={BAR_PX - 1}
            height={height}
          >
            <title>{`${night}: ${Number.isFinite(marginMs) ? signedSpan(marginMs) : 'unknown'}`}</title>
          </rect>
        );
      })}
      <line x1={0} x2={width} y1={zeroPx} y2={zeroPx} />
    </svg>
  );
}
