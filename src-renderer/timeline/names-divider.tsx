// The edge between names and bars: pulled, or moved by arrow keys; a double press or Enter makes the names fit again.

import type { KeyboardEvent, PointerEvent } from 'react';
import { useStore } from 'zustand';
import { NAMES_PX_MIN, NAMES_STEP_PX, namesPxMax } from './names-width.ts';
import type { TimelineStore } from './timeline-store.ts';

export function NamesDivider({ store, onResize }: { store: TimelineStore; onResize: (px: number | null) => void }) {
  const namesPx = useStore(store, (s) => s.namesPx);
  const widthPx = useStore(store, (s) => s.viewport.widthPx);
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onResize(event.clientX - (event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0));
  };
  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -NAMES_STEP_PX, ArrowRight: NAMES_STEP_PX };
    if (event.key === 'Enter') onResize(null);
    else if (event.key in steps) onResize(namesPx + steps[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="timeline-divider"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the names"
      aria-valuenow={namesPx}
      aria-valuemin={NAMES_PX_MIN}
      aria-valuemax={namesPxMax(namesPx + widthPx)}
      tabIndex={0}
      title="Pull to resize, double press to fit the names"
      style={{ left: namesPx }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={move}
      onDoubleClick={() => onResize(null)}
      onKeyDown={press}
    />
  );
}
