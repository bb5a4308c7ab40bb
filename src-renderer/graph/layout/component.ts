// One connected component: layers in order, wrapped into columns, with heights aligned. Writes each block's place
// relative to the component's corner.

import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import { alignColumns } from './align.ts';
import type { Blocks } from './block-graph.ts';
import { wrapLayers } from './columns.ts';
import { orderLayers } from './order.ts';
import { upTo } from './sorting.ts';
import type { Size } from './types.ts';

/** The acyclic graph of blocks: edges that close a cycle are left out; `edges` holds edge rows by component. */
export interface BlockGraph {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly layer: Int32Array;
  readonly before: Csr;
  readonly after: Csr;
}

/** Left edge and centre height by block. */
export interface BlockPlaces {
  readonly left: Float64Array;
  readonly centre: Float64Array;
}

export function layOutComponent(
  members: Int32Array,
  edges: Int32Array,
  graph: BlockGraph,
  blocks: Blocks,
  places: BlockPlaces,
): Size {
  if (members.length === 1) return placeAlone(members[0], blocks, places);
  const columns = wrapLayers(orderedLayers(members, edges, graph, blocks), blocks);
  const height = alignColumns(columns, graph.before, graph.after, blocks, places.centre);
  let width = 0;
  for (const column of columns) {
    width = Math.max(width, column.left + column.width);
    for (const block of column.blocks) places.left[block] = column.left;
  }
  return { width, height };
}

function placeAlone(block: number, blocks: Blocks, places: BlockPlaces): Size {
  places.left[block] = 0;
  places.centre[block] = blocks.height[block] / 2;
  return { width: blocks.width[block], height: blocks.height[block] };
}

/** Orders the layers with ids that are dense inside the component. */
function orderedLayers(members: Int32Array, edges: Int32Array, graph: BlockGraph, blocks: Blocks): Int32Array[] {
  const local = new Map<number, number>();
  members.forEach((block, i) => local.set(block, i));
  const dense = denseLayers(members, graph.layer);
  const ordered = orderLayers(
    dense,
    edges.map((edge) => local.get(graph.from[edge]) ?? 0),
    edges.map((edge) => local.get(graph.to[edge]) ?? 0),
    members.map((block) => blocks.rank[block]),
  );
  return ordered.map((layer) => layer.map((i) => members[i]));
}

/** Layers from 0 without holes: moving nodes right can leave one empty. */
function denseLayers(members: Int32Array, layer: Int32Array): Int32Array {
  const used = [...new Set(members.map((block) => layer[block]))].sort((a, b) => a - b);
  const number = new Map(used.map((value, i) => [value, i]));
  return members.map((block) => number.get(layer[block]) ?? 0);
}

/** Edge rows by component; `componentOf` by block. */
export function edgesByComponent(from: Int32Array, componentOf: Int32Array, components: number): Csr {
  return csrBy(
    from.map((block) => componentOf[block]),
    upTo(from.length),
    components,
  );
}
