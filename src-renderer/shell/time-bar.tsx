// The time bar under every screen: how busy the night was, its deadlines, and the cursor that is dragged, stepped and
// played. The track is a slider to keyboards and screen readers. Cursor moves never render React.

import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { DeadlineRow } from '../../shared/analysis/attainment.ts';
import type { LogView, TimelineView } from '../../shared/api/views.ts';
import { MS_PER_MINUTE } from '../../shared/base/time.ts';
import { cursorIn, moveCursor, type TimeSpan } from '../state/cursor.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { inNextTask } from '../widgets/next-task.ts';
import { timeTicks } from '../widgets/time-ticks.ts';
import { useSize } from '../widgets/use-size.ts';
import { zonedTime } from '../widgets/zoned-time.ts';
import { type Activity, activityOf } from './activity.ts';
import { PlayControls } from './play-controls.tsx';
import { paintTimeBar } from './time-bar-paint.ts';

const SLICE_PX = 4;
const NO_DEADLINES: readonly DeadlineRow[] = [];

export function TimeBar({ log }: { log: LogView | null }) {
  const timeline = useResource('log.timeline', log ? { log: log.name } : null);
  const sla = useResource('log.sla', log ? { log: log.name } : null);
  const view = timeline.status === 'ready' ? timeline.value : null;
  // The track reads its colours when it is made: another theme makes it anew.
  const theme = useStore(useApp().theme, (s) => s.theme);
  const isTimed = view !== null && view.toUs > view.fromUs;
  return (
    <section className="time-bar" aria-label="Time">
      <PlayControls span={isTimed ? view : null} zone={log?.zone ?? 'UTC'} />
      {isTimed ? (
        <Track
          key={theme}
          timeline={view}
          deadlines={sla.status === 'ready' ? sla.value.deadlines.rows : NO_DEADLINES}
        />
      ) : (
        <span className="dim">{log && view ? untimedText(view) : ''}</span>
      )}
    </section>
  );
}

/** Why there is nothing to scrub. */
const untimedText = ({ fromUs }: TimelineView): string =>
  Number.isFinite(fromUs) ? 'All that this log tells happened at one moment.' : 'No event of this log has a time.';

function Track({ timeline, deadlines }: { timeline: TimelineView; deadlines: readonly DeadlineRow[] }) {
  const track = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(track);
  const counted = useActivity(timeline, width);
  useEffect(() => {
    // Under the ticks of another log it would show what did not happen then: the last picture stays until it is counted.
    if (!canvas.current || counted?.of !== timeline) return;
    const { activity } = counted;
    const { fromUs, toUs, zone } = timeline;
    const time = zonedTime(zone);
    const ticks = timeTicks(fromUs, toUs, width, 72, time);
    const size = { widthPx: width, heightPx: height };
    paintTimeBar(canvas.current, { ...size, activity, ticks, deadlines, fromUs, toUs, time });
  }, [timeline, counted, deadlines, width, height]);

  const scrub = useScrub(track, timeline);
  return (
    <div className="time-track" ref={track} {...scrub}>
      <canvas ref={canvas} />
      <CursorLine span={timeline} zone={timeline.zone} width={width} />
    </div>
  );
}

interface Counted {
  readonly of: TimelineView;
  readonly activity: Activity;
}

/** null at first; then the last one until that of this timeline and width is counted, which is a task of its own. */
function useActivity(timeline: TimelineView, width: number): Counted | null {
  const [counted, setCounted] = useState<Counted | null>(null);
  useEffect(() => {
    if (width === 0) return;
    const slices = Math.max(1, Math.floor(width / SLICE_PX));
    return inNextTask(() => setCounted({ of: timeline, activity: activityOf(timeline, slices) }));
  }, [timeline, width]);
  return counted;
}

/** Dragging anywhere on the track moves the cursor there. */
function useScrub(track: React.RefObject<HTMLDivElement | null>, span: TimeSpan) {
  const { cursor, player } = useApp();
  const moveTo = (event: React.PointerEvent): void => {
    const box = track.current?.getBoundingClientRect();
    if (!box) return;
    const share = (event.clientX - box.left) / box.width;
    moveCursor(cursor, span, span.fromUs + share * (span.toUs - span.fromUs));
  };
  return {
    onPointerDown: (event: React.PointerEvent): void => {
      if (event.button !== 0) return;
      player.pause();
      event.currentTarget.setPointerCapture(event.pointerId);
      moveTo(event);
    },
    onPointerMove: (event: React.PointerEvent): void => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event);
    },
  };
}

function CursorLine({ span, zone, width }: { span: TimeSpan; zone: string; width: number }) {
  const { cursor } = useApp();
  const line = useRef<HTMLDivElement>(null);
  const veil = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const time = zonedTime(zone);
    const place = (): void => {
      const us = cursorIn(cursor.getState(), span);
      const x = ((us - span.fromUs) / (span.toUs - span.fromUs)) * width;
      if (!line.current || !veil.current) return;
      line.current.style.transform = `translateX(${x}px)`;
      line.current.setAttribute('aria-valuenow', String(Math.round((us - span.fromUs) / 1e6)));
      line.current.setAttribute('aria-valuetext', `${time.full(us)} ${time.zone}`);
      veil.current.style.transform = `translateX(${x}px)`;
    };
    place();
    return cursor.subscribe(place);
  }, [cursor, span, zone, width]);

  const step = (event: React.KeyboardEvent): void => {
    const us = cursorIn(cursor.getState(), span);
    const target = keyTarget(event.key, us, span);
    if (target === null) return;
    event.preventDefault();
    moveCursor(cursor, span, target);
  };
  return (
    <>
      <div className="time-veils">
        <div className="time-veil" ref={veil} />
      </div>
      <div
        className="time-cursor"
        ref={line}
        role="slider"
        tabIndex={0}
        aria-label="Time cursor"
        aria-valuemin={0}
        aria-valuemax={Math.round((span.toUs - span.fromUs) / 1e6)}
        aria-valuenow={0}
        onKeyDown={step}
      />
    </>
  );
}

const MINUTE_US = MS_PER_MINUTE * 1_000;

/** Arrow keys move a minute, Page keys ten, Home and End to the ends. */
function keyTarget(key: string, us: number, span: TimeSpan): number | null {
  if (key === 'Home') return span.fromUs;
  if (key === 'End') return span.toUs;
  const minutes = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[key];
  return minutes === undefined ? null : us + minutes * MINUTE_US;
}
