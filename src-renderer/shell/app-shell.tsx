// The frame that is always there: top bar, rail, screen, time bar, and the panels above them. It owns the keyboard.

import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import { useApp, useChosenLog, useResource } from '../state/use-app.ts';
import { commandsOf } from './commands.ts';
import { ConnectionStrip } from './connection-strip.tsx';
import { listenForKeys } from './keymap.ts';
import { Rail } from './rail.tsx';
import { ScreenHost } from './screen-host.tsx';
import { TimeBar } from './time-bar.tsx';
import { TopBar } from './top-bar.tsx';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const Help = lazy(() => import('./help.tsx').then((module) => ({ default: module.Help })));

export function AppShell() {
  const chosen = useChosenLog();
  const log = chosen?.kind === 'log' ? chosen.log : null;
  useKeys();
  usePlayedSpan(log);
  useTitle(log);
  return (
    <div className="shell">
      <TopBar log={log} />
      <ConnectionStrip />
      <Rail />
      <ScreenHost chosen={chosen} />
      <TimeBar log={log} />
      <Overlays log={log} />
    </div>
  );
}

function Overlays({ log }: { log: LogView | null }) {
  const { overlay } = useApp();
  const open = useStore(overlay, (o) => o.open);
  const close = (): void => overlay.setState({ open: null });
  return (
    <Suspense fallback={null}>
      {open === 'palette' ? <Palette log={log} onClose={close} /> : null}
      {open === 'help' ? <Help onClose={close} /> : null}
    </Suspense>
  );
}

function useKeys(): void {
  const app = useApp();
  useEffect(
    () =>
      listenForKeys(
        window,
        () => commandsOf(app),
        () => app.overlay.getState().open !== null,
      ),
    [app],
  );
}

/** The player plays the log that is looked at; a cursor that lies outside of it goes to its end. */
function usePlayedSpan(log: LogView | null): void {
  const { player, cursor } = useApp();
  const timeline = useResource('log.timeline', log ? { log: log.name } : null);
  const span = timeline.status === 'ready' ? timeline.value : null;
  useEffect(() => {
    player.setSpan(span && span.toUs > span.fromUs ? span : null);
    const { us } = cursor.getState();
    if (span && us !== null && (us < span.fromUs || us >= span.toUs)) cursor.setState({ us: null });
  }, [player, cursor, span]);
}

function useTitle(log: LogView | null): void {
  useEffect(() => {
    document.title = log ? `${log.name} · Landfall` : 'Landfall';
  }, [log]);
}
