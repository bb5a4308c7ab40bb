// The bars of a window found by binary search are those that a look at every bar finds, whatever overlaps; and so are
// the statistics of an area and the pixels of the overview.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areaStatistics } from '../../../src-renderer/timeline/area.ts';
import { forEachBar } from '../../../src-renderer/timeline/bar-index.ts';
import { timelineModel } from '../../../src-renderer/timeline/model.ts';
import { rasterRows } from '../../../src-renderer/timeline/overview.ts';
import { rowList } from '../../../src-renderer/timeline/row-list.ts';
import { type Viewport, xOf } from '../../../src-renderer/timeline/viewport.ts';
import { namesOf, type RunInput, timelineOf } from './sample-timeline.ts';

const PIPELINES = 5;

/** Runs with any of their times missing. */
const run: fc.Arbitrary<RunInput> = fc
  .record({
    pipeline: fc.nat(PIPELINES - 1),
    ready: fc.nat(900),
    wait: fc.nat(40),
    length: fc.nat(200),
    has: fc.record({ ready: fc.boolean(), start: fc.boolean(), end: fc.boolean() }),
  })
  .map(({ pipeline, ready, wait, length, has }) => ({
    pipeline,
    ...(has.ready ? { ready } : {}),
    ...(has.start ? { start: ready + wait } : {}),
    ...(has.end ? { end: ready + wait + length } : {}),
  }));
const runs = fc.array(run, { minLength: 1, maxLength: 60 });
const window = fc.tuple(fc.nat(1_000), fc.nat(1_000)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

const modelOf = (input: readonly RunInput[]) => timelineModel(timelineOf(input), namesOf(PIPELINES), []);

it('finds every bar of a window, in order of begin', () => {
  fc.assert(
    fc.property(runs, window, fc.nat(PIPELINES - 1), (input, [from, to], pipeline) => {
      const { bars, byPipeline } = modelOf(input);
      const found: number[] = [];
      forEachBar(bars, byPipeline, pipeline, from, to, (bar) => found.push(bar));
      const wanted = input
        .map((each, bar) => ({ each, bar }))
        .filter(({ each, bar }) => each.pipeline === pipeline && bars.beginUs[bar] <= to && bars.closeUs[bar] >= from)
        .map(({ bar }) => bar)
        .sort((a, b) => bars.beginUs[a] - bars.beginUs[b] || a - b);
      expect(found).toEqual(wanted);
    }),
  );
});

it('counts each task run of an area once, opened or not', () => {
  fc.assert(
    fc.property(runs, window, fc.uniqueArray(fc.nat(PIPELINES - 1)), (input, [fromUs, toUs], opened) => {
      const model = modelOf(input);
      const rows = rowList(model, 'name', new Set(opened), null);
      const area = { fromUs, toUs, firstRow: 0, lastRow: rows.pipeline.length - 1 };
      const inside = input.filter((_, bar) => model.bars.beginUs[bar] <= toUs && model.bars.closeUs[bar] >= fromUs);
      const statistics = areaStatistics(model, rows, area);
      expect(statistics.taskRuns).toBe(inside.length);
      expect(statistics.measured).toBe(inside.filter((r) => r.ready !== undefined && r.start !== undefined).length);
    }),
  );
});

it('marks a pixel of the overview exactly where a bar is', () => {
  const viewport: Viewport = { fromUs: 0, toUs: 1_000, widthPx: 100, heightPx: 10, scrollPx: 0, rowPx: 1 };
  fc.assert(
    fc.property(runs, (input) => {
      const model = modelOf(input);
      const rows = rowList(model, 'name', new Set(), null);
      const cells = new Uint8Array(100 * 10);
      rasterRows(model, rows, viewport, cells);
      for (let row = 0; row < rows.pipeline.length; row++) {
        for (let x = 0; x < 100; x++) {
          const isTouched = input.some(
            (each, bar) =>
              each.pipeline === rows.pipeline[row] &&
              Math.floor(xOf(viewport, model.bars.beginUs[bar])) <= x &&
              Math.floor(xOf(viewport, model.bars.closeUs[bar])) >= x,
          );
          expect(cells[row * 100 + x] > 0).toBe(isTouched);
        }
      }
    }),
  );
});
