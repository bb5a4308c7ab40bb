// What the layout needs of a model: names become ranks, so that a worker gets only numbers and the picture depends on
// names, never on ids.

import type { LayoutInput } from '../layout/types.ts';
import type { GraphModel } from './graph-model.ts';

/** `isFlat` lays all nodes out as one group. */
export function layoutInput(model: GraphModel, isFlat = false): LayoutInput {
  const groupNames = isFlat ? [''] : model.groupNames;
  return {
    nodeCount: model.nodeCount,
    kind: model.kind,
    group: isFlat ? new Int32Array(model.nodeCount) : model.group,
    groupCount: groupNames.length,
    rank: ranksOf(model.name, model.kind),
    groupRank: ranksOf(groupNames, new Uint8Array(groupNames.length)),
    from: model.from,
    to: model.to,
  };
}

/** Places by name in code unit order (no locale: the same everywhere), then by kind, then by id. */
export function ranksOf(names: readonly string[], kind: Uint8Array): Int32Array {
  const order = Array.from(names.keys()).sort((a, b) => {
    if (names[a] !== names[b]) return names[a] < names[b] ? -1 : 1;
    return kind[a] - kind[b] || a - b;
  });
  const rank = new Int32Array(order.length);
  order.forEach((id, place) => {
    rank[id] = place;
  });
  return rank;
}
