// Layers by longest path, then nodes that feed more than they are fed move right, next to what they feed: sources no
// longer all stand in the first column, and edges get shorter.

import { upTo } from './sorting.ts';

/**
 * The layer of each node, from 0. Edges with `back` 1 are left out; `order` is topological for the others.
 * Every kept edge runs to a larger layer.
 */
export function layersOf(order: Int32Array, from: Int32Array, to: Int32Array, back: Uint8Array): Int32Array {
  const nodes = order.length;
  const place = new Int32Array(nodes);
  for (let i = 0; i < nodes; i++) place[order[i]] = i;
  const edges = upTo(from.length)
    .filter((edge) => back[edge] === 0)
    .sort((a, b) => place[from[a]] - place[from[b]] || a - b);
  const layer = new Int32Array(nodes);
  const pull = new Int32Array(nodes);
  for (const edge of edges) {
    layer[to[edge]] = Math.max(layer[to[edge]], layer[from[edge]] + 1);
    pull[from[edge]]++;
    pull[to[edge]]--;
  }
  moveRight(edges, from, to, layer, pull);
  return layer;
}

/** Against the order: a node's successors have their final layer when it is looked at. */
function moveRight(edges: Int32Array, from: Int32Array, to: Int32Array, layer: Int32Array, pull: Int32Array): void {
  let end = edges.length;
  while (end > 0) {
    const node = from[edges[end - 1]];
    let latest = Number.POSITIVE_INFINITY;
    let i = end - 1;
    for (; i >= 0 && from[edges[i]] === node; i--) latest = Math.min(latest, layer[to[edges[i]]] - 1);
    if (pull[node] > 0) layer[node] = latest;
    end = i + 1;
  }
}
