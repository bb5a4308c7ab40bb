// What can be done with the selected node, so that the keys can be learned where they apply.

import type { Direction } from '../model/reach.ts';
import { useControl, useGraph } from './control-context.ts';

const CHOICES: readonly { readonly direction: Direction; readonly label: string; readonly keys: string }[] = [
  { direction: 'upstream', label: 'Upstream', keys: 'u' },
  { direction: 'downstream', label: 'Downstream', keys: 'd' },
];

export function FocusButtons() {
  const control = useControl();
  const selected = useGraph((state) => state.selected);
  const focus = useGraph((state) => state.focus);
  if (selected === null) return null;
  return (
    <div className="graph-focus-buttons" role="group" aria-label="Show only">
      {CHOICES.map(({ direction, label, keys }) => (
        <button
          key={direction}
          type="button"
          className="graph-chip"
          data-testid={`graph-${direction}`}
          aria-pressed={focus?.direction === direction && focus.node === selected}
          onClick={() => void control.focus(direction)}
        >
          {label} <kbd>{keys}</kbd>
        </button>
      ))}
    </div>
  );
}
