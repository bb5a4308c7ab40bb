// Zoom and pan as arithmetic: the time under the pointer stays, the window never leaves the log, and rows stay reachable.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  centreRow,
  fitSpan,
  fitWindow,
  panBy,
  revealTime,
  rowAt,
  scrollTo,
  usAt,
  type Viewport,
  xOf,
  zoomAt,
  zoomTo,
} from '../../../src-renderer/timeline/viewport.ts';

const LOG = { fromUs: 1.7e15, toUs: 1.7e15 + 8 * 3.6e9 };
const base: Viewport = { ...LOG, scrollPx: 0, widthPx: 1_000, heightPx: 600, rowPx: 20 };
const start = fitWindow(base, LOG);

/** Any window that zooming and panning can reach. */
const reached = fc
  .array(
    fc.record({
      x: fc.nat(1_000),
      factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
      dx: fc.integer({ min: -900, max: 900 }),
    }),
  )
  .map((moves) => moves.reduce((v, { x, factor, dx }) => panBy(zoomAt(v, LOG, x, factor), LOG, dx), start));

const isInside = (v: Viewport): boolean => {
  const fit = fitSpan(LOG);
  return v.fromUs >= fit.fromUs - 1 && v.toUs <= fit.toUs + 1 && v.toUs - v.fromUs >= 999_999;
};

it('never leaves the log', () => {
  fc.assert(
    fc.property(reached, (v) => {
      expect(isInside(v)).toBe(true);
    }),
  );
});

it('keeps the time under the pointer when it zooms in', () => {
  fc.assert(
    fc.property(reached, fc.nat(1_000), fc.double({ min: 1, max: 3, noNaN: true }), (v, x, factor) => {
      fc.pre((v.toUs - v.fromUs) / factor >= 1_000_000);
      const before = usAt(v, x);
      const after = usAt(zoomAt(v, LOG, x, factor), x);
      expect(Math.abs(after - before)).toBeLessThan((v.toUs - v.fromUs) / 500);
    }),
  );
});

it('turns times into places and back', () => {
  fc.assert(
    fc.property(reached, fc.nat(1_000), (v, x) => {
      expect(xOf(v, usAt(v, x))).toBeCloseTo(x, 2);
    }),
  );
});

it('brings a time and a row into sight', () => {
  fc.assert(
    fc.property(reached, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1_999), (v, share, row) => {
      const us = LOG.fromUs + share * (LOG.toUs - LOG.fromUs);
      const shown = revealTime(v, LOG, us);
      expect(xOf(shown, us)).toBeGreaterThanOrEqual(-1);
      expect(xOf(shown, us)).toBeLessThanOrEqual(1_001);
      const scrolled = centreRow(v, 2_000, row);
      expect(rowAt(scrolled, 2_000, row * v.rowPx - scrolled.scrollPx)).toBe(row);
    }),
  );
});

it('fills most of the window with what it zooms to', () => {
  const part = { fromUs: LOG.fromUs + 3.6e9, toUs: LOG.fromUs + 2 * 3.6e9 };
  const v = zoomTo(start, LOG, part);
  expect(xOf(v, part.toUs) - xOf(v, part.fromUs)).toBeGreaterThan(700);
  expect(isInside(v)).toBe(true);
});

it('scrolls no further than the last row', () => {
  expect(scrollTo(start, 10, 1e9).scrollPx).toBe(0);
  expect(scrollTo(start, 100, 1e9).scrollPx).toBe(100 * 20 - 600);
  expect(rowAt(start, 3, 61)).toBe(-1);
});
