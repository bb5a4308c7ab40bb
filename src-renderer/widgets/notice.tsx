// What a screen shows instead of its content: what it waits for, what is missing and what to do, or what went wrong,
// where, and what to do. Never a spinner alone, never an apology.

import type { ServiceError } from '../../shared/api/errors.ts';

export function EmptyNotice({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className="notice">
      <h1>{title}</h1>
      {children}
    </div>
  );
}

export function ErrorNotice({ what, error, onRetry }: { what: string; error: ServiceError; onRetry?: () => void }) {
  return (
    <div className="notice" role="alert">
      <h1>{what}</h1>
      <p>{error.message}</p>
      {error.place ? <p className="mono">{error.place}</p> : null}
      {error.hint ? <p className="dim">{error.hint}</p> : null}
      {onRetry ? (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      ) : null}
    </div>
  );
}

/** Holds the place of `lines` lines of text, so that nothing jumps when they come. */
export function Loading({ what, lines = 3 }: { what: string; lines?: number }) {
  const widths = Array.from({ length: lines }, (_, i) => `${62 + ((i * 37) % 34)}%`);
  return (
    <div className="loading" role="status">
      <span className="unseen">Loading {what}</span>
      {widths.map((width) => (
        <i key={width} style={{ width }} />
      ))}
    </div>
  );
}
