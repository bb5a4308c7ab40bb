// Wraps tall layers into columns, so that a component's shape comes near a screen's. Nodes are dealt to the emptiest
// column, which keeps each near the height that its order gave it: edges stay flat.

import type { Blocks } from './block-graph.ts';
import { ASPECT, COLUMN_GAP, LAYER_GAP, PIPELINE_HEIGHT, ROW_GAP } from './sizes.ts';

/** The highest layer is cut into at most this many columns. */
const COLUMNS_TRIED = 40;
/**
 * A layer that is no higher is never cut: side by side, two readers of one dataset would look as if one waited for the
 * other, and the edge of one would run behind the other.
 */
const UNCUT_HEIGHT = 6 * (PIPELINE_HEIGHT + ROW_GAP);
/** How much a wrong shape costs against a larger area. */
const WIDE_COST = 0.35;

export interface Column {
  /** Left edge, and width of the widest block. */
  readonly left: number;
  readonly width: number;
  /** Blocks, top to bottom. */
  readonly blocks: Int32Array;
}

/** Columns of one component, left to right. `layers` holds blocks. */
export function wrapLayers(layers: readonly Int32Array[], blocks: Blocks): Column[] {
  const heights = layers.map((layer) => stackHeight(layer, blocks));
  const limit = heightLimit(layers, heights, blocks);
  const columns: Column[] = [];
  let left = 0;
  for (let k = 0; k < layers.length; k++) {
    const width = widest(layers[k], blocks);
    for (const dealt of deal(layers[k], Math.ceil(heights[k] / limit), blocks)) {
      columns.push({ left, width, blocks: dealt });
      left += width + COLUMN_GAP;
    }
    left += LAYER_GAP - COLUMN_GAP;
  }
  return columns;
}

/** The column height that makes the component small and not much wider than ASPECT: tried from the highest layer down. */
function heightLimit(layers: readonly Int32Array[], heights: readonly number[], blocks: Blocks): number {
  const highest = Math.max(...heights);
  const widths = layers.map((layer) => widest(layer, blocks));
  let best = highest;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let columns = 1; columns <= COLUMNS_TRIED; columns++) {
    const limit = highest / columns + PIPELINE_HEIGHT;
    const width = widthAt(limit, heights, widths);
    const cost = Math.log(width * limit) + WIDE_COST * Math.abs(Math.log(width / limit / ASPECT));
    if (cost >= bestCost) continue;
    best = limit;
    bestCost = cost;
  }
  return Math.max(best, Math.min(highest, UNCUT_HEIGHT));
}

function widthAt(limit: number, heights: readonly number[], widths: readonly number[]): number {
  let width = -LAYER_GAP;
  for (let k = 0; k < heights.length; k++) {
    const count = Math.ceil(heights[k] / limit);
    width += LAYER_GAP + count * widths[k] + (count - 1) * COLUMN_GAP;
  }
  return width;
}

function deal(layer: Int32Array, count: number, blocks: Blocks): Int32Array[] {
  if (count <= 1) return [layer];
  const columns: number[][] = Array.from({ length: Math.min(count, layer.length) }, () => []);
  const filled = new Float64Array(columns.length);
  for (const block of layer) {
    let emptiest = 0;
    for (let c = 1; c < filled.length; c++) if (filled[c] < filled[emptiest]) emptiest = c;
    columns[emptiest].push(block);
    filled[emptiest] += blocks.height[block] + ROW_GAP;
  }
  return columns.map((column) => Int32Array.from(column));
}

export function stackHeight(column: Int32Array, blocks: Blocks): number {
  let height = -ROW_GAP;
  for (const block of column) height += blocks.height[block] + ROW_GAP;
  return height;
}

function widest(column: Int32Array, blocks: Blocks): number {
  let width = 0;
  for (const block of column) width = Math.max(width, blocks.width[block]);
  return width;
}
