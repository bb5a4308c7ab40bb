// When the overview must be painted again. It is painted larger than the screen; a gesture only moves and scales what
// is there, until the margin runs short or the scale has gone too far.

import { type Extent, screenRect, type View } from './view.ts';

/** Share of the screen painted beyond each side. */
const MARGIN_SHARE = 0.25;
/** Above this many pixels the margin shrinks, so that one picture stays near 64 MB. */
const PIXELS_MAX = 16_000_000;
/** Painting starts when less than this share of the margin is left. */
const SHORT_SHARE = 0.4;
const SCALE_LOW = 0.85;
const SCALE_HIGH = 1.25;

/** What a picture shows: painted for `view`, reaching `margin` pixels beyond the screen. */
export interface Painting {
  readonly view: View;
  readonly screen: Extent;
  readonly margin: number;
}

export function marginFor(screen: Extent, pixelRatio: number): number {
  const wanted = Math.round(Math.max(screen.width, screen.height) * MARGIN_SHARE);
  const pixels = (margin: number): number =>
    (screen.width + 2 * margin) * (screen.height + 2 * margin) * pixelRatio * pixelRatio;
  let margin = wanted;
  while (margin > 32 && pixels(margin) > PIXELS_MAX) margin = Math.floor(margin * 0.8);
  return margin;
}

/** Whether the picture no longer serves a view: too little of it is left, or it is too coarse or too fine. */
export function isWorn(painting: Painting, view: View, screen: Extent): boolean {
  const ratio = view.scale / painting.view.scale;
  if (ratio < SCALE_LOW || ratio > SCALE_HIGH) return true;
  const { x, y, width, height } = placeOf(painting, view);
  const spare = painting.margin * (1 - SHORT_SHARE);
  return (
    x > spare - painting.margin ||
    y > spare - painting.margin ||
    x + width < screen.width + painting.margin - spare ||
    y + height < screen.height + painting.margin - spare
  );
}

/** Where on the screen of `view` the picture lies. */
export function placeOf({ view: was, screen, margin }: Painting, view: View): { x: number; y: number } & Extent {
  return screenRect(view, {
    x: (-margin - was.x) / was.scale,
    y: (-margin - was.y) / was.scale,
    width: (screen.width + 2 * margin) / was.scale,
    height: (screen.height + 2 * margin) / was.scale,
  });
}
