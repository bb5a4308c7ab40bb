// Which group a node is drawn in. A pipeline has a domain. A dataset stands with who writes it (the first by row);
// without a writer, with most of its readers; without either, in a group of its own kind.

import type { GraphView } from '../../../shared/api/views.ts';
import { Interner } from '../../../shared/base/interner.ts';

/** The group of pipelines without a domain, and of datasets that nothing writes or reads. */
export const NO_DOMAIN = 'no domain';

export interface Grouping {
  readonly group: Int32Array;
  readonly names: readonly string[];
}

export function groupNodes(view: GraphView): Grouping {
  const groups = new Interner();
  const pipelineCount = view.pipelines.name.length;
  const group = new Int32Array(pipelineCount + view.datasets.name.length).fill(-1);
  view.pipelines.domain.forEach((domain, pipeline) => {
    group[pipeline] = groups.intern(domain === '' ? NO_DOMAIN : domain);
  });
  const { writes } = view;
  for (let i = writes.pipeline.length - 1; i >= 0; i--) {
    group[pipelineCount + writes.dataset[i]] = group[writes.pipeline[i]];
  }
  joinReaders(view, group, pipelineCount, groups.size);
  for (let node = pipelineCount; node < group.length; node++) {
    if (group[node] < 0) group[node] = groups.intern(NO_DOMAIN);
  }
  return { group, names: groups.texts };
}

/** Puts each dataset that has no group yet with the group that reads it most; ties go to the smaller group row. */
function joinReaders(view: GraphView, group: Int32Array, pipelineCount: number, groupCount: number): void {
  const { reads } = view;
  const votes = new Map<number, number>();
  for (let i = 0; i < reads.pipeline.length; i++) {
    if (group[pipelineCount + reads.dataset[i]] >= 0) continue;
    const pair = reads.dataset[i] * groupCount + group[reads.pipeline[i]];
    votes.set(pair, (votes.get(pair) ?? 0) + 1);
  }
  const most = new Map<number, number>();
  for (const pair of [...votes.keys()].sort((a, b) => a - b)) {
    const dataset = Math.floor(pair / groupCount);
    const count = votes.get(pair) ?? 0;
    if (count <= (most.get(dataset) ?? 0)) continue;
    most.set(dataset, count);
    group[pipelineCount + dataset] = pair % groupCount;
  }
}
