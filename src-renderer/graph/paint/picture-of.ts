// The picture of a scene: short names and second lines, ready to paint.

import type { GraphView } from '../../../shared/api/views.ts';
import { NodeKind } from '../layout/types.ts';
import { displayName } from '../model/display-name.ts';
import type { Scene } from '../model/scene.ts';
import { groupLinks } from './links.ts';
import { NO_STATE, type NodeStates, type Picture } from './picture.ts';

export function pictureOf(scene: Scene, view: GraphView): Picture {
  const { model, layout, isFlat } = scene;
  const groupCount = isFlat ? 0 : model.groupNames.length;
  const group = isFlat ? new Int32Array(model.nodeCount) : model.group;
  return {
    nodeCount: model.nodeCount,
    kind: model.kind,
    group,
    groupCount,
    from: model.from,
    to: model.to,
    edgeKind: model.edgeKind,
    x: layout.x,
    y: layout.y,
    groupX: layout.groupX,
    groupY: layout.groupY,
    groupWidth: layout.groupWidth,
    groupHeight: layout.groupHeight,
    back: layout.back,
    name: model.name.map((name, node) => displayName(name, model.groupNames[model.group[node]])),
    note: model.name.map((_, node) => (model.kind[node] === NodeKind.pipeline ? sceneNote(scene, view, node) : '')),
    links: groupLinks(group, groupCount, model.from, model.to),
  };
}

/** The second line of a pipeline in a scene; where no box says its group, the line does. */
export function sceneNote({ model, isFlat }: Scene, view: GraphView, node: number): string {
  const note = noteOf(view, model.row[node]);
  return isFlat ? `${model.groupNames[model.group[node]]} · ${note}` : note;
}

/** `12 tasks · @daily`, `1 task · deadline`. */
export function noteOf({ pipelines }: GraphView, pipeline: number): string {
  const count = pipelines.taskCount[pipeline];
  const parts = [count === 1 ? '1 task' : `${count} tasks`];
  if (pipelines.hasDeadline[pipeline] === 1) parts.push('deadline');
  else if (pipelines.schedule[pipeline] !== '') parts.push(pipelines.schedule[pipeline]);
  return parts.join(' · ');
}

/** States by node of the scene from states by pipeline of the log. */
export function nodeStates({ model }: Scene, pipelineState: Uint8Array | null): NodeStates {
  const states = new Uint8Array(model.nodeCount).fill(NO_STATE);
  if (pipelineState === null) return states;
  for (let node = 0; node < model.pipelineCount; node++) states[node] = pipelineState[model.row[node]] ?? NO_STATE;
  return states;
}
