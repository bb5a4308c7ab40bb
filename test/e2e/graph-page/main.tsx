// A page with nothing but the graph screen, over a generated company. `?pipelines=N` sets its size, `?theme=dark` its
// theme. What the screen tells its owner is kept on the window for the test to read.

import '../../../src-renderer/theme/tokens.css';
import '../../../src-renderer/theme/base.css';
import '../../../src-renderer/widgets/widgets.css';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { State } from '../../../shared/analysis/state-at.ts';
import { GraphScreen } from '../../../src-renderer/graph/graph-screen.tsx';
import { sampleGraph } from '../../src-renderer/graph/sample-graph.ts';

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
document.documentElement.dataset['theme'] = theme;
const graph = sampleGraph({ seed: 1, pipelines: Number(asked.get('pipelines') ?? 2_000) });
const states = Uint8Array.from(graph.pipelines.name, (_, i) => i % Object.keys(State).length);

function Page() {
  const [selection, setSelection] = useState<number | null>(null);
  const name = selection === null ? 'nothing' : graph.pipelines.name[selection];
  return (
    <GraphScreen
      graph={graph}
      pipelineState={states}
      stateVersion={0}
      selection={selection}
      onSelect={setSelection}
      inspector={<p data-testid="told">{name}</p>}
      theme={theme}
    />
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
