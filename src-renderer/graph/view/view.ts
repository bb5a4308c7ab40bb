// Where the screen looks: screen = world * scale + (x, y), in CSS pixels. Pure functions from view to view.

export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Extent {
  readonly x: number;
  readonly y: number;
}

export const SCALE_MAX = 2;
/** Zooming out stops where the whole covers this share of the screen. */
const WHOLE_SHARE_MIN = 0.4;
/** This much of the whole stays in view, in pixels. */
const KEPT = 80;

export const panned = (view: View, dx: number, dy: number): View => ({ ...view, x: view.x + dx, y: view.y + dy });

/** Zooms by a factor so that the world point under (px, py) stays there. */
export function zoomedAt(view: View, factor: number, px: number, py: number): View {
  return {
    scale: view.scale * factor,
    x: px - (px - view.x) * factor,
    y: py - (py - view.y) * factor,
  };
}

export const toWorld = (view: View, px: number, py: number): { x: number; y: number } => ({
  x: (px - view.x) / view.scale,
  y: (py - view.y) / view.scale,
});

/** The part of the world on a screen of this size, `margin` pixels wider on every side. */
export function worldRect(view: View, screen: Extent, margin = 0): Rect {
  return {
    x: (-margin - view.x) / view.scale,
    y: (-margin - view.y) / view.scale,
    width: (screen.width + 2 * margin) / view.scale,
    height: (screen.height + 2 * margin) / view.scale,
  };
}

export const screenRect = (view: View, rect: Rect): Rect => ({
  x: rect.x * view.scale + view.x,
  y: rect.y * view.scale + view.y,
  width: rect.width * view.scale,
  height: rect.height * view.scale,
});

/** The whole rectangle centred inside the screen less its insets, at most at `scaleMax`. */
export function fitted(rect: Rect, screen: Extent, insets: Insets, scaleMax = 1): View {
  const width = Math.max(1, screen.width - insets.left - insets.right);
  const height = Math.max(1, screen.height - insets.top - insets.bottom);
  const scale = Math.min(scaleMax, width / Math.max(1, rect.width), height / Math.max(1, rect.height));
  return {
    scale,
    x: insets.left + (width - rect.width * scale) / 2 - rect.x * scale,
    y: insets.top + (height - rect.height * scale) / 2 - rect.y * scale,
  };
}

export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The nearest view within the limits of scale in which a part of the whole can still be seen. */
export function limited(view: View, whole: Extent, screen: Extent): View {
  const fit = Math.min(screen.width / Math.max(1, whole.width), screen.height / Math.max(1, whole.height));
  const scaleMin = Math.min(1, fit * WHOLE_SHARE_MIN);
  const scale = Math.min(SCALE_MAX, Math.max(scaleMin, view.scale));
  const scaled = scale === view.scale ? view : zoomedAt(view, scale / view.scale, screen.width / 2, screen.height / 2);
  return {
    scale,
    x: clamp(scaled.x, KEPT - whole.width * scale, screen.width - KEPT),
    y: clamp(scaled.y, KEPT - whole.height * scale, screen.height - KEPT),
  };
}

/** The smallest move that brings a rectangle into the screen less its insets. */
export function revealed(view: View, rect: Rect, screen: Extent, insets: Insets): View {
  const box = screenRect(view, rect);
  return panned(
    view,
    nudge(box.x, box.x + box.width, insets.left, screen.width - insets.right),
    nudge(box.y, box.y + box.height, insets.top, screen.height - insets.bottom),
  );
}

function nudge(from: number, to: number, low: number, high: number): number {
  if (from < low || to - from > high - low) return low - from;
  return to > high ? high - to : 0;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
