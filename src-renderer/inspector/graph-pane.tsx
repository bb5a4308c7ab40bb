// The Graph screen: the drawing of src-renderer/graph with what this page knows: the states as of the cursor, the
// selection and the inspector.

import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import { GraphScreen } from '../graph/graph-screen.tsx';
import { useDatasetFills } from '../state/dataset-fills.ts';
import { usePipelineStates } from '../state/pipeline-states.ts';
import { useSelection } from '../state/selection.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { EmptyNotice, ErrorNotice, Loading } from '../widgets/notice.tsx';
import { Inspector } from './inspector.tsx';

export function GraphPane({ log }: { log: LogView }) {
  const { resources, theme } = useApp();
  const state = useResource('log.graph', { log: log.name });
  const shown = useStore(theme, (s) => s.theme);
  const { pipeline, select } = useSelection(log);
  const graph = state.status === 'ready' ? state.value : null;
  const { states, version } = usePipelineStates(log, graph ? graph.pipelines.name.length : null);
  const fills = useDatasetFills(log);
  if (state.status === 'error') {
    const retry = (): void => resources.retry('log.graph', { log: log.name });
    return <ErrorNotice what="The graph cannot be shown" error={state.error} onRetry={retry} />;
  }
  if (!graph) {
    return (
      <div className="screen-wait">
        <Loading what="the graph" lines={8} />
      </div>
    );
  }
  if (graph.pipelines.name.length === 0) return <EmptyNotice title="This log names no pipeline" />;
  return (
    <GraphScreen
      key={log.name}
      graph={graph}
      pipelineState={states}
      stateVersion={version}
      fills={fills}
      selection={pipeline}
      onSelect={select}
      inspector={<Inspector log={log} />}
      theme={shown}
    />
  );
}
