// A part of a model as a model: the nodes of a set with the edges between them, and only the groups that have any.

import { upTo } from '../layout/sorting.ts';
import { adjacency, type GraphModel } from './graph-model.ts';

export interface SubModel {
  readonly model: GraphModel;
  /** The node of the larger model, by node of the part. */
  readonly whole: Int32Array;
}

/** `isIn` is 1 for each node that stays; order is kept. */
export function subModel(model: GraphModel, isIn: Uint8Array): SubModel {
  const whole = upTo(model.nodeCount).filter((node) => isIn[node] === 1);
  const local = new Int32Array(model.nodeCount).fill(-1);
  whole.forEach((node, i) => {
    local[node] = i;
  });
  const edges = upTo(model.from.length).filter((edge) => isIn[model.from[edge]] === 1 && isIn[model.to[edge]] === 1);
  const from = edges.map((edge) => local[model.from[edge]]);
  const to = edges.map((edge) => local[model.to[edge]]);
  const groups = [...new Set(whole.map((node) => model.group[node]))].sort((a, b) => a - b);
  const groupRow = new Map(groups.map((group, row) => [group, row]));
  return {
    whole,
    model: {
      nodeCount: whole.length,
      pipelineCount: whole.findLastIndex((node) => node < model.pipelineCount) + 1,
      kind: Uint8Array.from(whole, (node) => model.kind[node]),
      row: whole.map((node) => model.row[node]),
      name: Array.from(whole, (node) => model.name[node]),
      group: whole.map((node) => groupRow.get(model.group[node]) ?? 0),
      groupNames: groups.map((group) => model.groupNames[group]),
      from,
      to,
      edgeKind: Uint8Array.from(edges, (edge) => model.edgeKind[edge]),
      ...adjacency(from, to, whole.length),
    },
  };
}
