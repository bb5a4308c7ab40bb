// What the timeline of one log looks at: viewport, what is under the pointer, the marked area, the row of the
// keyboard. The canvas subscribes; React renders only the parts that show text.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TimeSpan } from '../state/cursor.ts';
import type { Area } from './area.ts';
import type { Hit } from './hit-test.ts';
import { NAMES_PX_MIN } from './names-width.ts';
import { fitSpan, type Viewport } from './viewport.ts';

/** Heights of a row; the last one fits all rows. */
export const ROW_HEIGHTS = { comfortable: 20, compact: 12, dense: 6, all: 0 } as const;
export type RowHeight = keyof typeof ROW_HEIGHTS;

export interface TimelineState {
  readonly viewport: Viewport;
  readonly rowHeight: RowHeight;
  readonly hover: (Hit & { readonly x: number; readonly y: number }) | null;
  readonly area: Area | null;
  /** First of two marks that make an area, in µs. */
  readonly markUs: number | null;
  readonly focusedRow: number;
  /** Width of the column of names. */
  readonly namesPx: number;
}

export type TimelineStore = StoreApi<TimelineState>;

export const timelineStore = (log: TimeSpan): TimelineStore =>
  createStore<TimelineState>(() => ({
    viewport: { ...fitSpan(log), scrollPx: 0, widthPx: 0, heightPx: 0, rowPx: ROW_HEIGHTS.comfortable },
    rowHeight: 'comfortable',
    hover: null,
    area: null,
    markUs: null,
    focusedRow: -1,
    namesPx: NAMES_PX_MIN,
  }));

/** The height of a row for a choice; all rows share the window, none taller than a comfortable one. */
export function rowPxOf(rowHeight: RowHeight, heightPx: number, rows: number): number {
  if (rowHeight !== 'all') return ROW_HEIGHTS[rowHeight];
  return rows === 0 ? ROW_HEIGHTS.comfortable : Math.min(ROW_HEIGHTS.comfortable, Math.max(0.05, heightPx / rows));
}
