// What moves over the painted rows without repainting them: the time cursor, the veil over what has not happened yet,
// the first mark and the marked area.

import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { cursorIn } from '../state/cursor.ts';
import { useApp } from '../state/use-app.ts';
import { HoverCard } from './hover-card.tsx';
import { AXIS_PX } from './paint.ts';
import type { TimelineModel } from './row-list.ts';
import type { TimelineStore } from './timeline-store.ts';
import { clamp, xOf } from './viewport.ts';

interface OverlayProps {
  readonly model: TimelineModel;
  readonly store: TimelineStore;
}

export function TimelineOverlay({ model, store }: OverlayProps) {
  const namesPx = useStore(store, (s) => s.namesPx);
  return (
    <div className="timeline-overlay" style={{ left: namesPx, top: 0 }}>
      <Cursor model={model} store={store} />
      <Marked store={store} />
      <HoverCard model={model} store={store} />
    </div>
  );
}

function Cursor({ model, store }: OverlayProps) {
  const { cursor } = useApp();
  const line = useRef<HTMLDivElement>(null);
  const veil = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (): void => {
      const { viewport } = store.getState();
      const x = xOf(viewport, cursorIn(cursor.getState(), model.timeline));
      if (!line.current || !veil.current) return;
      line.current.style.transform = `translateX(${clamp(x, -9, viewport.widthPx + 9)}px)`;
      line.current.style.visibility = x < -1 || x > viewport.widthPx + 1 ? 'hidden' : 'visible';
      veil.current.style.transform = `translateX(${clamp(x, 0, viewport.widthPx)}px)`;
    };
    place();
    const stops = [store.subscribe(place), cursor.subscribe(place)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [cursor, model, store]);
  return (
    <>
      <div className="timeline-veil" ref={veil} style={{ top: AXIS_PX }} />
      <div className="timeline-cursor" ref={line} />
    </>
  );
}

function Marked({ store }: { store: TimelineStore }) {
  const { viewport: v, area, markUs } = useStore(store);
  if (markUs !== null) {
    return <div className="timeline-mark" style={{ transform: `translateX(${xOf(v, markUs)}px)` }} />;
  }
  if (!area) return null;
  const left = clamp(xOf(v, area.fromUs), 0, v.widthPx);
  const right = clamp(xOf(v, area.toUs), 0, v.widthPx);
  const top = clamp(area.firstRow * v.rowPx - v.scrollPx, 0, v.heightPx);
  const bottom = clamp((area.lastRow + 1) * v.rowPx - v.scrollPx, 0, v.heightPx);
  if (right <= left || bottom <= top) return null;
  return (
    <div
      className="timeline-area"
      style={{ left, top: AXIS_PX + top, width: Math.max(2, right - left), height: bottom - top }}
    />
  );
}
