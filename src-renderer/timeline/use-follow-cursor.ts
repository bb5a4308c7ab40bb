// Keeps the time cursor in the window wherever it is moved from, and, while it plays over rows that are ordered by
// their begin, scrolls along so that what starts now is in sight. Panning and zooming by hand move no cursor and are
// left alone.

import { useEffect } from 'react';
import { cursorIn } from '../state/cursor.ts';
import { useApp } from '../state/use-app.ts';
import type { RowList, TimelineModel } from './row-list.ts';
import type { TimelineStore } from './timeline-store.ts';
import { revealTime, scrollTo } from './viewport.ts';

/** Where in the window the row that starts at the cursor stands. */
const PLACE = 0.62;

export function useFollowCursor(model: TimelineModel, rows: RowList, store: TimelineStore, isByStart: boolean): void {
  const { cursor, player } = useApp();
  useEffect(
    () =>
      cursor.subscribe(() => {
        const us = cursorIn(cursor.getState(), model.timeline);
        const { viewport } = store.getState();
        let next = revealTime(viewport, model.timeline, us);
        if (isByStart && player.store.getState().playing) {
          const top = lastStarted(model, rows, us) * viewport.rowPx;
          next = scrollTo(next, rows.pipeline.length, top - PLACE * viewport.heightPx);
        }
        if (next !== viewport) store.setState({ viewport: next });
      }),
    [model, rows, store, isByStart, cursor, player],
  );
}

/** The last row of a pipeline that began at or before an instant; 0 when there is none. Rows ascend by begin. */
export function lastStarted({ bars, byPipeline }: TimelineModel, rows: RowList, us: number): number {
  let low = 0;
  let high = rows.pipeline.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const begin = bars.beginUs[byPipeline.bars[byPipeline.offsets[rows.pipeline[middle]]]];
    if (begin <= us) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
