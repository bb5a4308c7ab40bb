// Keeps a timeline that shows the whole log showing the whole log while that grows. Who has zoomed or moved is left where
// they are.

import { useEffect, useRef } from 'react';
import type { TimeSpan } from '../state/cursor.ts';
import type { TimelineStore } from './timeline-store.ts';
import { fitSpan, fitWindow, type Viewport } from './viewport.ts';

export function useFollowGrowth(store: TimelineStore, span: TimeSpan): void {
  const { fromUs, toUs } = span;
  const before = useRef<TimeSpan>({ fromUs, toUs });
  useEffect(() => {
    const { viewport } = store.getState();
    if (isFitted(viewport, before.current)) store.setState({ viewport: fitWindow(viewport, { fromUs, toUs }) });
    before.current = { fromUs, toUs };
  }, [store, fromUs, toUs]);
}

export function isFitted(viewport: Pick<Viewport, 'fromUs' | 'toUs'>, span: TimeSpan): boolean {
  const fit = fitSpan(span);
  return viewport.fromUs === fit.fromUs && viewport.toUs === fit.toUs;
}
