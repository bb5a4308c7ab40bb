// What a pipeline or dataset reaches, and what reaches it, to a depth: for focus in the graph and for "what breaks".
// Nodes are the pipelines, then the datasets. A step is from one pipeline to the next; a dataset between them is free.

import { type Csr, csrBy } from '../model/catalog.ts';

/** Who writes and reads what, by row. */
export interface ImpactEdges {
  readonly pipelines: number;
  readonly datasets: number;
  readonly writes: { readonly pipeline: Int32Array; readonly dataset: Int32Array };
  readonly reads: { readonly pipeline: Int32Array; readonly dataset: Int32Array };
  /** Dependencies between pipelines with no dataset of their own. */
  readonly direct: { readonly from: Int32Array; readonly to: Int32Array };
}

export interface ImpactGraph {
  readonly pipelines: number;
  readonly datasets: number;
  /** By node: the nodes that it feeds. Node `pipelines + d` is dataset d. */
  readonly downstream: Csr;
  /** By node: the nodes that feed it. */
  readonly upstream: Csr;
}

export const datasetNode = (graph: Pick<ImpactGraph, 'pipelines'>, dataset: number): number =>
  graph.pipelines + dataset;

export function impactGraph(edges: ImpactEdges): ImpactGraph {
  const { pipelines, datasets, writes, reads, direct } = edges;
  const from = [...writes.pipeline, ...reads.dataset.map((d) => pipelines + d), ...direct.from];
  const to = [...writes.dataset.map((d) => pipelines + d), ...reads.pipeline, ...direct.to];
  const nodes = pipelines + datasets;
  return { pipelines, datasets, downstream: csrBy(from, to, nodes), upstream: csrBy(to, from, nodes) };
}

/** Everything is reached. */
export const ANY_DEPTH = 0x7fff_ffff;

/**
 * By node: in how many steps it is reached from the starts, 0 for a start itself (and for a dataset next to it), -1
 * when it is not within `depthMax` steps. A dataset counts with the pipeline that comes before it on the way.
 */
export function reachedFrom(
  graph: ImpactGraph,
  direction: 'upstream' | 'downstream',
  starts: readonly number[],
  depthMax: number = ANY_DEPTH,
): Int32Array {
  const { offsets, values } = graph[direction];
  const depth = new Int32Array(graph.pipelines + graph.datasets).fill(-1);
  let level = Int32Array.from(new Set(starts));
  for (const node of level) depth[node] = 0;
  for (let steps = 0; level.length > 0; steps++) {
    const next: number[] = [];
    // Grows while it is walked: datasets join the level of the pipeline before them.
    const queue = Array.from(level);
    for (const node of queue) {
      for (let i = offsets[node]; i < offsets[node + 1]; i++) {
        const target = values[i];
        if (depth[target] !== -1) continue;
        const isDataset = target >= graph.pipelines;
        if (!isDataset && steps >= depthMax) continue;
        depth[target] = isDataset ? steps : steps + 1;
        (isDataset ? queue : next).push(target);
      }
    }
    level = Int32Array.from(next);
  }
  return depth;
}

export interface Focus {
  readonly nodes: readonly number[];
  /** -1 for nothing in that direction; ANY_DEPTH for all. */
  readonly upstreamDepth: number;
  readonly downstreamDepth: number;
}

/** By node: 1 when it belongs to the focus (its nodes and what they reach in either direction to a depth). */
export function focusNodes(graph: ImpactGraph, focus: Focus): Uint8Array {
  const out = new Uint8Array(graph.pipelines + graph.datasets);
  for (const node of focus.nodes) out[node] = 1;
  const mark = (direction: 'upstream' | 'downstream', depthMax: number): void => {
    if (depthMax < 0) return;
    reachedFrom(graph, direction, focus.nodes, depthMax).forEach((depth, node) => {
      if (depth >= 0) out[node] = 1;
    });
  };
  mark('upstream', focus.upstreamDepth);
  mark('downstream', focus.downstreamDepth);
  return out;
}
