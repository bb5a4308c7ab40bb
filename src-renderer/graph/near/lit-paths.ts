// The edges of one node as two paths in world units: those that wait for their data, and those that do not.

import { EdgeKind } from '../model/graph-model.ts';
import { nodeRect, type Scene } from '../model/scene.ts';
import { bendOf } from '../view/bend.ts';

export interface LitPath {
  readonly path: string;
  readonly count: number;
}

export interface LitPaths {
  readonly waits: LitPath;
  readonly undeclared: LitPath;
  /** Where an undeclared read says so; none when there are many. */
  readonly labels: readonly { readonly x: number; readonly y: number }[];
}

const LABELS_MAX = 4;

export function litPaths(scene: Scene, node: number): LitPaths {
  const waits: string[] = [];
  const undeclared: string[] = [];
  const labels: { x: number; y: number }[] = [];
  for (const edge of ownEdges(scene, node)) {
    const { path, x, y } = curveOf(scene, edge);
    if (scene.model.edgeKind[edge] === EdgeKind.readsUndeclared) {
      undeclared.push(path);
      labels.push({ x, y });
    } else waits.push(path);
  }
  return {
    waits: { path: waits.join(''), count: waits.length },
    undeclared: { path: undeclared.join(''), count: undeclared.length },
    labels: labels.length <= LABELS_MAX ? labels : [],
  };
}

/** Edges that leave or enter a node, each once. */
export function ownEdges({ model }: Scene, node: number): number[] {
  const own = Array.from(model.out.values.subarray(model.out.offsets[node], model.out.offsets[node + 1]));
  for (let i = model.in.offsets[node]; i < model.in.offsets[node + 1]; i++) {
    // An edge from a node to itself is in both lists.
    if (model.from[model.in.values[i]] !== node) own.push(model.in.values[i]);
  }
  return own;
}

function curveOf(scene: Scene, edge: number): { path: string; x: number; y: number } {
  const from = nodeRect(scene, scene.model.from[edge]);
  const to = nodeRect(scene, scene.model.to[edge]);
  const ax = from.x + from.width;
  const ay = from.y + from.height / 2;
  const by = to.y + to.height / 2;
  const bend = bendOf(to.x - ax);
  return {
    path: `M${ax} ${ay}C${ax + bend} ${ay} ${to.x - bend} ${by} ${to.x} ${by}`,
    x: (ax + to.x) / 2,
    y: (ay + by) / 2,
  };
}
