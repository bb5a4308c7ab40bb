// The keys and what they do, from the same list of commands that the keyboard runs; plus those of graph and timeline.

import { useApp } from '../state/use-app.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { commandsOf } from './commands.ts';
import { keyText } from './key-text.ts';

const GRAPH_KEYS = [
  ['/', 'Search in the graph'],
  ['u', 'Focus what is upstream of the selection'],
  ['d', 'Focus what is downstream of it'],
  ['← → ↑ ↓', 'Walk along the edges'],
  ['0', 'Fit everything'],
  ['+ −', 'Zoom; Ctrl and wheel too'],
] as const;

const TIMELINE_KEYS = [
  ['↑ ↓', 'Walk the rows'],
  ['Enter', 'Open the row in the inspector'],
  ['← →', 'Move the window'],
  ['+ −', 'Zoom; Ctrl and wheel too'],
  ['0', 'Fit the whole log'],
  ['e', 'Show or hide the tasks of the row'],
  ['z', 'Zoom to the row'],
  ['m', 'Mark: twice gives statistics of the range'],
] as const;

const SQL_KEYS = [
  ['e', 'Write the query'],
  ['Ctrl ↵', 'Run it; Esc cancels, and leaves the text'],
  ['Alt ↑ ↓', 'Earlier queries'],
  ['/', 'Filter the tables; Enter puts a name into the query'],
  ['← → ↑ ↓', 'Walk the cells; Ctrl C copies one'],
] as const;

export function Help({ onClose }: { onClose: () => void }) {
  const commands = commandsOf(useApp()).flatMap(({ keys, title }) => (keys ? [[keyText(keys), title] as const] : []));
  return (
    <Dialog label="Keys and what they do" className="help" onClose={onClose}>
      <div className="help-columns">
        <div>
          <KeyList title="Everywhere" keys={commands} />
          <KeyList title="SQL" keys={SQL_KEYS} />
        </div>
        <div>
          <KeyList title="Graph" keys={GRAPH_KEYS} />
          <KeyList title="Timeline" keys={TIMELINE_KEYS} />
        </div>
      </div>
      <button type="button" className="button" onClick={onClose}>
        Close
      </button>
    </Dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
