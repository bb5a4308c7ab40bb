// The panel on the right: never modal, as wide as one pulls it, and it can be put away. Width and presence are kept
// while the page lives.

import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { firstWidth, PANEL_STEP, panelWidth } from './panel-width.ts';

let kept: { readonly width: number; readonly isOpen: boolean } | null = null;

export function SidePanel({ children }: { children: ReactNode }) {
  const [state, setState] = useState(kept ?? { width: firstWidth(innerWidth), isOpen: true });
  const { width, isOpen } = state;
  const panel = useRef<HTMLDivElement>(null);
  const change = (next: Partial<typeof state>): void => {
    kept = { ...state, ...next };
    setState(kept);
  };
  const resize = (wanted: number): void => {
    const room = panel.current?.parentElement?.clientWidth ?? Number.POSITIVE_INFINITY;
    change({ width: panelWidth(wanted, room) });
  };
  const label = isOpen ? 'Hide the details' : 'Show the details';
  const Icon = isOpen ? PanelRightClose : PanelRightOpen;
  return (
    <>
      <div className="graph-panel-anchor">
        <button
          type="button"
          className="graph-panel-toggle"
          aria-label={label}
          title={label}
          aria-expanded={isOpen}
          onClick={() => change({ isOpen: !isOpen })}
        >
          <Icon size={15} aria-hidden="true" />
        </button>
      </div>
      {isOpen ? (
        <div className="graph-panel" ref={panel} style={{ width }} data-testid="graph-panel">
          <Divider width={width} onResize={resize} />
          <div className="graph-panel-content">{children}</div>
        </div>
      ) : null}
    </>
  );
}

function Divider({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0;
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onResize(right - event.clientX);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    onResize(width + (event.key === 'ArrowLeft' ? PANEL_STEP : -PANEL_STEP));
  };
  return (
    <div
      className="graph-panel-divider"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the details"
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={move}
      onKeyDown={press}
    />
  );
}
