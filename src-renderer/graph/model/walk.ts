// Arrows walk edges: right to what a node feeds, left to what feeds it, up and down among the nodes that one could have
// walked to instead, else to the next node above or below.

import { nodeRect, type Scene } from './scene.ts';

export type Arrow = 'left' | 'right' | 'up' | 'down';

export interface WalkState {
  readonly node: number;
  /** The node one came from by an edge, and its side; null after a press or a search. */
  readonly cameFrom: { readonly node: number; readonly arrow: 'left' | 'right' } | null;
}

/** Where an arrow leads; null when there is nothing that way. */
export function walk(scene: Scene, state: WalkState, arrow: Arrow): WalkState | null {
  if (arrow === 'left' || arrow === 'right') {
    const next = nearestInHeight(scene, state.node, neighbours(scene, state.node, arrow));
    return next === null ? null : { node: next, cameFrom: { node: state.node, arrow } };
  }
  const { cameFrom } = state;
  const siblings = cameFrom === null ? [] : neighbours(scene, cameFrom.node, cameFrom.arrow);
  if (siblings.length < 2) return overOrUnder(scene, state.node, arrow);
  const node = siblings[siblings.indexOf(state.node) + (arrow === 'up' ? -1 : 1)];
  return node === undefined ? null : { node, cameFrom };
}

/** Distinct neighbours on one side, top to bottom. */
export function neighbours({ model, layout }: Scene, node: number, side: 'left' | 'right'): number[] {
  const edges = side === 'right' ? model.out : model.in;
  const ends = side === 'right' ? model.to : model.from;
  const found = new Set<number>();
  for (let i = edges.offsets[node]; i < edges.offsets[node + 1]; i++) found.add(ends[edges.values[i]]);
  found.delete(node);
  return [...found].sort((a, b) => layout.y[a] - layout.y[b] || layout.x[a] - layout.x[b] || a - b);
}

function nearestInHeight({ layout }: Scene, node: number, candidates: readonly number[]): number | null {
  let best: number | null = null;
  for (const other of candidates) {
    if (best === null || Math.abs(layout.y[other] - layout.y[node]) < Math.abs(layout.y[best] - layout.y[node]))
      best = other;
  }
  return best;
}

function overOrUnder(scene: Scene, node: number, arrow: 'up' | 'down'): WalkState | null {
  const { x, y, width, height } = nodeRect(scene, node);
  const reach = scene.layout.height;
  const strip =
    arrow === 'up' ? { x, y: y - reach, width, height: reach - 1 } : { x, y: y + height + 1, width, height: reach };
  let best = -1;
  for (const other of scene.hit.nodesIn(strip)) {
    const isNearer = best < 0 || Math.abs(scene.layout.y[other] - y) < Math.abs(scene.layout.y[best] - y);
    if (other !== node && isNearer) best = other;
  }
  return best < 0 ? null : { node: best, cameFrom: null };
}
