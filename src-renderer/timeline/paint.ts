// Paints the rows in sight: names on the left, bars on the right, the axis above. Called on pan, zoom, resize and new
// data, never for a moving cursor, which is an element above the canvas.

import type { TimeTick } from '../widgets/time-ticks.ts';
import type { Colours } from './colours.ts';
import { cellsToPixels, rasterRows } from './overview.ts';
import { type RectSink, rowRects, STYLES, type Style } from './rects.ts';
import { barsOfRow, type RowList, rowLabel, type TimelineModel } from './row-list.ts';
import { type Viewport, xOf } from './viewport.ts';

export const NAMES_PX = 212;
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
}

export function paint(canvas: HTMLCanvasElement, picture: Picture): void {
  const { viewport: v } = picture;
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round((v.widthPx + NAMES_PX) * ratio);
  const height = Math.round((v.heightPx + AXIS_PX) * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, v.widthPx + NAMES_PX, v.heightPx + AXIS_PX);
  if (v.rowPx < DRAWN_ROW_PX) paintOverview(context, picture, ratio);
  else paintRows(context, picture);
  paintAxis(context, picture);
}

function paintRows(context: CanvasRenderingContext2D, picture: Picture): void {
  const { model, rows, viewport: v } = picture;
  const rects = new RectBuckets();
  context.save();
  context.beginPath();
  context.rect(0, AXIS_PX, v.widthPx + NAMES_PX, v.heightPx);
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
  context.translate(NAMES_PX, 0);
  context.beginPath();
  context.rect(0, 0, v.widthPx, v.heightPx);
  context.clip();
  paintGrid(context, picture);
  rects.paint(context, picture.colours);
  for (let row = first; row <= last; row++) paintDeadlines(context, picture, row);
  context.restore();
}

function paintRowGround(context: CanvasRenderingContext2D, picture: Picture, row: number, y: number): void {
  const { model, rows, viewport: v, colours, selectedPipeline, focusedRow } = picture;
  const isTask = rows.task[row] >= 0;
  const isSelected = rows.pipeline[row] === selectedPipeline;
  if ((isSelected && !isTask) || row === focusedRow) {
    context.fillStyle = isSelected && !isTask ? colours.wash : colours.hover;
    context.fillRect(0, y, v.widthPx + NAMES_PX, v.rowPx);
  }
  if (isSelected) {
    context.fillStyle = colours.accent;
    context.fillRect(0, y, 2.5, v.rowPx);
  }
  context.fillStyle = colours.line;
  context.fillRect(0, Math.round(y + v.rowPx) - 1, v.widthPx + NAMES_PX, 1);
  if (v.rowPx < NAMED_ROW_PX) return;
  context.font = `${isTask ? '' : '500 '}11.5px ${colours.mono}`;
  context.textBaseline = 'middle';
  context.fillStyle = isTask ? colours.dim : colours.text;
  const indent = isTask ? 30 : 24;
  const text = cutText(context, rowLabel(model, rows, row), NAMES_PX - indent - 8);
  context.fillText(text, indent, y + v.rowPx / 2);
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

/** Shortens with an ellipsis; measuring by halves, because text is the costly part of a frame. */
function cutText(context: CanvasRenderingContext2D, text: string, widthPx: number): string {
  if (context.measureText(text).width <= widthPx) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= widthPx) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
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

function paintAxis(context: CanvasRenderingContext2D, { ticks, viewport: v, colours }: Picture): void {
  context.fillStyle = colours.line;
  context.fillRect(0, AXIS_PX - 1, v.widthPx + NAMES_PX, 1);
  context.textBaseline = 'middle';
  for (const tick of ticks) {
    const x = NAMES_PX + xOf(v, tick.us);
    if (x < NAMES_PX) continue;
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
  { model, rows, viewport: v, colours }: Picture,
  ratio: number,
): void {
  const width = Math.floor(v.widthPx);
  const height = Math.floor(v.heightPx);
  if (width <= 0 || height <= 0) return;
  if (cells.length !== width * height) cells = new Uint8Array(width * height);
  rasterRows(model, rows, v, cells);
  const image = new ImageData(width, height);
  cellsToPixels(cells, colours.cells, new Uint32Array(image.data.buffer));
  if (ratio === 1) return context.putImageData(image, NAMES_PX, AXIS_PX);
  const scratch = new OffscreenCanvas(width, height);
  scratch.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, NAMES_PX, AXIS_PX);
}
