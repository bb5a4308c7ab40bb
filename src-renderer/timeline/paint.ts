// Paints the rows in sight: names on the left, bars on the right, the axis above. Called on pan, zoom, resize and new
// data, never for a moving cursor, which is an element above the canvas.

import type { TimeTick } from '../widgets/time-ticks.ts';
import type { Colours } from './colours.ts';
import { NAME_FONT_PX, NAME_GAP_PX, PIPELINE_INDENT_PX, TASK_INDENT_PX } from './names-width.ts';
import { cellsToPixels, rasterRows } from './overview.ts';
import { type RectSink, rowRects, STYLES, type Style } from './rects.ts';
import { barsOfRow, cutRowLabel, type RowList, type TimelineModel } from './row-list.ts';
import { type Viewport, xOf } from './viewport.ts';

export const AXIS_PX = 24;
/** Rows at least this tall have names and drawn bars; thinner ones are a raster. */
export const DRAWN_ROW_PX = 6;
const NAMED_ROW_PX = 12;

export interface Picture {
  readonly model: TimelineModel;
  readonly rows: RowList;
  readonly viewport: Viewport;
  readonly ticks: readonly TimeTick[];
  readonly colours: Colours;
  /** Display row of the selected pipeline and of the keyboard; -1 for none. */
  readonly selectedPipeline: number;
  readonly focusedRow: number;
  /** Width of the column of names. */
  readonly namesPx: number;
}

export function paint(canvas: HTMLCanvasElement, picture: Picture): void {
  const { viewport: v, namesPx } = picture;
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round((v.widthPx + namesPx) * ratio);
  const height = Math.round((v.heightPx + AXIS_PX) * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, v.widthPx + namesPx, v.heightPx + AXIS_PX);
  if (v.rowPx < DRAWN_ROW_PX) paintOverview(context, picture, ratio);
  else paintRows(context, picture);
  paintAxis(context, picture);
}

function paintRows(context: CanvasRenderingContext2D, picture: Picture): void {
  const { model, rows, viewport: v, namesPx } = picture;
  const rects = new RectBuckets();
  context.save();
  context.beginPath();
  context.rect(0, AXIS_PX, v.widthPx + namesPx, v.heightPx);
  context.clip();
  context.translate(0, AXIS_PX);
  const first = Math.max(0, Math.floor(v.scrollPx / v.rowPx));
  const last = Math.min(rows.pipeline.length - 1, Math.floor((v.scrollPx + v.heightPx) / v.rowPx));
  for (let row = first; row <= last; row++) {
    const y = row * v.rowPx - v.scrollPx;
    paintRowGround(context, picture, row, y);
    const height = Math.max(3, Math.min(11, v.rowPx - 6));
    const place = { ...barsOfRow(model, rows, row), y: y + (v.rowPx - height) / 2, height };
    rowRects(model.bars, model.timeline.times.publishedUs, place, v, rects.add);
  }
  context.translate(namesPx, 0);
  context.beginPath();
  context.rect(0, 0, v.widthPx, v.heightPx);
  context.clip();
  paintGrid(context, picture);
  rects.paint(context, picture.colours);
  for (let row = first; row <= last; row++) paintDeadlines(context, picture, row);
  context.restore();
}

function paintRowGround(context: CanvasRenderingContext2D, picture: Picture, row: number, y: number): void {
  const { model, rows, viewport: v, colours, selectedPipeline, focusedRow, namesPx } = picture;
  const isTask = rows.task[row] >= 0;
  const isSelected = rows.pipeline[row] === selectedPipeline;
  if ((isSelected && !isTask) || row === focusedRow) {
    context.fillStyle = isSelected && !isTask ? colours.wash : colours.hover;
    context.fillRect(0, y, v.widthPx + namesPx, v.rowPx);
  }
  if (isSelected) {
    context.fillStyle = colours.accent;
    context.fillRect(0, y, 2.5, v.rowPx);
  }
  context.fillStyle = colours.line;
  context.fillRect(0, Math.round(y + v.rowPx) - 1, v.widthPx + namesPx, 1);
  if (v.rowPx < NAMED_ROW_PX) return;
  context.font = `${isTask ? '' : '500 '}${NAME_FONT_PX}px ${colours.mono}`;
  context.textBaseline = 'middle';
  context.fillStyle = isTask ? colours.dim : colours.text;
  const indent = isTask ? TASK_INDENT_PX : PIPELINE_INDENT_PX;
  const text = cutRowLabel(model, rows, row, namesPx);
  // Letters that the face lacks may be wider: they are pressed into the column.
  context.fillText(text, indent, y + v.rowPx / 2, namesPx - indent - NAME_GAP_PX);
  if (!isTask) paintChevron(context, colours, y + v.rowPx / 2, isOpened(rows, row));
}

