// Nodes in React Flow's form. Ids are those of the scene. Sizes are given, so nothing waits to be measured.

import type { Node } from '@xyflow/react';
import { nodeHeight, nodeWidth } from '../layout/sizes.ts';
import { NodeKind } from '../layout/types.ts';
import { displayName } from '../model/display-name.ts';
import type { Scene } from '../model/scene.ts';

export interface NearData extends Record<string, unknown> {
  /** A node of the scene. */
  readonly node: number;
  readonly name: string;
  readonly shortName: string;
}

/** Node objects live as long as their scene, so that React Flow sees which ones stayed. */
const made = new WeakMap<Scene, Map<number, Node<NearData>>>();

export function flowNodes(scene: Scene, nodes: readonly number[]): Node<NearData>[] {
  const known = made.get(scene) ?? new Map<number, Node<NearData>>();
  made.set(scene, known);
  return nodes.map((node) => {
    const flow = known.get(node) ?? flowNode(scene, node);
    known.set(node, flow);
    return flow;
  });
}

function flowNode({ model, layout }: Scene, node: number): Node<NearData> {
  const kind = model.kind[node];
  const name = model.name[node];
  const size = { width: nodeWidth(kind), height: nodeHeight(kind) };
  return {
    id: String(node),
    type: kind === NodeKind.pipeline ? 'pipeline' : 'dataset',
    position: { x: layout.x[node], y: layout.y[node] },
    ...size,
    measured: size,
    data: { node, name, shortName: displayName(name, model.groupNames[model.group[node]]) },
  };
}
