// Which part of the timeline is in sight, as pure arithmetic: a time window, a scroll position and a row height.
// Times in µs, lengths in CSS pixels. x runs from the left end of the bars (the names stand beside).

import type { TimeSpan } from '../state/cursor.ts';

export interface Viewport {
  readonly fromUs: number;
  readonly toUs: number;
  readonly scrollPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rowPx: number;
}

/** No closer than a second across the window. */
const SPAN_US_MIN = 1_000_000;
/** Empty room beside the log when everything is shown. */
const MARGIN = 0.015;

export const fitSpan = ({ fromUs, toUs }: TimeSpan): TimeSpan => {
  const room = Math.max((toUs - fromUs) * MARGIN, SPAN_US_MIN / 2);
  return { fromUs: fromUs - room, toUs: toUs + room };
};

export const xOf = (v: Viewport, us: number): number => ((us - v.fromUs) / (v.toUs - v.fromUs)) * v.widthPx;
export const usAt = (v: Viewport, x: number): number => v.fromUs + (x / v.widthPx) * (v.toUs - v.fromUs);

/** Zooms by a factor (above 1: closer) and keeps the time under `x` where it is. */
export function zoomAt(v: Viewport, log: TimeSpan, x: number, factor: number): Viewport {
  const fit = fitSpan(log);
  const span = clamp((v.toUs - v.fromUs) / factor, SPAN_US_MIN, fit.toUs - fit.fromUs);
  const at = usAt(v, x);
  return placeWindow(v, log, at - (x / v.widthPx) * span, span);
}

/** Moves the window by pixels; a positive `dx` shows later times. */
export const panBy = (v: Viewport, log: TimeSpan, dx: number): Viewport =>
  placeWindow(v, log, v.fromUs + (dx / v.widthPx) * (v.toUs - v.fromUs), v.toUs - v.fromUs);

export const fitWindow = (v: Viewport, log: TimeSpan): Viewport => ({ ...v, ...fitSpan(log) });

function placeWindow(v: Viewport, log: TimeSpan, fromUs: number, span: number): Viewport {
  const fit = fitSpan(log);
  const from = clamp(fromUs, fit.fromUs, Math.max(fit.fromUs, fit.toUs - span));
  return { ...v, fromUs: from, toUs: from + span };
}

export const scrollTo = (v: Viewport, rows: number, px: number): Viewport => ({
  ...v,
  scrollPx: clamp(px, 0, Math.max(0, rows * v.rowPx - v.heightPx)),
});

/** Scrolls as little as needed so that a row is in sight. */
export function revealRow(v: Viewport, rows: number, row: number): Viewport {
  const top = row * v.rowPx;
  if (top < v.scrollPx) return scrollTo(v, rows, top);
  if (top + v.rowPx > v.scrollPx + v.heightPx) return scrollTo(v, rows, top + v.rowPx - v.heightPx);
  return v;
}

/** Leaves a row that is in sight where it is, and brings another one to the upper third. */
export function centreRow(v: Viewport, rows: number, row: number): Viewport {
  const top = row * v.rowPx;
  const isInSight = top >= v.scrollPx && top + v.rowPx <= v.scrollPx + v.heightPx;
  return isInSight ? v : scrollTo(v, rows, top - v.heightPx / 3);
}

/** Moves the window as little as needed so that a time is in sight, with some room. */
export function revealTime(v: Viewport, log: TimeSpan, us: number): Viewport {
  const span = v.toUs - v.fromUs;
  if (us >= v.fromUs && us <= v.toUs) return v;
  return placeWindow(v, log, us - span / 2, span);
}

/** Makes a part of the log fill most of the window, with a little of what was before and after it. */
export function zoomTo(v: Viewport, log: TimeSpan, part: TimeSpan): Viewport {
  const span = clamp((part.toUs - part.fromUs) * 1.3, SPAN_US_MIN * 60, log.toUs - log.fromUs);
  return placeWindow(v, log, (part.fromUs + part.toUs - span) / 2, span);
}

/** The row at a height below the top of the rows, or -1. */
export function rowAt(v: Viewport, rows: number, y: number): number {
  const row = Math.floor((y + v.scrollPx) / v.rowPx);
  return row >= 0 && row < rows && y >= 0 && y < v.heightPx ? row : -1;
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
