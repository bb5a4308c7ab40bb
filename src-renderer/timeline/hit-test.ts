// What lies under the pointer: the bar nearest to it in its row, within a few pixels; the shortest one when several
// overlap there, because long ones can be reached elsewhere.

import { forEachBar } from './bar-index.ts';
import { barsOfRow, type RowList, type TimelineModel } from './row-list.ts';
import { rowAt, usAt, type Viewport } from './viewport.ts';

export interface Hit {
  readonly row: number;
  /** A task run, or -1 when only the row is under the pointer. */
  readonly bar: number;
  /** Other bars that are as near. */
  readonly others: number;
}

const REACH_PX = 3;

export function hitTest(model: TimelineModel, rows: RowList, v: Viewport, x: number, y: number): Hit | null {
  const row = rowAt(v, rows.pipeline.length, y);
  if (row < 0) return null;
  const at = barsOfRow(model, rows, row);
  const { bars } = model;
  let bar = -1;
  let shortest = Number.POSITIVE_INFINITY;
  let found = 0;
  forEachBar(bars, at.index, at.row, usAt(v, x - REACH_PX), usAt(v, x + REACH_PX), (each) => {
    found++;
    const length = bars.closeUs[each] - bars.beginUs[each];
    if (length >= shortest) return;
    shortest = length;
    bar = each;
  });
  return { row, bar, others: Math.max(0, found - 1) };
}
