// The bars of one row as rectangles by paint style. Bars that would be thinner than a pixel and a half are merged by
// pixel column and drawn once, as the worst of them, so that a bad run is never hidden by a thousand good ones.

import { type BarIndex, forEachBar } from './bar-index.ts';
import { type Bars, Severity } from './bars.ts';
import { usAt, type Viewport, xOf } from './viewport.ts';

export const STYLES = ['wait', 'run', 'landing', 'publish', 'unfinished', 'late', 'early'] as const;
export type Style = (typeof STYLES)[number];

/** x, y, width, height of each rectangle, one after the other. */
export type RectSink = (style: Style, x: number, y: number, width: number, height: number) => void;

const THIN_PX = 1.5;
const RUN_STYLES: Readonly<Record<number, Style>> = {
  [Severity.good]: 'run',
  [Severity.unfinished]: 'unfinished',
  [Severity.late]: 'late',
  [Severity.early]: 'early',
};

export interface RowPlace {
  readonly index: BarIndex;
  readonly row: number;
  readonly y: number;
  readonly height: number;
}

export function rowRects(bars: Bars, publishedUs: Float64Array, place: RowPlace, v: Viewport, sink: RectSink): void {
  const merged = new MergedColumn(place, sink);
  forEachBar(bars, place.index, place.row, usAt(v, -2), usAt(v, v.widthPx + 2), (bar) => {
    const begin = xOf(v, bars.beginUs[bar]);
    const close = xOf(v, bars.closeUs[bar]);
    if (close - begin < THIN_PX) merged.add(Math.floor(begin), bars.severity[bar]);
    else wholeBar(bars, publishedUs, bar, place, v, sink);
  });
  merged.flush();
}

/** Waiting is a hairline, running a block, landing a thinner block, publish a tick. */
function wholeBar(
  bars: Bars,
  publishedUs: Float64Array,
  bar: number,
  { y, height }: RowPlace,
  v: Viewport,
  sink: RectSink,
): void {
  const begin = clampX(v, xOf(v, bars.beginUs[bar]));
  const start = clampX(v, xOf(v, Number.isNaN(bars.startUs[bar]) ? bars.closeUs[bar] : bars.startUs[bar]));
  const end = clampX(v, xOf(v, bars.endUs[bar]));
  const close = clampX(v, xOf(v, bars.closeUs[bar]));
  const middle = y + height / 2;
  if (start > begin) sink('wait', begin, middle - 1, start - begin, 2);
  if (!Number.isNaN(bars.startUs[bar])) {
    sink(RUN_STYLES[bars.severity[bar]], start, y, Math.max(THIN_PX, end - start), height);
  } else if (bars.severity[bar] >= Severity.late) {
    sink(RUN_STYLES[bars.severity[bar]], close - 1, y, 2, height);
  }
  const thin = Math.max(2, height * 0.36);
  if (close > end) sink('landing', end, middle - thin / 2, close - end, thin);
  const published = xOf(v, publishedUs[bar]);
  if (published >= 0 && published <= v.widthPx) sink('publish', published - 1, y, 2, height);
}

const clampX = (v: Viewport, x: number): number => Math.min(v.widthPx + 2, Math.max(-2, x));

/** Thin bars come in order of begin, so those of one pixel column follow each other. */
class MergedColumn {
  #x = Number.NaN;
  #severity = 0;
  readonly #place: RowPlace;
  readonly #sink: RectSink;

  constructor(place: RowPlace, sink: RectSink) {
    this.#place = place;
    this.#sink = sink;
  }
  add(x: number, severity: number): void {
    if (x !== this.#x) this.flush();
    this.#severity = x === this.#x ? Math.max(this.#severity, severity) : severity;
    this.#x = x;
  }
  flush(): void {
    if (Number.isNaN(this.#x)) return;
    this.#sink(RUN_STYLES[this.#severity], this.#x, this.#place.y, THIN_PX, this.#place.height);
    this.#x = Number.NaN;
  }
}
