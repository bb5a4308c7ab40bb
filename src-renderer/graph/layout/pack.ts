// Packs boxes into a strip of a given width, each as high as it fits under the skyline, leftmost first.

import type { Size } from './types.ts';

export interface Packed extends Size {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Step {
  x: number;
  y: number;
  width: number;
}

/** Places boxes in the given order with `gap` between them. A box wider than the strip widens it. */
export function packBoxes(boxes: readonly Size[], stripWidth: number, gap: number): Packed {
  const x = new Float64Array(boxes.length);
  const y = new Float64Array(boxes.length);
  let limit = stripWidth;
  for (const box of boxes) limit = Math.max(limit, box.width);
  let skyline: Step[] = [{ x: 0, y: 0, width: limit + gap }];
  let width = 0;
  let height = 0;
  boxes.forEach((box, i) => {
    const at = lowestPlace(skyline, box.width + gap);
    x[i] = skyline[at.step].x;
    y[i] = at.y;
    skyline = raise(skyline, x[i], box.width + gap, at.y + box.height + gap);
    width = Math.max(width, x[i] + box.width);
    height = Math.max(height, at.y + box.height);
  });
  return { x, y, width, height };
}

function lowestPlace(skyline: readonly Step[], width: number): { step: number; y: number } {
  let best = { step: 0, y: Number.POSITIVE_INFINITY };
  for (let step = 0; step < skyline.length; step++) {
    const y = heightOver(skyline, step, width, best.y);
    if (y < best.y) best = { step, y };
  }
  return best;
}

/** The height a box of this width would stand on at a step; Infinity where it does not fit or is no better. */
function heightOver(skyline: readonly Step[], step: number, width: number, known: number): number {
  let y = 0;
  let left = width;
  for (let i = step; left > 0; i++) {
    if (i === skyline.length) return Number.POSITIVE_INFINITY;
    y = Math.max(y, skyline[i].y);
    if (y >= known) return Number.POSITIVE_INFINITY;
    left -= skyline[i].width;
  }
  return y;
}

function raise(skyline: readonly Step[], x: number, width: number, y: number): Step[] {
  const end = x + width;
  const next: Step[] = [];
  const add = (step: Step): void => {
    const last = next.at(-1);
    if (last !== undefined && last.y === step.y) last.width += step.width;
    else next.push(step);
  };
  for (const step of skyline) {
    const stepEnd = step.x + step.width;
    if (step.x < x) add({ x: step.x, y: step.y, width: Math.min(stepEnd, x) - step.x });
    if (step.x <= x && x < stepEnd) add({ x, y, width });
    if (stepEnd > end) {
      const from = Math.max(step.x, end);
      add({ x: from, y: step.y, width: stepEnd - from });
    }
  }
  return next;
}
