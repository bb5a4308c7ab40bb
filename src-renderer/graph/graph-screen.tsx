// The Graph screen: pipelines and datasets of one log, coloured as of the cursor. A thin skin: what happens is in
// control/, what moves is in view/, what is painted is in paint/.

import './graph.css';
import './ui/overlays.css';
import './ui/panel.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { GraphView } from '../../shared/api/views.ts';
import { inNextTask } from '../widgets/next-task.ts';
import { GraphControl } from './control/graph-control.ts';
import { Announcer } from './ui/announcer.tsx';
import { ControlContext, useGraph } from './ui/control-context.ts';
import { DatasetPanel } from './ui/dataset-panel.tsx';
import { EmptyGraph } from './ui/empty-graph.tsx';
import { FocusButtons } from './ui/focus-buttons.tsx';
import { FocusChip } from './ui/focus-chip.tsx';
import { listenForGraphKeys } from './ui/graph-keys.ts';
import { GraphStage } from './ui/graph-stage.tsx';
import { Legend } from './ui/legend.tsx';
import { SearchBox } from './ui/search-box.tsx';
import { SidePanel } from './ui/side-panel.tsx';
import { ZoomButtons } from './ui/zoom-buttons.tsx';
import { browserClock } from './view/browser-clock.ts';

export interface GraphScreenProps {
  readonly graph: GraphView;
  /** A State of shared/analysis/state-at by pipeline, as of the cursor; null when nothing is known. */
  readonly pipelineState: Uint8Array | null;
  /** Another number whenever the array's content changed. */
  readonly stateVersion: number;
  /** By row of the view's datasets: how full, as of the cursor; null when nothing is known. */
  readonly fills?: ReadonlyMap<number, number> | null;
  /** A pipeline. */
  readonly selection: number | null;
  readonly onSelect: (pipeline: number | null) => void;
  /** Shown on the right. */
  readonly inspector: ReactNode;
  readonly theme: 'light' | 'dark';
}

export function GraphScreen(props: GraphScreenProps) {
  const { graph } = props;
  const isEmpty = graph.pipelines.name.length + graph.datasets.name.length === 0;
  return isEmpty ? <EmptyGraph /> : <Graph {...props} />;
}

function Graph(props: GraphScreenProps) {
  const { inspector, theme } = props;
  const control = useGraphControl(props);
  const main = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!main.current) return;
    return listenForGraphKeys({ control, main: main.current, focusSearch: () => field.current?.focus() });
  }, [control]);
  const leaveSearch = (): void => main.current?.querySelector<HTMLElement>('.graph-surface')?.focus();
  return (
    <ControlContext value={control}>
      <div className="graph-screen" data-testid="graph-screen">
        <div className="graph-main" ref={main}>
          <GraphStage theme={theme} />
          <div className="graph-toolbar">
            <SearchBox field={field} onLeave={leaveSearch} />
            <FocusButtons />
            <FocusChip />
          </div>
          <Legend />
          <ZoomButtons />
          <Announcer />
        </div>
        <Side inspector={inspector} />
      </div>
    </ControlContext>
  );
}

function Side({ inspector }: { inspector: ReactNode }) {
  const dataset = useGraph(({ selected, model }) =>
    selected !== null && model && selected >= model.pipelineCount ? selected : null,
  );
  if (dataset === null && (inspector === null || inspector === undefined)) return null;
  return <SidePanel>{dataset === null ? inspector : <DatasetPanel node={dataset} />}</SidePanel>;
}

function useGraphControl(props: GraphScreenProps): GraphControl {
  const { graph, pipelineState, stateVersion, selection, onSelect, fills = null } = props;
  const [control] = useState(
    () => new GraphControl(browserClock, !matchMedia('(prefers-reduced-motion: reduce)').matches),
  );
  useEffect(() => control.setOnSelect(onSelect), [control, onSelect]);
  useEffect(() => control.setStates(pipelineState, stateVersion), [control, pipelineState, stateVersion]);
  useEffect(() => {
    if (fills) control.setFills(fills);
  }, [control, fills]);
  useEffect(() => control.setSelection(selection), [control, selection]);
  useEffect(() => {
    // The screen is mounted in the task before.
    const stop = inNextTask(() => void control.setGraph(graph));
    return () => {
      stop();
      control.cancel();
    };
  }, [control, graph]);
  return control;
}
