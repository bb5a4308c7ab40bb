// What the drawing is, in words, for who cannot see it.

import type { GraphModel } from '../model/graph-model.ts';

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

/** `Graph of 2,000 pipelines and 2,481 datasets in 8 domains. …` */
export function stageLabel(model: GraphModel): string {
  const pipelines = counted(model.pipelineCount, 'pipeline', 'pipelines');
  const datasets = counted(model.nodeCount - model.pipelineCount, 'dataset', 'datasets');
  const domains = counted(model.groupNames.length, 'domain', 'domains');
  return `Graph of ${pipelines} and ${datasets} in ${domains}. Arrow keys walk along edges, slash searches.`;
}

/** What is said when a node is selected: `features.user_daily, pipeline in features, running; fed by 3, feeds 1`. */
export function nodeLabel(model: GraphModel, node: number, state: string | null): string {
  const kind = node < model.pipelineCount ? 'pipeline' : 'dataset';
  const fedBy = model.in.offsets[node + 1] - model.in.offsets[node];
  const feeds = model.out.offsets[node + 1] - model.out.offsets[node];
  const facts = [`${kind} in ${model.groupNames[model.group[node]]}`, ...(state === null ? [] : [state])].join(', ');
  return `${model.name[node]}, ${facts}; fed by ${fedBy}, feeds ${feeds}`;
}
