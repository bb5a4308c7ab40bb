// A pipeline by name: its name where that is unique in the log, else `namespace/name`. What a deep link holds.

import type { GraphView } from '../../shared/api/views.ts';

export interface PipelineKeys {
  keyOf(pipeline: number): string;
  /** The row of a key in this log, or null. */
  find(key: string): number | null;
}

export function pipelineKeys(pipelines: Pick<GraphView['pipelines'], 'namespace' | 'name'>): PipelineKeys {
  const { namespace, name } = pipelines;
  const uses = new Map<string, number>();
  for (const text of name) uses.set(text, (uses.get(text) ?? 0) + 1);
  const keyOf = (row: number): string => (uses.get(name[row]) === 1 ? name[row] : `${namespace[row]}/${name[row]}`);
  const rows = new Map<string, number>();
  for (let row = 0; row < name.length; row++) rows.set(keyOf(row), row);
  return { keyOf, find: (key) => rows.get(key) ?? null };
}
