// The picture of a scene: short names and second lines, ready to paint.

import type { GraphView } from '../../../shared/api/views.ts';
import { NodeKind } from '../layout/types.ts';
import { displayName } from '../model/display-name.ts';
import type { Scene } from '../model/scene.ts';
import { groupLinks } from './links.ts';
import { NO_STATE, type NodeStates, type Picture } from './picture.ts';

export function pictureOf({ model, layout }: Scene, view: GraphView): Picture {
  const groupCount = model.groupNames.length;
  return {
    nodeCount: model.nodeCount,
    kind: model.kind,
    group: model.group,
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
    note: model.name.map((_, node) => (model.kind[node] === NodeKind.pipeline ? noteOf(view, model.row[node]) : '')),
    links: groupLinks(model.group, groupCount, model.from, model.to),
  };
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
