// The graph as typed arrays: pipelines are nodes 0 … P-1, datasets follow; every relation is an edge with a kind.
// Pure; must never hold a place or a colour. The model of a part of the graph (a focus) has the same shape.

import type { GraphView } from '../../../shared/api/views.ts';
import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import { upTo } from '../layout/sorting.ts';
import { NodeKind } from '../layout/types.ts';
import { groupNodes } from './grouping.ts';

/** Edges run the way data runs: pipeline to what it writes, dataset to who reads it. */
export const EdgeKind = {
  writes: 0,
  /** The reader waits for the data. */
  reads: 1,
  /** The reader takes whatever is there: no dependency is declared. */
  readsUndeclared: 2,
  /** A dependency with no dataset of its own. */
  direct: 3,
} as const;
export type EdgeKind = (typeof EdgeKind)[keyof typeof EdgeKind];

export interface GraphModel {
  readonly nodeCount: number;
  readonly pipelineCount: number;
  /** A NodeKind by node. */
  readonly kind: Uint8Array;
  /** The row in the view's pipelines or datasets. */
  readonly row: Int32Array;
  readonly name: readonly string[];
  /** A row of groupNames. */
  readonly group: Int32Array;
  readonly groupNames: readonly string[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** An EdgeKind by edge. */
  readonly edgeKind: Uint8Array;
  /** Edge rows by the node they leave, and by the node they enter. */
  readonly out: Csr;
  readonly in: Csr;
}

export function graphModel(view: GraphView): GraphModel {
  const pipelineCount = view.pipelines.name.length;
  const datasetCount = view.datasets.name.length;
  const { from, to, edgeKind } = edgesOf(view, pipelineCount);
  const nodeCount = pipelineCount + datasetCount;
  const groups = groupNodes(view);
  return {
    nodeCount,
    pipelineCount,
    kind: new Uint8Array(nodeCount).fill(NodeKind.dataset, pipelineCount),
    row: Int32Array.from({ length: nodeCount }, (_, node) => (node < pipelineCount ? node : node - pipelineCount)),
    name: [...view.pipelines.name, ...view.datasets.name],
    group: groups.group,
    groupNames: groups.names,
    from,
    to,
    edgeKind,
    ...adjacency(from, to, nodeCount),
  };
}

export function adjacency(
  from: Int32Array,
  to: Int32Array,
  nodeCount: number,
): { readonly out: Csr; readonly in: Csr } {
  const edges = upTo(from.length);
  return { out: csrBy(from, edges, nodeCount), in: csrBy(to, edges, nodeCount) };
}

function edgesOf(view: GraphView, pipelineCount: number): Pick<GraphModel, 'from' | 'to' | 'edgeKind'> {
  const { writes, reads, direct } = view;
  const dataset = (row: number): number => row + pipelineCount;
  const from = concat(writes.pipeline, reads.dataset.map(dataset), direct.from);
  const edgeKind = new Uint8Array(from.length).fill(EdgeKind.direct);
  edgeKind.fill(EdgeKind.writes, 0, writes.pipeline.length);
  reads.declared.forEach((declared, i) => {
    edgeKind[writes.pipeline.length + i] = declared === 1 ? EdgeKind.reads : EdgeKind.readsUndeclared;
  });
  return { from, to: concat(writes.dataset.map(dataset), reads.pipeline, direct.to), edgeKind };
}

function concat(...parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
