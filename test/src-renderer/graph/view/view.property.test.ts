// The camera's arithmetic: what is under the pointer stays there, what is fitted is seen, limits hold and hold again.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fitted,
  limited,
  revealed,
  screenRect,
  toWorld,
  type View,
  worldRect,
  zoomedAt,
} from '../../../../src-renderer/graph/view/view.ts';

const coordinate = fc.double({ min: -5_000, max: 5_000, noNaN: true });
const length = fc.double({ min: 1, max: 20_000, noNaN: true });
const views: fc.Arbitrary<View> = fc.record({
  x: coordinate,
  y: coordinate,
  scale: fc.double({ min: 0.01, max: 2, noNaN: true }),
});
const extents = fc.record({ width: fc.integer({ min: 200, max: 3000 }), height: fc.integer({ min: 200, max: 2000 }) });
const rects = fc.record({ x: coordinate, y: coordinate, width: length, height: length });
const INSETS = { left: 10, right: 20, top: 30, bottom: 40 };
const NEAR = 1e-6;

test('zooming keeps the world point under the pointer', () => {
  fc.assert(
    fc.property(views, fc.double({ min: 0.2, max: 5, noNaN: true }), coordinate, coordinate, (view, factor, px, py) => {
      const before = toWorld(view, px, py);
      const after = toWorld(zoomedAt(view, factor, px, py), px, py);
      expect(Math.abs(after.x - before.x) + Math.abs(after.y - before.y)).toBeLessThan(1e-5 / view.scale);
    }),
  );
});

test('what is fitted lies inside the insets', () => {
  fc.assert(
    fc.property(rects, extents, (rect, screen) => {
      const box = screenRect(fitted(rect, screen, INSETS), rect);
      expect(box.x).toBeGreaterThanOrEqual(INSETS.left - NEAR);
      expect(box.y).toBeGreaterThanOrEqual(INSETS.top - NEAR);
      expect(box.x + box.width).toBeLessThanOrEqual(screen.width - INSETS.right + NEAR);
      expect(box.y + box.height).toBeLessThanOrEqual(screen.height - INSETS.bottom + NEAR);
    }),
  );
});

test('a limited view stays as it is, and the whole can never be lost', () => {
  fc.assert(
    fc.property(views, rects, extents, (view, whole, screen) => {
      const once = limited(view, whole, screen);
      expect(limited(once, whole, screen)).toEqual(once);
      const box = screenRect(once, { x: 0, y: 0, width: whole.width, height: whole.height });
      expect(box.x < screen.width && box.y < screen.height && box.x + box.width > 0 && box.y + box.height > 0).toBe(
        true,
      );
    }),
  );
});

test('what is revealed is seen, and what is seen is not moved', () => {
  const small = fc.record({ x: coordinate, y: coordinate, width: fc.constant(20), height: fc.constant(10) });
  fc.assert(
    fc.property(views, small, extents, (view, rect, screen) => {
      const shown = revealed(view, rect, screen, INSETS);
      const box = screenRect(shown, rect);
      expect(box.x >= INSETS.left - NEAR && box.y >= INSETS.top - NEAR).toBe(true);
      expect(box.x + box.width <= screen.width - INSETS.right + NEAR).toBe(true);
      const again = revealed(shown, rect, screen, INSETS);
      expect(Math.abs(again.x - shown.x) + Math.abs(again.y - shown.y)).toBeLessThan(NEAR);
    }),
  );
});

test('the world rectangle is what the screen shows', () => {
  fc.assert(
    fc.property(views, extents, (view, screen) => {
      const box = screenRect(view, worldRect(view, screen));
      expect(Math.abs(box.x) + Math.abs(box.y)).toBeLessThan(NEAR);
      expect(Math.abs(box.width - screen.width)).toBeLessThan(NEAR);
    }),
  );
});
