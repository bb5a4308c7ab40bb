// As long as a picture is not worn, the screen has no empty edge.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWorn, marginFor, placeOf } from '../../../../src-renderer/graph/view/overscan.ts';

const coordinate = fc.integer({ min: -2_000, max: 2_000 });
const views = fc.record({ x: coordinate, y: coordinate, scale: fc.double({ min: 0.05, max: 2, noNaN: true }) });
const screens = fc.record({ width: fc.integer({ min: 300, max: 2560 }), height: fc.integer({ min: 300, max: 1440 }) });

test('a picture that is not worn covers the screen', () => {
  fc.assert(
    fc.property(
      views,
      screens,
      coordinate,
      coordinate,
      fc.double({ min: 0.8, max: 1.3, noNaN: true }),
      (was, screen, dx, dy, factor) => {
        const painting = { view: was, screen, margin: marginFor(screen, 1) };
        const view = { x: was.x * factor + dx, y: was.y * factor + dy, scale: was.scale * factor };
        fc.pre(!isWorn(painting, view, screen));
        const { x, y, width, height } = placeOf(painting, view);
        expect(x <= 0 && y <= 0 && x + width >= screen.width && y + height >= screen.height).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

test('a picture is fresh where it was painted', () => {
  fc.assert(
    fc.property(views, screens, (view, screen) => {
      expect(isWorn({ view, screen, margin: marginFor(screen, 1) }, view, screen)).toBe(false);
    }),
  );
});

test('a larger screen on a sharp display gets a smaller margin, and pictures stay within memory', () => {
  const screen = { width: 2560, height: 1440 };
  const margin = marginFor(screen, 2);
  expect(margin).toBeLessThan(marginFor(screen, 1));
  expect((screen.width + 2 * margin) * (screen.height + 2 * margin) * 4).toBeLessThanOrEqual(17_000_000);
});
