// A scene for tests: laid out at once.

import type { GraphView } from '../../../shared/api/views.ts';
import { layOut } from '../../../src-renderer/graph/layout/lay-out.ts';
import { upTo } from '../../../src-renderer/graph/layout/sorting.ts';
import { graphModel } from '../../../src-renderer/graph/model/graph-model.ts';
import { layoutInput } from '../../../src-renderer/graph/model/layout-input.ts';
import { type Scene, sceneOf } from '../../../src-renderer/graph/model/scene.ts';

export function sceneForView(view: GraphView): Scene {
  const model = graphModel(view);
  const layout = layOut(layoutInput(model));
  return sceneOf({ model, layout, whole: upTo(model.nodeCount), wholeCount: model.nodeCount, isFlat: false });
}
