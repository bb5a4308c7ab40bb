// The keys of the graph screen. A field that is being typed in, a list or a dialog keeps its own keys; arrows are the
// graph's only while nothing else has the focus.

import type { GraphControl } from '../control/graph-control.ts';
import type { Arrow } from '../model/walk.ts';
import { ZOOM_STEP } from '../view/camera.ts';

const FIELDS = 'input, textarea, select, [contenteditable="true"]';
const APART = '[role="dialog"], [role="listbox"], [role="menu"], [cmdk-root]';

const ARROWS: Readonly<Record<string, Arrow>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export interface GraphKeyTargets {
  readonly control: GraphControl;
  /** The drawing and its overlays. */
  readonly main: HTMLElement;
  focusSearch(): void;
}

/** Listens on the page while the screen is shown; returns the way to stop. */
export function listenForGraphKeys(targets: GraphKeyTargets): () => void {
  const page = targets.main.ownerDocument;
  const press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target instanceof Element ? event.target : page.body;
    if (at.closest(FIELDS) || at.closest(APART)) return;
    const isFree = at === page.body || at === page.documentElement || targets.main.contains(at);
    if (run(event.key, targets, isFree)) event.preventDefault();
  };
  page.addEventListener('keydown', press);
  return () => page.removeEventListener('keydown', press);
}

/** Returns whether the key was used. */
function run(key: string, { control, focusSearch }: GraphKeyTargets, isFree: boolean): boolean {
  const { selected, focus } = control.store.getState();
  if (key in ARROWS && isFree) control.walk(ARROWS[key]);
  else if (key === '/') focusSearch();
  else if (key === '+' || key === '=') control.camera.zoom(ZOOM_STEP);
  else if (key === '-') control.camera.zoom(1 / ZOOM_STEP);
  else if (key === '0') control.camera.fit();
  else if (key === 'u' && selected !== null) void control.focus('upstream');
  else if (key === 'd' && selected !== null) void control.focus('downstream');
  else if (key === 'Escape' && focus !== null) void control.clearFocus();
  else if (key === 'Escape' && selected !== null) control.select(null);
  else return false;
  return true;
}
