// The bars of one row as rectangles by paint style. Bars that would be thinner than a pixel and a half are merged by
// pixel column and drawn once, as the worst of them, so that a bad run is never hidden by a thousand good ones.

import { type BarIndex, forEachBar } from './bar-index.ts';
import { type BarPart, type Bars, Severity } from './bars.ts';
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

/** Attempts of one task run are drawn one by one. */
function wholeBar(
  bars: Bars,
  publishedUs: Float64Array,
  bar: number,
  place: RowPlace,
  v: Viewport,
  sink: RectSink,
): void {
  const parts = bars.parts.get(bar);
  if (parts) {
    for (const part of parts) barPart(part, place, v, sink);
    return;
  }
  const [beginUs, startUs, endUs, closeUs] = [bars.beginUs[bar], bars.startUs[bar], bars.endUs[bar], bars.closeUs[bar]];
  const severity = bars.severity[bar];
  barPart({ beginUs, startUs, endUs, closeUs, publishedUs: publishedUs[bar], severity }, place, v, sink);
}

/** Waiting is a hairline, running a block, landing a thinner block, publish a tick. */
function barPart(part: BarPart, { y, height }: RowPlace, v: Viewport, sink: RectSink): void {
  const isStarted = !Number.isNaN(part.startUs);
  const begin = clampX(v, xOf(v, part.beginUs));
  const start = clampX(v, xOf(v, isStarted ? part.startUs : part.closeUs));
  const end = clampX(v, xOf(v, part.endUs));
  const close = clampX(v, xOf(v, part.closeUs));
  const middle = y + height / 2;
  if (start > begin) sink('wait', begin, middle - 1, start - begin, 2);
  if (isStarted) {
    sink(RUN_STYLES[part.severity], start, y, Math.max(THIN_PX, end - start), height);
  } else if (part.severity >= Severity.late) {
    sink(RUN_STYLES[part.severity], close - 1, y, 2, height);
  }
  const thin = Math.max(2, height * 0.36);
  if (close > end) sink('landing', end, middle - thin / 2, close - end, thin);
  const published = xOf(v, part.publishedUs);
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
