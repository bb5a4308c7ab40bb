// Rows thinner than a few pixels as a raster: each pixel holds the worst bar that touches it. Every pixel is written
// straight into an image, so all rows of a large log are drawn in a few milliseconds.

import { forEachBar } from './bar-index.ts';
import { barsOfRow, type RowList, type TimelineModel } from './row-list.ts';
import { usAt, type Viewport, xOf } from './viewport.ts';

/** Cell values: 0 nothing, 1 waiting, 2 … 5 the severities. */
export const CELL_KINDS = ['nothing', 'wait', 'run', 'unfinished', 'late', 'early'] as const;

/** Rasterises the rows in sight into `width` x `height` cells of one CSS pixel. */
export function rasterRows(model: TimelineModel, rows: RowList, v: Viewport, cells: Uint8Array): void {
  const width = Math.floor(v.widthPx);
  const height = Math.floor(v.heightPx);
  cells.fill(0);
  const first = Math.max(0, Math.floor(v.scrollPx / v.rowPx));
  const last = Math.min(rows.pipeline.length - 1, Math.floor((v.scrollPx + height) / v.rowPx));
  const { bars } = model;
  for (let row = first; row <= last; row++) {
    const top = Math.floor(row * v.rowPx - v.scrollPx);
    const bottom = Math.max(top, Math.ceil((row + 1) * v.rowPx - v.scrollPx) - (v.rowPx >= 3 ? 2 : 1));
    const at = barsOfRow(model, rows, row);
    const markPart = (beginUs: number, startUs: number, closeUs: number, severity: number): void => {
      const runUs = Number.isNaN(startUs) ? closeUs : startUs;
      for (let y = Math.max(0, top); y <= Math.min(bottom, height - 1); y++) {
        mark(cells, width, y, xOf(v, beginUs), xOf(v, runUs), 1);
        mark(cells, width, y, xOf(v, runUs), xOf(v, closeUs), 2 + severity);
      }
    };
    forEachBar(bars, at.index, at.row, usAt(v, 0), usAt(v, width), (bar) => {
      const parts = bars.parts.get(bar);
      if (parts) for (const part of parts) markPart(part.beginUs, part.startUs, part.closeUs, part.severity);
      else markPart(bars.beginUs[bar], bars.startUs[bar], bars.closeUs[bar], bars.severity[bar]);
    });
  }
}

function mark(cells: Uint8Array, width: number, y: number, fromX: number, toX: number, kind: number): void {
  const from = Math.max(0, Math.floor(fromX));
  const to = Math.min(width - 1, Math.floor(toX));
  for (let at = y * width + from; at <= y * width + to; at++) if (cells[at] < kind) cells[at] = kind;
}

/** Cells as pixels: `colours[kind]` is red, green, blue, alpha in one little-endian word. */
export function cellsToPixels(cells: Uint8Array, colours: ArrayLike<number>, pixels: Uint32Array): void {
  for (let i = 0; i < cells.length; i++) pixels[i] = colours[cells[i]];
}
