// What is on the stage: a model with its layout, and how its nodes map to those of the whole graph. A focus puts a
// smaller scene on the stage; ids of the whole are what selection and search speak of.

import { nodeHeight, nodeWidth } from '../layout/sizes.ts';
import type { Layout } from '../layout/types.ts';
import { type HitIndex, hitIndex } from '../view/hit.ts';
import type { Rect } from '../view/view.ts';
import type { GraphModel } from './graph-model.ts';

export interface Scene {
  /** A focus is one layered drawing from left to right; its groups have no boxes. */
  readonly isFlat: boolean;
  readonly model: GraphModel;
  readonly layout: Layout;
  readonly hit: HitIndex;
  /** The node of the whole graph, by node of the scene. */
  readonly whole: Int32Array;
  /** The node of the scene, by node of the whole graph; -1 when it is not in it. */
  readonly local: Int32Array;
}

export interface SceneParts {
  readonly model: GraphModel;
  readonly layout: Layout;
  /** As in Scene. */
  readonly whole: Int32Array;
  readonly wholeCount: number;
  readonly isFlat: boolean;
}

export function sceneOf({ model, layout, whole, wholeCount, isFlat }: SceneParts): Scene {
  const local = new Int32Array(wholeCount).fill(-1);
  whole.forEach((node, i) => {
    local[node] = i;
  });
  return { isFlat, model, layout, hit: hitIndex(model, layout), whole, local };
}

export const nodeRect = ({ model, layout }: Scene, node: number): Rect => ({
  x: layout.x[node],
  y: layout.y[node],
  width: nodeWidth(model.kind[node]),
  height: nodeHeight(model.kind[node]),
});

export const groupRect = ({ layout }: Scene, group: number): Rect => ({
  x: layout.groupX[group],
  y: layout.groupY[group],
  width: layout.groupWidth[group],
  height: layout.groupHeight[group],
});
