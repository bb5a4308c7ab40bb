// The timeline by keyboard: rows, window, zoom, opening, and marks that make an area. Returns whether the key was one
// of ours.

import type { TimeSpan } from '../state/cursor.ts';
import type { GestureHost } from './gestures.ts';
import { spanOfPipeline } from './row-list.ts';
import { fitWindow, panBy, revealRow, zoomAt, zoomTo } from './viewport.ts';

/** How far an arrow moves the window, as a share of it. */
const PAN_SHARE = 0.15;
const ZOOM_FACTOR = 1.5;

export function timelineKey(host: GestureHost, key: string, cursorUs: number): boolean {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20 };
  if (key in steps) return walk(host, steps[key]);
  switch (key) {
    case 'Home':
      return walk(host, Number.NEGATIVE_INFINITY);
    case 'End':
      return walk(host, Number.POSITIVE_INFINITY);
    case 'ArrowLeft':
      return pan(host, -PAN_SHARE);
    case 'ArrowRight':
      return pan(host, PAN_SHARE);
    case '+':
    case '=':
      return zoom(host, ZOOM_FACTOR);
    case '-':
      return zoom(host, 1 / ZOOM_FACTOR);
    case '0':
      return fit(host, host.log);
    case 'Enter':
      return withRow(host, (pipeline) => host.select(pipeline));
    case 'e':
      return withRow(host, (pipeline) => host.toggleOpened(pipeline));
    case 'z':
      return withRow(host, (pipeline) => zoomToPipeline(host, pipeline));
    case 'm':
      return mark(host, cursorUs);
    default:
      return false;
  }
}

function walk({ store, rows }: GestureHost, by: number): boolean {
  const count = rows().pipeline.length;
  if (count === 0) return true;
  const { viewport, focusedRow } = store.getState();
  const row = Math.min(count - 1, Math.max(0, focusedRow < 0 ? 0 : focusedRow + by));
  store.setState({ focusedRow: row, viewport: revealRow(viewport, count, row), hover: null });
  return true;
}

function pan({ store, log }: GestureHost, share: number): boolean {
  const { viewport } = store.getState();
  store.setState({ viewport: panBy(viewport, log, share * viewport.widthPx) });
  return true;
}

function zoom({ store, log }: GestureHost, factor: number): boolean {
  const { viewport } = store.getState();
  store.setState({ viewport: zoomAt(viewport, log, viewport.widthPx / 2, factor) });
  return true;
}

function fit({ store }: GestureHost, log: TimeSpan): boolean {
  store.setState({ viewport: fitWindow(store.getState().viewport, log) });
  return true;
}

function zoomToPipeline({ store, log, model }: GestureHost, pipeline: number): void {
  const span = spanOfPipeline(model(), pipeline);
  if (span) store.setState({ viewport: zoomTo(store.getState().viewport, log, span) });
}

function withRow({ store, rows }: GestureHost, act: (pipeline: number) => void): boolean {
  const { focusedRow } = store.getState();
  if (focusedRow >= 0 && focusedRow < rows().pipeline.length) act(rows().pipeline[focusedRow]);
  return true;
}

/** The first mark stands at the cursor; the second makes an area over all rows. */
function mark({ store, rows }: GestureHost, cursorUs: number): boolean {
  const { markUs } = store.getState();
  if (markUs === null) store.setState({ markUs: cursorUs, area: null });
  else {
    const [fromUs, toUs] = [Math.min(markUs, cursorUs), Math.max(markUs, cursorUs)];
    store.setState({ markUs: null, area: { fromUs, toUs, firstRow: 0, lastRow: rows().pipeline.length - 1 } });
  }
  return true;
}
