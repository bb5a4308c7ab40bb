// The rail: every screen that exists, with its word and its key.

import {
  CalendarClock,
  CircleHelp,
  Database,
  FolderInput,
  Gauge,
  House,
  ListOrdered,
  Scaling,
  Waypoints,
} from 'lucide-react';
import { useStore } from 'zustand';
import { SCREEN_TITLES, SCREENS, type Screen } from '../state/screens.ts';
import { useApp } from '../state/use-app.ts';

const ICONS: Readonly<Record<Screen, typeof House>> = {
  home: House,
  graph: Waypoints,
  time: CalendarClock,
  why: CircleHelp,
  sla: Gauge,
  order: ListOrdered,
  fit: Scaling,
  sources: FolderInput,
  sql: Database,
};

export function Rail() {
  const { view } = useApp();
  const screen = useStore(view, (v) => v.screen);
  return (
    <nav className="rail" aria-label="Screens">
      {SCREENS.map((each, i) => {
        const Icon = ICONS[each];
        return (
          <button
            key={each}
            type="button"
            aria-current={each === screen ? 'page' : undefined}
            title={`${SCREEN_TITLES[each]} (${i + 1})`}
            onClick={() => view.setState({ screen: each })}
          >
            <Icon size={17} strokeWidth={1.7} aria-hidden="true" />
            {SCREEN_TITLES[each]}
          </button>
        );
      })}
    </nav>
  );
}
