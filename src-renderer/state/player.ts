// Plays time: moves the cursor by the speed at every frame while playing, and stops at the end. The clock is passed
// in, so that a test can be the clock.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Cursor, cursorIn, moveCursor, type TimeSpan } from './cursor.ts';

/** Log seconds a second. */
export const SPEEDS = [10, 60, 300, 900, 3600] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Playback {
  readonly playing: boolean;
  readonly speed: Speed;
}

export interface Frames {
  request(callback: (nowMs: number) => void): number;
  cancel(id: number): void;
}

export interface Player {
  readonly store: StoreApi<Playback>;
  /** The span that is played; null while no log is there. */
  setSpan(span: TimeSpan | null): void;
  toggle(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
}

/** A frame that took longer (a hidden tab) moves the cursor no further than this. */
const FRAME_MS_MAX = 100;

export function createPlayer(cursor: StoreApi<Cursor>, frames: Frames): Player {
  const store = createStore<Playback>(() => ({ playing: false, speed: 300 }));
  let span: TimeSpan | null = null;
  let frame = 0;
  let lastMs = Number.NaN;

  const pause = (): void => {
    frames.cancel(frame);
    store.setState({ playing: false });
  };
  const step = (nowMs: number): void => {
    if (!span || !store.getState().playing) return;
    const elapsedMs = Number.isNaN(lastMs) ? 0 : Math.min(FRAME_MS_MAX, nowMs - lastMs);
    lastMs = nowMs;
    const nextUs = cursorIn(cursor.getState(), span) + elapsedMs * 1_000 * store.getState().speed;
    moveCursor(cursor, span, nextUs);
    if (nextUs >= span.toUs) pause();
    else frame = frames.request(step);
  };
  const play = (): void => {
    if (!span) return;
    if (cursorIn(cursor.getState(), span) >= span.toUs) moveCursor(cursor, span, span.fromUs);
    lastMs = Number.NaN;
    store.setState({ playing: true });
    frame = frames.request(step);
  };
  return {
    store,
    setSpan(next) {
      span = next;
      if (!next) pause();
    },
    toggle: () => (store.getState().playing ? pause() : play()),
    pause,
    setSpeed: (speed) => store.setState({ speed }),
  };
}

export const browserFrames: Frames = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (id) => cancelAnimationFrame(id),
};
