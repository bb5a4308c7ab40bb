// Rows in their orders, and rows as rectangles: thin bars merge by pixel as the worst of them.

import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../shared/model/event.ts';
import { timelineModel } from '../../../src-renderer/timeline/model.ts';
import { rowRects, type Style } from '../../../src-renderer/timeline/rects.ts';
import {
  barsOfRow,
  rowLabel,
  rowList,
  rowOfPipeline,
  spanOfPipeline,
} from '../../../src-renderer/timeline/row-list.ts';
import { lastStarted } from '../../../src-renderer/timeline/use-follow-cursor.ts';
import type { Viewport } from '../../../src-renderer/timeline/viewport.ts';
import { namesOf, type RunInput, timelineOf } from './sample-timeline.ts';

const RUNS: readonly RunInput[] = [
  { pipeline: 2, ready: 300, start: 310, end: 400 },
  { pipeline: 0, ready: 100, start: 190, end: 200 },
  { pipeline: 1, ready: 200, start: 201, end: 220 },
  { pipeline: 0, ready: 200, start: 201, end: 260 },
  { pipeline: 3 },
];
const model = timelineModel(timelineOf(RUNS), namesOf(5), []);
const names = (rows: ReturnType<typeof rowList>): string[] =>
  Array.from(rows.pipeline, (_, row) => rowLabel(model, rows, row));

describe('rowList', () => {
  it('orders pipelines and leaves out those without a bar', () => {
    expect(names(rowList(model, 'start', new Set(), null))).toEqual(['p0', 'p1', 'p2']);
    expect(names(rowList(model, 'name', new Set(), null))).toEqual(['p0', 'p1', 'p2']);
    expect(names(rowList(model, 'wait', new Set(), null))).toEqual(['p0', 'p2', 'p1']);
  });
  it('shows the tasks of an opened pipeline by their begin', () => {
    expect(names(rowList(model, 'start', new Set([0]), null))).toEqual(['p0', 't1', 't3', 'p1', 'p2']);
  });
  it('shows only what it is told to', () => {
    const rows = rowList(model, 'start', new Set(), new Set([2, 3]));
    expect(names(rows)).toEqual(['p2']);
    expect([rowOfPipeline(rows, 2), rowOfPipeline(rows, 0)]).toEqual([0, -1]);
  });
  it('knows when a pipeline ran, and which row started last', () => {
    const rows = rowList(model, 'start', new Set(), null);
    expect(spanOfPipeline(model, 0)).toEqual({ fromUs: 100, toUs: 260 });
    expect(spanOfPipeline(model, 3)).toBeNull();
    expect([50, 100, 250, 999].map((us) => lastStarted(model, rows, us))).toEqual([0, 0, 1, 2]);
  });
});

type Rect = readonly [Style, number, number, number, number];

function rectsOf(runs: readonly RunInput[], view: Partial<Viewport> = {}): Rect[] {
  const made = timelineModel(timelineOf(runs), namesOf(1), []);
  const rows = rowList(made, 'start', new Set(), null);
  const viewport: Viewport = { fromUs: 0, toUs: 1_000, widthPx: 100, heightPx: 20, scrollPx: 0, rowPx: 20, ...view };
  const out: Rect[] = [];
  const place = { ...barsOfRow(made, rows, 0), y: 0, height: 10 };
  const sink = (style: Style, x: number, y: number, w: number, h: number): void => void out.push([style, x, y, w, h]);
  rowRects(made.bars, made.timeline.times.publishedUs, place, viewport, sink);
  return out;
}

describe('rowRects', () => {
  it('draws waiting apart from running, and landing up to the publish', () => {
    const rects = rectsOf([{ pipeline: 0, ready: 100, start: 200, end: 400, finalized: 440, published: 480 }]);
    expect(rects.map(([style, x, , width]) => [style, x, width])).toEqual([
      ['wait', 10, 10],
      ['run', 20, 20],
      ['landing', 40, 8],
      ['publish', 47, 2],
    ]);
  });

  it('draws the attempts of a run apart, and waiting only after one that failed', () => {
    const again = (outcome: number): RunInput => ({
      pipeline: 0,
      ready: 90,
      start: 100,
      end: 900,
      attempts: [
        [1, 100, 200, outcome],
        [2, 700, 900],
      ],
    });
    const drawn = (outcome: number) => rectsOf([again(outcome)]).map(([style, x, , width]) => [style, x, width]);
    expect(drawn(Outcome.success)).toEqual([
      ['wait', 9, 1],
      ['run', 10, 10],
      ['run', 70, 20],
    ]);
    expect(drawn(Outcome.failed)).toEqual([
      ['wait', 9, 1],
      ['late', 10, 10],
      ['wait', 20, 50],
      ['run', 70, 20],
    ]);
  });

  it('merges thin bars of a pixel as the worst of them', () => {
    const thin = { pipeline: 0, ready: 100, start: 101, end: 104 };
    const bad = { ...thin, ready: 102, outcome: Outcome.failed };
    const rects = rectsOf([thin, bad, { ...thin, ready: 103 }, { ...thin, ready: 250, start: 251, end: 252 }]);
    expect(rects.map(([style, x]) => [style, x])).toEqual([
      ['late', 10],
      ['run', 25],
    ]);
  });

  it('clips what lies outside of the window', () => {
    const rects = rectsOf([{ pipeline: 0, ready: 0, start: 0, end: 900 }], { fromUs: 400, toUs: 500 });
    expect(rects).toHaveLength(1);
    const [, x, , width] = rects[0];
    expect([x, x + width]).toEqual([-2, 102]);
  });
});
