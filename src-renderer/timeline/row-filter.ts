// Which pipelines the rows show: all, or what the selection reaches along datasets and direct dependencies.

import { type ImpactGraph, impactGraph, reachedFrom } from '../../shared/analysis/impact.ts';
import type { GraphView } from '../../shared/api/views.ts';

export const ROW_FILTERS = ['all', 'selected', 'upstream', 'downstream', 'both'] as const;
export type RowFilter = (typeof ROW_FILTERS)[number];

/** The pipelines to show, or null for all of them. The selection itself is always among them. */
export function shownPipelines(
  graph: GraphView,
  filter: RowFilter,
  selected: number | null,
): ReadonlySet<number> | null {
  if (filter === 'all' || selected === null) return null;
  const shown = new Set([selected]);
  if (filter === 'selected') return shown;
  const impact = impactOf(graph);
  if (filter !== 'downstream') addReached(impact, 'upstream', selected, shown);
  if (filter !== 'upstream') addReached(impact, 'downstream', selected, shown);
  return shown;
}

function addReached(
  impact: ImpactGraph,
  direction: 'upstream' | 'downstream',
  selected: number,
  shown: Set<number>,
): void {
  const depth = reachedFrom(impact, direction, [selected]);
  for (let pipeline = 0; pipeline < impact.pipelines; pipeline++) if (depth[pipeline] >= 0) shown.add(pipeline);
}

const cache = new WeakMap<GraphView, ImpactGraph>();

function impactOf(graph: GraphView): ImpactGraph {
  const known = cache.get(graph);
  if (known) return known;
  const { pipelines, datasets, writes, reads, direct } = graph;
  const counts = { pipelines: pipelines.name.length, datasets: datasets.name.length };
  const impact = impactGraph({ ...counts, writes, reads, direct });
  cache.set(graph, impact);
  return impact;
}
