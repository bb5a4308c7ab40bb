// Which nodes React Flow has mounted: when one is near enough to read, the selected one and what is in view, from the
// middle outwards. Never more than 250.

import type { Scene } from '../model/scene.ts';
import { mountsNodes } from '../view/detail.ts';
import { type Extent, toWorld, type View, worldRect } from '../view/view.ts';

export const NODES_MAX = 250;

/** Nodes of the scene, ascending. `selected` is one of them, or null. */
export function nearNodes(scene: Scene, view: View, screen: Extent, selected: number | null): number[] {
  if (!mountsNodes(view.scale)) return [];
  const near = new Set<number>(selected === null ? [] : [selected]);
  for (const node of fromMiddle(scene, view, screen)) {
    if (near.size >= NODES_MAX) break;
    near.add(node);
  }
  return [...near].sort((a, b) => a - b);
}

function fromMiddle(scene: Scene, view: View, screen: Extent): readonly number[] {
  const seen = scene.hit.nodesIn(worldRect(view, screen));
  if (seen.length <= NODES_MAX) return seen;
  const middle = toWorld(view, screen.width / 2, screen.height / 2);
  return scene.hit.nearest(middle.x, middle.y, NODES_MAX);
}

/**
 * One step from what is mounted towards what should be: what is no longer wanted goes, at most `step` new nodes come.
 * Both lists ascend. Returns `wanted` itself when nothing is left to do.
 */
export function stepTowards(mounted: readonly number[], wanted: readonly number[], step: number): readonly number[] {
  const old = new Set(mounted);
  let left = step;
  const nodes = wanted.filter((node) => old.has(node) || left-- > 0);
  return nodes.length === wanted.length ? wanted : nodes;
}

export const isSameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
