// Wheel and pointer into moves of the camera: the wheel pans, with Ctrl or Cmd (and a pinch on a trackpad) it zooms,
// dragging pans. A press without a drag is a press on what lies there.

import type { Camera } from './camera.ts';

export interface Presses {
  onPress(px: number, py: number): void;
  onDoublePress(px: number, py: number): void;
  /** Null when the pointer left or drags. */
  onHover(at: { readonly px: number; readonly py: number } | null): void;
}

const DRAG_FROM_PX = 4;
const LINE_PX = 16;
const PAGE_PX = 400;
/** Zoom by a wheel notch (100) is about 1.2. */
const ZOOM_PER_PX = 0.0018;
/** A pinch arrives as small wheel steps. */
const PINCH_PER_PX = 0.01;
const PINCH_BELOW_PX = 40;

/** Listens on the surface; returns the way to stop. */
export function listenForGestures(surface: HTMLElement, camera: Camera, presses: Presses): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  surface.addEventListener('wheel', (event) => wheel(event, surface, camera), { passive: false, signal });
  listenForDrags(surface, camera, presses, signal);
  surface.addEventListener(
    'dblclick',
    (event) => {
      const { px, py } = placeOn(surface, event);
      presses.onDoublePress(px, py);
    },
    { signal },
  );
  surface.addEventListener('pointerleave', () => presses.onHover(null), { signal });
  return () => stop.abort();
}

function wheel(event: WheelEvent, surface: HTMLElement, camera: Camera): void {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? PAGE_PX : 1;
  const dx = event.deltaX * unit;
  const dy = event.deltaY * unit;
  if (event.ctrlKey || event.metaKey) {
    const { px, py } = placeOn(surface, event);
    const rate = Math.abs(dy) < PINCH_BELOW_PX ? PINCH_PER_PX : ZOOM_PER_PX;
    camera.zoom(Math.exp(-dy * rate), px, py);
  } else if (event.shiftKey && dx === 0) camera.pan(-dy, 0);
  else camera.pan(-dx, -dy);
}

function listenForDrags(surface: HTMLElement, camera: Camera, presses: Presses, signal: AbortSignal): void {
  let held: { id: number; x: number; y: number; isDrag: boolean } | null = null;
  surface.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button > 1) return;
      held = { id: event.pointerId, x: event.clientX, y: event.clientY, isDrag: false };
    },
    { signal },
  );
  surface.addEventListener(
    'pointermove',
    (event) => {
      if (held?.id !== event.pointerId) {
        // A button on the surface is not what lies under it.
        const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
        return presses.onHover(isOnButton ? null : placeOn(surface, event));
      }
      const dx = event.clientX - held.x;
      const dy = event.clientY - held.y;
      if (!held.isDrag) {
        if (Math.hypot(dx, dy) < DRAG_FROM_PX) return;
        held.isDrag = true;
        surface.setPointerCapture(event.pointerId);
        surface.classList.add('dragging');
        presses.onHover(null);
      }
      camera.pan(dx, dy);
      held.x = event.clientX;
      held.y = event.clientY;
    },
    { signal },
  );
  const release = (event: PointerEvent): void => {
    if (held?.id !== event.pointerId) return;
    const { isDrag } = held;
    held = null;
    surface.classList.remove('dragging');
    if (isDrag || event.type === 'pointercancel' || event.button !== 0) return;
    const { px, py } = placeOn(surface, event);
    presses.onPress(px, py);
  };
  surface.addEventListener('pointerup', release, { signal });
  surface.addEventListener('pointercancel', release, { signal });
}

function placeOn(surface: HTMLElement, event: MouseEvent): { px: number; py: number } {
  const box = surface.getBoundingClientRect();
  return { px: event.clientX - box.left, py: event.clientY - box.top };
}
