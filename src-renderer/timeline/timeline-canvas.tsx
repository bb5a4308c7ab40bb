// The canvas of the timeline with what moves above it: cursor, veil over the future, marked area. It paints at most
// once a frame and only when what is painted changed.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { cursorIn, moveCursor } from '../state/cursor.ts';
import { keep, readKept } from '../state/kept.ts';
import { useApp } from '../state/use-app.ts';
import { timeTicks } from '../widgets/time-ticks.ts';
import { useSize } from '../widgets/use-size.ts';
import { zonedTime } from '../widgets/zoned-time.ts';
import { readColours } from './colours.ts';
import { attachGestures, type GestureHost } from './gestures.ts';
import { NamesDivider } from './names-divider.tsx';
import { namesWidth } from './names-width.ts';
import { AXIS_PX, paint } from './paint.ts';
import {
  neededNamesPx,
  type RowList,
  rowLabel,
  rowOfPipeline,
  spanOfPipeline,
  type TimelineModel,
} from './row-list.ts';
import { timelineKey } from './timeline-keys.ts';
import { TimelineOverlay } from './timeline-overlay.tsx';
import { rowPxOf, type TimelineStore } from './timeline-store.ts';
import { useFollowCursor } from './use-follow-cursor.ts';
import { centreRow, scrollTo, zoomTo } from './viewport.ts';

export interface TimelineCanvasProps {
  readonly model: TimelineModel;
  readonly rows: RowList;
  readonly store: TimelineStore;
  readonly selected: number | null;
  /** Rows are ordered by their begin: playing scrolls along. */
  readonly isByStart: boolean;
  readonly onSelect: (pipeline: number) => void;
  readonly onToggle: (pipeline: number) => void;
}

const TICK_GAP_PX = 84;
const NAMES_KEY = 'timeline-names';

export function TimelineCanvas(props: TimelineCanvasProps) {
  const { model, rows, store, selected, isByStart } = props;
  const { cursor } = useApp();
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const host = useGestureHost(props);
  const resizeNames = useFittedViewport(root, store, model, rows);
  usePainting(canvas, model, rows, store, selected);
  useRevealSelected(model, rows, store, selected);
  useFollowCursor(model, rows, store, isByStart);
  useEffect(() => (root.current ? attachGestures(root.current, host) : undefined), [host]);

  const press = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (timelineKey(host, event.key, cursorIn(cursor.getState(), model.timeline))) event.preventDefault();
  };
  return (
    <div
      className="timeline-canvas"
      ref={root}
      role="application"
      // The canvas has keys of its own.
      tabIndex={0}
      aria-label="Timeline of task runs. Arrow keys walk the rows, Enter opens a row in the inspector."
      onKeyDown={press}
    >
      <canvas ref={canvas} />
      <TimelineOverlay model={model} store={store} />
      <NamesDivider store={store} onResize={resizeNames} />
      <FocusedRowText model={model} rows={rows} store={store} />
    </div>
  );
}

function useGestureHost({ model, rows, store, onSelect, onToggle }: TimelineCanvasProps): GestureHost {
  const { cursor, player } = useApp();
  const latest = useRef({ rows, onSelect, onToggle });
  useLayoutEffect(() => {
    latest.current = { rows, onSelect, onToggle };
  });
  return useMemo(
    () => ({
      store,
      log: model.timeline,
      model: () => model,
      rows: () => latest.current.rows,
      select: (pipeline) => latest.current.onSelect(pipeline),
      toggleOpened: (pipeline) => latest.current.onToggle(pipeline),
      scrub(us) {
        player.pause();
        moveCursor(cursor, model.timeline, us);
      },
    }),
    [store, model, cursor, player],
  );
}

/** As somebody pulled the names; kept over starts. */
function useWantedNames(): [number | null, (px: number | null) => void] {
  const [wanted, setWanted] = useState(() => Number(readKept(window, NAMES_KEY)) || null);
  return [
    wanted,
    (px) => {
      keep(window, NAMES_KEY, px === null ? null : String(px));
      setWanted(px);
    },
  ];
}

