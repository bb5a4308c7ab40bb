// Shows the chosen screen, or why there is none: the workspace is not read yet, holds no logs, or lacks the log that
// a link names. Screens are loaded when they are first shown; one that fails leaves the frame standing.

import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import { HomeScreen } from '../home/home-screen.tsx';
import { SCREEN_TITLES, type Screen } from '../state/screens.ts';
import { useApp } from '../state/use-app.ts';
import type { ChosenLog } from '../state/workspace.ts';
import { EmptyNotice, ErrorNotice, Loading } from '../widgets/notice.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';

type LogScreen = React.ComponentType<{ log: LogView }>;

const GraphPane = lazy(() => import('../inspector/graph-pane.tsx').then((m) => ({ default: m.GraphPane })));
const TimeScreen = lazy(() => import('../timeline/time-screen.tsx').then((m) => ({ default: m.TimeScreen })));
const SlaScreen = lazy(() => import('../sla/sla-screen.tsx').then((m) => ({ default: m.SlaScreen })));
const OrderScreen = lazy(() => import('../order/order-screen.tsx').then((m) => ({ default: m.OrderScreen })));
const WhyScreen = lazy(() => import('../why/why-screen.tsx').then((m) => ({ default: m.WhyScreen })));
const FitScreen = lazy(() => import('../fit/fit-screen.tsx').then((m) => ({ default: m.FitScreen })));
const SourcesScreen = lazy(() => import('../sources/sources-screen.tsx').then((m) => ({ default: m.SourcesScreen })));

const SqlScreen = lazy(() => import('../sql/sql-screen.tsx').then((m) => ({ default: m.SqlScreen })));

/** Screens of the whole workspace, also where it holds no log. */
const WORKSPACE_SCREENS = { sources: SourcesScreen, sql: SqlScreen };
type WorkspaceScreen = keyof typeof WORKSPACE_SCREENS;

const LOG_SCREENS: Readonly<Record<Exclude<Screen, WorkspaceScreen>, LogScreen>> = {
  home: HomeScreen,
  graph: GraphPane,
  time: TimeScreen,
  why: WhyScreen,
  sla: SlaScreen,
  order: OrderScreen,
  fit: FitScreen,
};

/** Screens whose own first heading is a sentence. */
const HAS_HEADING: ReadonlySet<Screen> = new Set<Screen>(['home', 'order', 'why', 'fit']);

export function ScreenHost({ chosen }: { chosen: ChosenLog | null }) {
  const { view } = useApp();
  const screen = useStore(view, (v) => v.screen);
  return (
    <main className="screen" data-screen={screen} key={screen}>
      {HAS_HEADING.has(screen) ? null : <h1 className="unseen">{SCREEN_TITLES[screen]}</h1>}
      <ScreenBoundary>
        <Suspense fallback={null}>
          {isOfWorkspace(screen) ? (
            <WorkspaceScreenHost screen={screen} />
          ) : (
            <LogScreenHost screen={screen} chosen={chosen} />
          )}
        </Suspense>
      </ScreenBoundary>
    </main>
  );
}

const isOfWorkspace = (screen: Screen): screen is WorkspaceScreen => Object.hasOwn(WORKSPACE_SCREENS, screen);

function WorkspaceScreenHost({ screen }: { screen: WorkspaceScreen }) {
  const Shown = WORKSPACE_SCREENS[screen];
  return <Shown />;
}

function LogScreenHost({ screen, chosen }: { screen: Exclude<Screen, WorkspaceScreen>; chosen: ChosenLog | null }) {
  const { workspace, view } = useApp();
  const state = useStore(workspace);
  if (state.status === 'error') {
    return <ErrorNotice what="The workspace cannot be read" error={state.error} onRetry={workspace.refresh} />;
  }
  if (!chosen) {
    return (
      <div className="screen-wait">
        <Loading what="the workspace" lines={6} />
      </div>
    );
  }
  if (chosen.kind === 'none') return <NoLogs />;
  if (chosen.kind === 'missing') {
    return (
      <EmptyNotice title={`There is no log ${chosen.name} in this workspace`}>
        <p className="dim">The link was made in another workspace, or the log was removed.</p>
        <button type="button" className="button primary" onClick={() => view.setState({ log: null })}>
          Show the logs that are here
        </button>
      </EmptyNotice>
    );
  }
  const Shown = LOG_SCREENS[screen];
  return <Shown log={chosen.log} />;
}

function NoLogs() {
  const { view } = useApp();
  return (
    <EmptyNotice title="This workspace holds no logs yet">
      <p className="dim">
        A log is what happened in a night: OpenLineage events, or a reference-day folder. Import one, and every screen
        fills.
      </p>
      <button type="button" className="button primary" onClick={() => view.setState({ screen: 'sources' })}>
        Import a log
      </button>
    </EmptyNotice>
  );
}
