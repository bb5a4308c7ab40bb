// Bars grouped by row (a pipeline, or a task) and ordered by their begin, so that those of a time window are found by
// binary search. `reach` is the latest close of a row's bars so far, which makes it searchable although bars overlap.

import type { Bars } from './bars.ts';

export interface BarIndex {
  /** The bars of row r are bars[offsets[r] … offsets[r + 1]). */
  readonly offsets: Int32Array;
  readonly bars: Int32Array;
  readonly reachUs: Float64Array;
}

/**
 * `rowOf` gives the row of each bar; bars without a known time are left out. Counts bars into rows and sorts within a
 * row: O(n), and O(k log k) for a row of k bars.
 */
export function indexBars(bars: Bars, rowOf: ArrayLike<number>, rows: number): BarIndex {
  const offsets = new Int32Array(rows + 1);
  for (let i = 0; i < bars.count; i++) if (!Number.isNaN(bars.beginUs[i])) offsets[rowOf[i] + 1]++;
  for (let row = 0; row < rows; row++) offsets[row + 1] += offsets[row];
  const order = new Int32Array(bars.count - bars.unplaced);
  const next = offsets.slice(0, rows);
  for (let i = 0; i < bars.count; i++) if (!Number.isNaN(bars.beginUs[i])) order[next[rowOf[i]]++] = i;
  for (let row = 0; row < rows; row++) {
    if (offsets[row + 1] > offsets[row] + 1) sortByBegin(order.subarray(offsets[row], offsets[row + 1]), bars.beginUs);
  }
  return { offsets, bars: order, reachUs: reachOf(bars, order, rowOf) };
}

const sortByBegin = (row: Int32Array, beginUs: Float64Array): Int32Array =>
  row.sort((a, b) => beginUs[a] - beginUs[b] || a - b);

function reachOf(bars: Bars, order: Int32Array, rowOf: ArrayLike<number>): Float64Array {
  const reachUs = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const close = bars.closeUs[order[i]];
    const isSameRow = i > 0 && rowOf[order[i]] === rowOf[order[i - 1]];
    reachUs[i] = isSameRow ? Math.max(reachUs[i - 1], close) : close;
  }
  return reachUs;
}

/** The first position of a row whose bars may reach into a window that begins at `fromUs`. O(log n). */
export function firstInWindow(index: BarIndex, row: number, fromUs: number): number {
  let low = index.offsets[row];
  let high = index.offsets[row + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.reachUs[middle] < fromUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls back for each bar of a row that touches [fromUs, toUs], in order of begin. */
export function forEachBar(
  bars: Bars,
  index: BarIndex,
  row: number,
  fromUs: number,
  toUs: number,
  each: (bar: number) => void,
): void {
  const end = index.offsets[row + 1];
  for (let at = firstInWindow(index, row, fromUs); at < end; at++) {
    const bar = index.bars[at];
    if (bars.beginUs[bar] > toUs) return;
    if (bars.closeUs[bar] >= fromUs) each(bar);
  }
}
