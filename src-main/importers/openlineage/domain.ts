// The group that a pipeline is drawn in: its namespace, which is who owns it as OpenLineage means it. Producers that
// were never told a namespace send a stock one; there the prefix of the name groups, where at least two share it.

import type { NamedThing } from './lineage-event.ts';

/** What clients send when nobody configured a namespace. */
const STOCK_NAMESPACES = new Set(['', 'default', 'airflow']);

/** The group of each pipeline, in the given order. */
export function domainsOf(pipelines: readonly Pick<NamedThing, 'namespace' | 'name'>[]): string[] {
  const shared = new Map<string, number>();
  for (const pipeline of pipelines) {
    const key = prefixKey(pipeline);
    shared.set(key, (shared.get(key) ?? 0) + 1);
  }
  return pipelines.map((pipeline) => {
    if (!STOCK_NAMESPACES.has(pipeline.namespace)) return pipeline.namespace;
    const prefix = prefixOf(pipeline.name);
    return prefix !== '' && (shared.get(prefixKey(pipeline)) ?? 0) > 1 ? prefix : pipeline.namespace;
  });
}

const prefixKey = ({ namespace, name }: Pick<NamedThing, 'namespace' | 'name'>): string =>
  `${namespace} ${prefixOf(name)}`;

/** Up to the first dot, underscore or dash; "" when there is none. */
function prefixOf(name: string): string {
  const end = name.search(/[._-]/);
  return end > 0 ? name.slice(0, end) : '';
}
