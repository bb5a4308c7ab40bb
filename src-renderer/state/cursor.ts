// The time cursor: the moment that graph, timeline and time bar show. null is the end of the log.
// Canvases subscribe to the store directly; a React component that renders at every move is a defect.

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Cursor {
  readonly us: number | null;
}

export interface TimeSpan {
  readonly fromUs: number;
  readonly toUs: number;
}

export const cursorStore = (): StoreApi<Cursor> => createStore<Cursor>(() => ({ us: null }));

/** The cursor inside a span; the end when it is null. */
export const cursorIn = (cursor: Cursor, span: TimeSpan): number =>
  cursor.us === null ? span.toUs : Math.min(span.toUs, Math.max(span.fromUs, cursor.us));

/** Moves inside a span; the end is kept as null, so that it stays the end in another log. */
export function moveCursor(cursor: StoreApi<Cursor>, span: TimeSpan, us: number): void {
  cursor.setState({ us: us >= span.toUs ? null : Math.round(Math.max(span.fromUs, us)) });
}
