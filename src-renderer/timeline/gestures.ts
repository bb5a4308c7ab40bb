// Pointer and wheel on the timeline. Wheel scrolls rows, Shift+wheel moves in time, Ctrl+wheel zooms at the pointer.
// A click selects, a drag over bars marks an area, a drag on the axis moves the time cursor, a click on the sign before
// a name opens the pipeline's tasks.

import type { TimeSpan } from '../state/cursor.ts';
import { hitTest } from './hit-test.ts';
import { AXIS_PX } from './paint.ts';
import { cutRowLabel, type RowList, rowLabel, type TimelineModel } from './row-list.ts';
import type { TimelineStore } from './timeline-store.ts';
import { panBy, rowAt, scrollTo, usAt, zoomAt } from './viewport.ts';

export interface GestureHost {
  readonly store: TimelineStore;
  readonly log: TimeSpan;
  rows(): RowList;
  model(): TimelineModel;
  scrub(us: number): void;
  select(pipeline: number): void;
  toggleOpened(pipeline: number): void;
}

const CLICK_PX = 4;
const CHEVRON_PX = 21;
const WHEEL_ZOOM = 0.0022;
const LINE_PX = 18;

type Drag = { readonly kind: 'scrub' } | { readonly kind: 'area'; readonly x: number; readonly y: number };

/** Listens on an element; returns the way to stop. */
export function attachGestures(element: HTMLElement, host: GestureHost): () => void {
  let drag: Drag | null = null;
  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left - host.store.getState().namesPx, y: event.clientY - box.top - AXIS_PX };
  };
  const scrubTo = (x: number): void => host.scrub(usAt(host.store.getState().viewport, x));

  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { viewport } = host.store.getState();
    const unit = event.deltaMode === 1 ? LINE_PX : 1;
    const [dx, dy] = event.shiftKey ? [event.deltaY * unit, 0] : [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(-event.deltaY * unit * WHEEL_ZOOM);
      host.store.setState({ viewport: zoomAt(viewport, host.log, Math.max(0, place(event).x), factor), hover: null });
      return;
    }
    const panned = dx === 0 ? viewport : panBy(viewport, host.log, dx);
    host.store.setState({
      viewport: scrollTo(panned, host.rows().pipeline.length, panned.scrollPx + dy),
      hover: null,
    });
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || isOnDivider(event)) return;
    const { x, y } = place(event);
    element.setPointerCapture(event.pointerId);
    if (y < 0 && x >= 0) {
      drag = { kind: 'scrub' };
      scrubTo(x);
    } else drag = { kind: 'area', x, y };
  };
  const move = (event: PointerEvent): void => {
    if (isOnDivider(event)) return;
    const { x, y } = place(event);
    if (drag?.kind === 'scrub') return scrubTo(x);
    if (drag && Math.abs(x - drag.x) >= CLICK_PX && drag.x >= 0) return markArea(host, drag, { x, y });
    hover(host, x, y);
    const title = drag || x >= 0 ? '' : cutTitle(host, y);
    if (element.title !== title) element.title = title;
  };
  const up = (event: PointerEvent): void => {
    const { x, y } = place(event);
    if (drag?.kind === 'area' && Math.abs(x - drag.x) < CLICK_PX) click(host, x, y);
    drag = null;
  };
  const cancel = (): void => {
    drag = null;
  };
  const leave = (): void => host.store.setState({ hover: null });

  element.addEventListener('wheel', wheel, { passive: false });
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', cancel);
  element.addEventListener('pointerleave', leave);
  return () => {
    element.removeEventListener('wheel', wheel);
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', cancel);
    element.removeEventListener('pointerleave', leave);
  };
}

function hover(host: GestureHost, x: number, y: number): void {
  const { viewport, hover: before } = host.store.getState();
  const hit = x >= 0 ? hitTest(host.model(), host.rows(), viewport, x, y) : null;
  const next = hit && hit.bar >= 0 ? { ...hit, x, y } : null;
  if (next || before) host.store.setState({ hover: next });
}

/** It is pulled itself. */
const isOnDivider = ({ target }: MouseEvent): boolean =>
  target instanceof Element && target.closest('[role="separator"]') !== null;

/** The whole name of a row where it is cut; else "". */
function cutTitle({ store, model, rows }: GestureHost, y: number): string {
  const { viewport, namesPx } = store.getState();
  const row = rowAt(viewport, rows().pipeline.length, y);
  if (row < 0) return '';
  const name = rowLabel(model(), rows(), row);
  return cutRowLabel(model(), rows(), row, namesPx) === name ? '' : name;
}

function click(host: GestureHost, x: number, y: number): void {
  const rows = host.rows();
  const row = rowAt(host.store.getState().viewport, rows.pipeline.length, y);
  if (row < 0) return host.store.setState({ area: null, markUs: null });
  const pipeline = rows.pipeline[row];
  const isChevron = x + host.store.getState().namesPx < CHEVRON_PX && rows.task[row] < 0;
  if (isChevron) return host.toggleOpened(pipeline);
  host.store.setState({ focusedRow: row, area: null, markUs: null });
  host.select(pipeline);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function markArea({ store, rows }: GestureHost, from: Point, to: Point): void {
  const { viewport: v } = store.getState();
  const rowOf = (y: number): number => Math.floor((y + v.scrollPx) / v.rowPx);
  const last = rows().pipeline.length - 1;
  store.setState({
    hover: null,
    markUs: null,
    area: {
      fromUs: usAt(v, Math.min(from.x, to.x)),
      toUs: usAt(v, Math.max(from.x, to.x)),
      firstRow: Math.min(last, Math.max(0, rowOf(Math.min(from.y, to.y)))),
      lastRow: Math.min(last, Math.max(0, rowOf(Math.max(from.y, to.y)))),
    },
  });
}
