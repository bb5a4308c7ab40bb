// Chooses the log. All logs are listed with their source: reading an observed, a simulated or a counterfactual one is
// the same, and nobody should mistake one for another.

import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import { spanText } from '../state/night.ts';
import { useApp } from '../state/use-app.ts';
import { formatPlural } from '../widgets/format.ts';

export function LogChooser({ log }: { log: LogView | null }) {
  const { workspace, view } = useApp();
  const state = useStore(workspace);
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useCloseOutside(root, isOpen, () => setOpen(false));
  const logs = state.status === 'ready' ? state.value.logs : [];
  const choose = (name: string): void => {
    setOpen(false);
    view.setState({ log: name });
    root.current?.querySelector('button')?.focus();
  };
  return (
    // Keys of the buttons inside bubble up to here.
    <div className="log-chooser" ref={root} onKeyDown={(event) => walkList(event, () => setOpen(false))}>
      <button
        type="button"
        className="chip"
        aria-expanded={isOpen}
        title="Choose a log"
        disabled={logs.length === 0}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="chip-word">log</span> <b className="cut mono">{log?.name ?? 'none'}</b>
        {log ? <span className="log-source">{log.source}</span> : null}
        <span aria-hidden="true">▾</span>
      </button>
      {isOpen ? (
        <ul className="log-list">
          {logs.map((each) => (
            <li key={each.name}>
              <button
                type="button"
                aria-current={each.name === log?.name ? 'true' : undefined}
                onClick={() => choose(each.name)}
              >
                <span className="log-line">
                  <b className="mono">{each.name}</b> <span className="log-source">{each.source}</span>
                </span>
                <span className="dim">
                  {spanText(each)} {each.zone} · {formatPlural(each.taskRuns, 'task run')} ·{' '}
                  {formatPlural(each.pipelines, 'pipeline')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Up and Down walk the buttons, Escape closes. */
function walkList(event: React.KeyboardEvent<HTMLElement>, close: () => void): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (event.key === 'Escape' && buttons.length > 1) {
    event.stopPropagation();
    close();
    buttons[0]?.focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || at < 0) return;
  event.preventDefault();
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}

function useCloseOutside(root: React.RefObject<HTMLElement | null>, isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) close();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  });
}
