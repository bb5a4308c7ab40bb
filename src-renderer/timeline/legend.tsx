// What the shapes of a bar mean, each with its word.

import { formatPlural } from '../widgets/format.ts';

const ENTRIES = [
  { word: 'waited', style: { height: 2, background: 'var(--wait)' } },
  { word: 'ran', style: { background: 'var(--run)' } },
  { word: 'check, publish', style: { height: 4, background: 'var(--whole)' } },
  { word: 'late or failed', style: { background: 'var(--late)' } },
  { word: 'read too early', style: { background: 'var(--early)' } },
] as const;

export function Legend({ unplaced }: { unplaced: number }) {
  return (
    <span className="timeline-legend">
      {unplaced > 0 ? <span>{formatPlural(unplaced, 'task run')} without times</span> : null}
      {ENTRIES.map(({ word, style }) => (
        <span key={word}>
          <i style={style} />
          {word}
        </span>
      ))}
    </span>
  );
}
