// Packed boxes keep their distance, stay in the strip, and waste little when they are alike.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packBoxes } from '../../../../src-renderer/graph/layout/pack.ts';

const sizes = fc.array(fc.record({ width: fc.integer({ min: 1, max: 80 }), height: fc.integer({ min: 1, max: 60 }) }), {
  minLength: 1,
  maxLength: 40,
});
const GAP = 5;

test('boxes keep the gap and stay in the strip', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 20, max: 300 }), (boxes, strip) => {
      const packed = packBoxes(boxes, strip, GAP);
      const near = boxes.flatMap((a, i) =>
        boxes.slice(i + 1).filter((b, j) => {
          const k = i + 1 + j;
          const apartX = packed.x[i] + a.width + GAP <= packed.x[k] || packed.x[k] + b.width + GAP <= packed.x[i];
          const apartY = packed.y[i] + a.height + GAP <= packed.y[k] || packed.y[k] + b.height + GAP <= packed.y[i];
          return !apartX && !apartY;
        }),
      );
      expect(near).toEqual([]);
      expect(packed.width).toBeLessThanOrEqual(Math.max(strip, ...boxes.map((box) => box.width)));
      expect(packed.height).toBe(Math.max(...boxes.map((box, i) => packed.y[i] + box.height)));
    }),
  );
});

test('equal boxes make a full grid', () => {
  const packed = packBoxes(
    Array.from({ length: 9 }, () => ({ width: 10, height: 10 })),
    40,
    GAP,
  );
  expect([packed.width, packed.height]).toEqual([40, 40]);
});
