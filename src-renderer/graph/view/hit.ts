// Which node is under a point, and which are in a rectangle: an R-tree over the node boxes.

import Flatbush from 'flatbush';
import { nodeHeight, nodeWidth } from '../layout/sizes.ts';
import type { Layout } from '../layout/types.ts';
import type { GraphModel } from '../model/graph-model.ts';
import type { Rect } from './view.ts';

export interface HitIndex {
  /** The node under a world point, or the nearest one within `slack` world units; null when there is none. */
  nodeAt(x: number, y: number, slack: number): number | null;
  /** Nodes that touch a world rectangle, in no order. */
  nodesIn(rect: Rect): number[];
  /** Nodes by their distance from a world point, nearest first. */
  nearest(x: number, y: number, limit: number): number[];
}

const NOTHING: HitIndex = { nodeAt: () => null, nodesIn: () => [], nearest: () => [] };

export function hitIndex(model: GraphModel, { x, y }: Layout): HitIndex {
  if (model.nodeCount === 0) return NOTHING;
  const tree = new Flatbush(model.nodeCount);
  for (let node = 0; node < model.nodeCount; node++) {
    tree.add(x[node], y[node], x[node] + nodeWidth(model.kind[node]), y[node] + nodeHeight(model.kind[node]));
  }
  tree.finish();
  return {
    nodeAt: (px, py, slack) => tree.neighbors(px, py, 1, slack)[0] ?? null,
    nodesIn: (rect) => tree.search(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height),
    nearest: (px, py, limit) => tree.neighbors(px, py, limit),
  };
}
