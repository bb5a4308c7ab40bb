// The selected pipeline: a name in the view, a row in the log that is looked at. The same name selects in every log.

import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { GraphView, LogView } from '../../shared/api/views.ts';
import { type PipelineKeys, pipelineKeys } from './pipeline-key.ts';
import { useApp, useResource } from './use-app.ts';

const cache = new WeakMap<GraphView['pipelines'], PipelineKeys>();

export function keysOf(graph: Pick<GraphView, 'pipelines'>): PipelineKeys {
  let keys = cache.get(graph.pipelines);
  if (!keys) cache.set(graph.pipelines, (keys = pipelineKeys(graph.pipelines)));
  return keys;
}

export interface Selection {
  readonly graph: GraphView | null;
  /** The row in this log; null when none is selected or this log does not have it. */
  readonly pipeline: number | null;
  /** What is selected by name, whether this log has it or not. */
  readonly key: string | null;
  select(pipeline: number | null): void;
}

export function useSelection(log: LogView | null): Selection {
  const { view } = useApp();
  const state = useResource('log.graph', log ? { log: log.name } : null);
  const key = useStore(view, (v) => v.pipeline);
  const graph = state.status === 'ready' ? state.value : null;
  return useMemo(
    () => ({
      graph,
      key,
      pipeline: graph && key !== null ? keysOf(graph).find(key) : null,
      select: (pipeline) =>
        view.setState({ pipeline: graph && pipeline !== null ? keysOf(graph).keyOf(pipeline) : null }),
    }),
    [graph, key, view],
  );
}