/**
 * The viewport follows the size of the element, the chosen row height, the number of rows and the width of their names.
 * Gives the way to make the names as wide as one wants, or null for as they need.
 */
function useFittedViewport(
  root: React.RefObject<HTMLDivElement | null>,
  store: TimelineStore,
  model: TimelineModel,
  rows: RowList,
): (namesPx: number | null) => void {
  const { width, height } = useSize(root);
  const rowHeight = useStore(store, (s) => s.rowHeight);
  const [wanted, setWanted] = useWantedNames();
  const needed = useMemo(() => neededNamesPx(model, rows), [model, rows]);
  useLayoutEffect(() => {
    if (width === 0) return;
    const namesPx = namesWidth(wanted, needed, width);
    const heightPx = Math.max(1, height - AXIS_PX);
    const count = rows.pipeline.length;
    const rowPx = rowPxOf(rowHeight, heightPx, count);
    const { viewport } = store.getState();
    const sized = { ...viewport, widthPx: Math.max(1, width - namesPx), heightPx, rowPx };
    store.setState({ namesPx, viewport: scrollTo(sized, count, (viewport.scrollPx / viewport.rowPx) * rowPx) });
  }, [store, rows, rowHeight, wanted, needed, width, height]);
  return (px) => setWanted(px === null ? null : namesWidth(px, needed, width));
}

function usePainting(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  model: TimelineModel,
  rows: RowList,
  store: TimelineStore,
  selected: number | null,
): void {
  useEffect(() => {
    if (!canvas.current) return;
    const element = canvas.current;
    const colours = readColours(element);
    const time = zonedTime(model.timeline.zone);
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      const { viewport, focusedRow, namesPx } = store.getState();
      if (viewport.widthPx <= 1) return;
      const ticks = timeTicks(viewport.fromUs, viewport.toUs, viewport.widthPx, TICK_GAP_PX, time);
      paint(element, { model, rows, viewport, ticks, colours, selectedPipeline: selected ?? -1, focusedRow, namesPx });
    };
    const schedule = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    draw();
    const stop = store.subscribe((now, before) => {
      if (now.viewport !== before.viewport || now.focusedRow !== before.focusedRow) schedule();
    });
    void document.fonts.ready.then(schedule);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [canvas, model, rows, store, selected]);
}

/** A pipeline that was selected elsewhere comes into sight; later changes of the rows leave the scroll alone. */
function useRevealSelected(model: TimelineModel, rows: RowList, store: TimelineStore, selected: number | null): void {
  const isSized = useStore(store, (s) => s.viewport.heightPx > 1);
  const revealed = useRef<number | null>(null);
  useEffect(() => {
    if (!isSized || revealed.current === selected) return;
    revealed.current = selected;
    const row = selected === null ? -1 : rowOfPipeline(rows, selected);
    if (row < 0) return;
    const { viewport, focusedRow } = store.getState();
    if (rows.pipeline[focusedRow] === selected) return;
    // It was chosen on another screen, or in the palette: show when it ran, too.
    const span = selected === null ? null : spanOfPipeline(model, selected);
    const zoomed = span ? zoomTo(viewport, model.timeline, span) : viewport;
    store.setState({ viewport: centreRow(zoomed, rows.pipeline.length, row), focusedRow: row });
  }, [store, model, rows, selected, isSized]);
}

/** The row of the keyboard in words, for screen readers. */
function FocusedRowText({ model, rows, store }: Pick<TimelineCanvasProps, 'model' | 'rows' | 'store'>) {
  const row = useStore(store, (s) => s.focusedRow);
  const isThere = row >= 0 && row < rows.pipeline.length;
  return (
    <span className="unseen" role="status">
      {isThere ? `Row ${row + 1} of ${rows.pipeline.length}: ${rowLabel(model, rows, row)}` : ''}
    </span>
  );
}
