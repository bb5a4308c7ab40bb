// The layout of the whole graph: blocks, layers and columns inside each connected component, components packed inside
// their group, groups in columns. A pure function: the same graph gives the same bytes, whatever the order of its ids.
// Made for 50,000 nodes. Limit: a component with very many layers stays one wide strip.

import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import { breakCycles } from './acyclic.ts';
import { type Blocks, blocksOf, placeBlock } from './block-graph.ts';
import { type BlockGraph, type BlockPlaces, edgesByComponent, layOutComponent } from './component.ts';
import { componentsOf } from './components.ts';
import { placeGroups } from './group-boxes.ts';
import { layersOf } from './layers.ts';
import { upTo } from './sorting.ts';
import type { Layout, LayoutInput, Size } from './types.ts';

export function layOut(input: LayoutInput): Layout {
  const blocks = blocksOf(input);
  const { graph, back } = blockGraph(input, blocks);
  const components = componentsOf(blocks.count, graph.from, graph.to);
  const places: BlockPlaces = { left: new Float64Array(blocks.count), centre: new Float64Array(blocks.count) };
  const sizes = layOutComponents(components, graph, blocks, places);
  const boxes = placeGroups(input, blocks, components, sizes);
  const x = new Float64Array(input.nodeCount);
  const y = new Float64Array(input.nodeCount);
  for (let component = 0; component < sizes.length; component++) {
    for (let i = components.offsets[component]; i < components.offsets[component + 1]; i++) {
      const block = components.values[i];
      const left = boxes.componentX[component] + places.left[block];
      const top = boxes.componentY[component] + places.centre[block] - blocks.height[block] / 2;
      placeBlock(blocks, block, left, top, x, y);
    }
  }
  return { x, y, back, ...boxes.groups };
}

function layOutComponents(components: Csr, graph: BlockGraph, blocks: Blocks, places: BlockPlaces): Size[] {
  const count = components.offsets.length - 1;
  const componentOf = new Int32Array(blocks.count);
  for (let component = 0; component < count; component++) {
    for (let i = components.offsets[component]; i < components.offsets[component + 1]; i++) {
      componentOf[components.values[i]] = component;
    }
  }
  const edges = edgesByComponent(graph.from, componentOf, count);
  return Array.from({ length: count }, (_, component) =>
    layOutComponent(
      components.values.slice(components.offsets[component], components.offsets[component + 1]),
      edges.values.slice(edges.offsets[component], edges.offsets[component + 1]),
      graph,
      blocks,
      places,
    ),
  );
}

/** Edges between blocks of one group, cycles broken. `back` is by edge of the input. */
function blockGraph(input: LayoutInput, blocks: Blocks): { graph: BlockGraph; back: Uint8Array } {
  const inner = innerEdges(input, blocks);
  const from = inner.map((edge) => blocks.of[input.from[edge]]);
  const to = inner.map((edge) => blocks.of[input.to[edge]]);
  const broken = breakCycles(blocks.count, from, to, blocks.rank);
  const back = ownLoops(input, blocks);
  inner.forEach((edge, i) => {
    back[edge] = broken.back[i];
  });
  const layer = layersOf(broken.order, from, to, broken.back);
  const kept = upTo(from.length).filter((i) => broken.back[i] === 0);
  const keptFrom = kept.map((i) => from[i]);
  const keptTo = kept.map((i) => to[i]);
  const before = csrBy(keptTo, keptFrom, blocks.count);
  const after = csrBy(keptFrom, keptTo, blocks.count);
  return { graph: { from: keptFrom, to: keptTo, layer, before, after }, back };
}

/** Edge rows between different blocks of one group, in name order. */
function innerEdges(input: LayoutInput, blocks: Blocks): Int32Array {
  const { group, rank, from, to } = input;
  return upTo(from.length)
    .filter((edge) => group[from[edge]] === group[to[edge]] && blocks.of[from[edge]] !== blocks.of[to[edge]])
    .sort((a, b) => rank[from[a]] - rank[from[b]] || rank[to[a]] - rank[to[b]] || a - b);
}

/** 1 on the edges from an output back to its own pipeline, and from a node to itself. */
function ownLoops(input: LayoutInput, blocks: Blocks): Uint8Array {
  const back = new Uint8Array(input.from.length);
  for (let edge = 0; edge < back.length; edge++) {
    const { from, to } = input;
    if (blocks.of[from[edge]] === blocks.of[to[edge]] && to[edge] === blocks.head[blocks.of[to[edge]]]) back[edge] = 1;
  }
  return back;
}
