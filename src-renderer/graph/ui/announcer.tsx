// Says aloud what is selected and what is in focus.

import { stateWord } from '../model/pipeline-state.ts';
import { useGraph } from './control-context.ts';
import { focusText } from './focus-chip.tsx';
import { nodeLabel } from './stage-label.ts';

export function Announcer() {
  const text = useGraph(({ model, selected, scene, states, focus }) => {
    if (!model) return '';
    const said = focus ? [focusText(model, focus)] : [];
    const local = selected === null || !scene ? -1 : scene.local[selected];
    if (selected !== null) said.push(nodeLabel(model, selected, local < 0 ? null : stateWord(states[local])));
    return said.join('. ');
  });
  return (
    <div className="unseen" role="status" aria-live="polite" data-testid="graph-announcer">
      {text}
    </div>
  );
}
