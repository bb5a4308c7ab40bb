// What the node under the pointer is, when the drawing is too small to say. Placed by the stage.

import type { RefObject } from 'react';
import { StateMark } from '../../widgets/state-mark.tsx';
import { STATE_MEANINGS, stateWord } from '../model/pipeline-state.ts';
import { noteOf } from '../paint/picture-of.ts';
import { useGraph } from './control-context.ts';

export function HoverCard({ card }: { card: RefObject<HTMLDivElement | null> }) {
  return (
    <div className="graph-hover-card" ref={card} hidden data-testid="graph-hover-card">
      <Content />
    </div>
  );
}

function Content() {
  const hovered = useGraph((state) => state.hovered);
  const scene = useGraph((state) => state.scene);
  const view = useGraph((state) => state.view);
  const state = useGraph((s) => (s.hovered === null ? undefined : s.states[s.hovered]));
  if (hovered === null || !scene || !view) return null;
  const { model } = scene;
  const isPipeline = hovered < model.pipelineCount;
  const meaning = state === undefined ? undefined : STATE_MEANINGS[state];
  return (
    <>
      <div className="mono">{model.name[hovered]}</div>
      <div className="dim">
        {meaning ? <StateMark meaning={meaning} /> : null}
        {[
          meaning && state !== undefined ? stateWord(state) : null,
          isPipeline ? noteOf(view, model.row[hovered]) : 'dataset',
          model.groupNames[model.group[hovered]],
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </div>
    </>
  );
}
