// Heights inside columns: each block as near to the mean of its neighbours as order and spacing allow. For one column
// that is a least-squares problem with ordered unknowns, solved exactly by pooling adjacent violators (Barlow et al.,
// 1972).

import type { Csr } from '../../../shared/model/catalog.ts';
import type { Blocks } from './block-graph.ts';
import { type Column, stackHeight } from './columns.ts';
import { ROW_GAP } from './sizes.ts';

/** Sets `centre` by block for all columns of a component; returns the component's height. Centres are whole. */
export function alignColumns(
  columns: readonly Column[],
  before: Csr,
  after: Csr,
  blocks: Blocks,
  centre: Float64Array,
): number {
  let height = 0;
  for (const column of columns) height = Math.max(height, stackHeight(column.blocks, blocks));
  for (const column of columns) stackFromTop(column, blocks, centre, height);
  for (const column of columns) pull(column, before, blocks, centre, height);
  for (const column of columns.toReversed()) pull(column, after, blocks, centre, height);
  for (const column of columns) pull(column, before, blocks, centre, height);
  return height;
}

function stackFromTop(column: Column, blocks: Blocks, centre: Float64Array, height: number): void {
  let top = Math.floor((height - stackHeight(column.blocks, blocks)) / 4) * 2;
  for (const block of column.blocks) {
    centre[block] = top + blocks.height[block] / 2;
    top += blocks.height[block] + ROW_GAP;
  }
}

function pull(column: Column, neighbours: Csr, blocks: Blocks, centre: Float64Array, height: number): void {
  const ids = column.blocks;
  const offset = offsets(ids, blocks);
  const wish = new Float64Array(ids.length);
  for (let i = 0; i < ids.length; i++) wish[i] = meanCentre(ids[i], neighbours, centre) - offset[i];
  const last = ids.length - 1;
  const low = blocks.height[ids[0]] / 2;
  const high = height - blocks.height[ids[last]] / 2 - offset[last];
  const rising = nearestRising(wish);
  for (let i = 0; i < ids.length; i++) {
    centre[ids[i]] = Math.min(high, Math.max(low, Math.round(rising[i]))) + offset[i];
  }
}

/** Distance of each block's centre from the first one's when they are stacked tightly. */
function offsets(ids: Int32Array, blocks: Blocks): Float64Array {
  const offset = new Float64Array(ids.length);
  for (let i = 1; i < ids.length; i++) {
    offset[i] = offset[i - 1] + (blocks.height[ids[i - 1]] + blocks.height[ids[i]]) / 2 + ROW_GAP;
  }
  return offset;
}

function meanCentre(block: number, neighbours: Csr, centre: Float64Array): number {
  const from = neighbours.offsets[block];
  const to = neighbours.offsets[block + 1];
  if (from === to) return centre[block];
  let sum = 0;
  for (let at = from; at < to; at++) sum += centre[neighbours.values[at]];
  return sum / (to - from);
}

/** The rising sequence with the least sum of squared distances from `wish`. */
export function nearestRising(wish: Float64Array): Float64Array {
  const mean = new Float64Array(wish.length);
  const size = new Int32Array(wish.length);
  let pools = 0;
  for (const value of wish) {
    mean[pools] = value;
    size[pools++] = 1;
    while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
      const total = size[pools - 2] + size[pools - 1];
      mean[pools - 2] = (mean[pools - 2] * size[pools - 2] + mean[pools - 1] * size[pools - 1]) / total;
      size[pools - 2] = total;
      pools--;
    }
  }
  const rising = new Float64Array(wish.length);
  let at = 0;
  for (let pool = 0; pool < pools; pool++) for (let i = 0; i < size[pool]; i++) rising[at++] = mean[pool];
  return rising;
}
