// The part of the graph that is shown, and the way back to the whole.

import { X } from 'lucide-react';
import type { FocusState } from '../control/graph-state.ts';
import type { GraphModel } from '../model/graph-model.ts';
import type { Direction } from '../model/reach.ts';
import { useControl, useGraph } from './control-context.ts';

const PREFIX: Readonly<Record<Direction, string>> = {
  upstream: 'upstream of',
  downstream: 'downstream of',
  both: 'lineage of',
};

export function FocusChip() {
  const control = useControl();
  const focus = useGraph((state) => state.focus);
  const model = useGraph((state) => state.model);
  if (!focus || !model) return null;
  return (
    <div className="graph-chip" data-testid="graph-focus-chip">
      <span className="dim">{PREFIX[focus.direction]}</span>
      <b className="mono">{model.name[focus.node]}</b>
      <span className="graph-chip-count">{countText(model, focus)}</span>
      <button
        type="button"
        aria-label="Show the whole graph"
        title="Show the whole graph (Esc)"
        onClick={() => void control.clearFocus()}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

/** `14 of 2,000 pipelines` */
export const countText = (model: GraphModel, focus: FocusState): string =>
  `${focus.pipelineCount.toLocaleString('en')} of ${model.pipelineCount.toLocaleString('en')} pipelines`;

export const focusText = (model: GraphModel, focus: FocusState): string =>
  `Showing ${PREFIX[focus.direction]} ${model.name[focus.node]}: ${countText(model, focus)}`;