const isOpened = (rows: RowList, row: number): boolean => (rows.task[row + 1] ?? -1) >= 0;

function paintChevron(context: CanvasRenderingContext2D, colours: Colours, y: number, isOpen: boolean): void {
  context.strokeStyle = colours.dim;
  context.lineWidth = 1.4;
  context.beginPath();
  if (isOpen) {
    context.moveTo(9, y - 2);
    context.lineTo(13, y + 2);
    context.lineTo(17, y - 2);
  } else {
    context.moveTo(11, y - 4);
    context.lineTo(15, y);
    context.lineTo(11, y + 4);
  }
  context.stroke();
}

function paintGrid(context: CanvasRenderingContext2D, { ticks, viewport: v, colours }: Picture): void {
  context.fillStyle = colours.line;
  for (const tick of ticks) context.fillRect(Math.round(xOf(v, tick.us)), 0, 1, v.heightPx);
}

/** A deadline is a line over its row, with a foot; vermilion when it was missed. */
function paintDeadlines(context: CanvasRenderingContext2D, picture: Picture, row: number): void {
  const { model, rows, viewport: v, colours } = picture;
  const { deadlineUs, times } = model.timeline;
  const at = barsOfRow(model, rows, row);
  const y = row * v.rowPx - v.scrollPx;
  for (let i = at.index.offsets[at.row]; i < at.index.offsets[at.row + 1]; i++) {
    const bar = at.index.bars[i];
    const x = Math.round(xOf(v, deadlineUs[bar]));
    if (!(x >= 0 && x <= v.widthPx)) continue;
    context.fillStyle = times.landedUs[bar] <= deadlineUs[bar] ? colours.text : colours.late;
    context.fillRect(x, y + 1, 1.5, v.rowPx - 3);
    context.fillRect(x - 2, y + 1, 5.5, 1.5);
  }
}

function paintAxis(context: CanvasRenderingContext2D, { ticks, viewport: v, colours, namesPx }: Picture): void {
  context.fillStyle = colours.line;
  context.fillRect(0, AXIS_PX - 1, v.widthPx + namesPx, 1);
  context.textBaseline = 'middle';
  for (const tick of ticks) {
    const x = namesPx + xOf(v, tick.us);
    if (x < namesPx) continue;
    context.font = `${tick.isDay ? '600 ' : ''}11px ${colours.sans}`;
    context.fillStyle = tick.isDay ? colours.text : colours.dim;
    context.fillText(tick.label, x + 4, AXIS_PX / 2);
    context.fillStyle = colours.line;
    context.fillRect(Math.round(x), 6, 1, AXIS_PX - 6);
  }
}

/** Rects by style, so that the context changes its colour seven times a frame and not once a bar. */
class RectBuckets {
  readonly #rects: Readonly<Record<Style, number[]>> = {
    wait: [],
    run: [],
    landing: [],
    publish: [],
    unfinished: [],
    late: [],
    early: [],
  };
  readonly add: RectSink = (style, x, y, width, height) => void this.#rects[style].push(x, y, width, height);

  /** The worst styles last, so that they lie on top. */
  paint(context: CanvasRenderingContext2D, colours: Colours): void {
    for (const style of STYLES) {
      const rects = this.#rects[style];
      context.fillStyle = colours.style[style];
      for (let i = 0; i < rects.length; i += 4) context.fillRect(rects[i], rects[i + 1], rects[i + 2], rects[i + 3]);
    }
  }
}

let cells = new Uint8Array(0);

function paintOverview(
  context: CanvasRenderingContext2D,
  { model, rows, viewport: v, colours, namesPx }: Picture,
  ratio: number,
): void {
  const width = Math.floor(v.widthPx);
  const height = Math.floor(v.heightPx);
  if (width <= 0 || height <= 0) return;
  if (cells.length !== width * height) cells = new Uint8Array(width * height);
  rasterRows(model, rows, v, cells);
  const image = new ImageData(width, height);
  cellsToPixels(cells, colours.cells, new Uint32Array(image.data.buffer));
  if (ratio === 1) return context.putImageData(image, namesPx, AXIS_PX);
  const scratch = new OffscreenCanvas(width, height);
  scratch.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, namesPx, AXIS_PX);
}
