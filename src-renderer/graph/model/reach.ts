// A focus: one node with what feeds it, what it feeds, or both, however far.

import { ANY_DEPTH, focusNodes, type ImpactGraph, impactGraph } from '../../../shared/analysis/impact.ts';
import type { GraphView } from '../../../shared/api/views.ts';

export type Direction = 'upstream' | 'downstream' | 'both';

/** Its nodes are those of the view's graph model: pipelines, then datasets. */
export const impactOf = (view: GraphView): ImpactGraph =>
  impactGraph({ ...view, pipelines: view.pipelines.name.length, datasets: view.datasets.name.length });

/** 1 for the node itself and for all that it reaches in a direction. */
export const reachOf = (graph: ImpactGraph, node: number, direction: Direction): Uint8Array =>
  focusNodes(graph, {
    nodes: [node],
    upstreamDepth: direction === 'downstream' ? -1 : ANY_DEPTH,
    downstreamDepth: direction === 'upstream' ? -1 : ANY_DEPTH,
  });
