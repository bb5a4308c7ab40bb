// Every command of the workbench as data: the palette lists them, the keyboard runs them, the help shows them. A
// button somewhere is a second way to one of these, never the only way.

import { examplesOf } from '../sql/examples.ts';
import type { App } from '../state/app.ts';
import { cursorIn, moveCursor } from '../state/cursor.ts';
import { SPEEDS } from '../state/player.ts';
import { readOf } from '../state/read-of.ts';
import { SCREEN_QUESTIONS, SCREEN_TITLES, SCREENS } from '../state/screens.ts';
import { keysOf } from '../state/selection.ts';
import { askSql } from '../state/sql-in-step.ts';
import { nextStep, stepTimes } from '../state/steps.ts';
import { chooseTheme, THEME_CHOICES } from '../state/theme.ts';
import { chooseLog } from '../state/workspace.ts';

export interface Command {
  readonly id: string;
  readonly group: 'Go to' | 'Why' | 'SQL' | 'Time' | 'Log' | 'View';
  readonly title: string;
  /** As KeyboardEvent.key; `Mod+k` is Ctrl or Cmd. */
  readonly keys?: string;
  run(): void;
}

export function commandsOf(app: App): Command[] {
  return [
    ...screenCommands(app),
    ...whyCommands(app),
    ...sqlCommands(app),
    ...timeCommands(app),
    ...logCommands(app),
    ...viewCommands(app),
  ];
}

function screenCommands({ view }: App): Command[] {
  return SCREENS.map((screen, i) => ({
    id: `go-${screen}`,
    group: 'Go to',
    title: SCREEN_QUESTIONS[screen] ? `${SCREEN_TITLES[screen]}: ${SCREEN_QUESTIONS[screen]}` : SCREEN_TITLES[screen],
    keys: String(i + 1),
    run: () => view.setState({ screen }),
  }));
}

/** Why, of each deliverable of the night, latest first. None while the night is not loaded. */
function whyCommands(app: App): Command[] {
  const log = chosenName(app);
  const night = log === null ? null : readOf(app.resources, 'night.get', { log });
  return (night?.deliverables ?? []).map(({ taskRun, dataset, label }) => ({
    id: `why-${taskRun}`,
    group: 'Why',
    title: `Why ${dataset || label}`,
    run: () => app.view.setState({ screen: 'why', subject: dataset || label }),
  }));
}

/** The ready-made queries. */
function sqlCommands(app: App): Command[] {
  return examplesOf(chosenName(app)).flatMap(({ title, examples }) =>
    examples.map(
      (example): Command => ({
        id: `sql-${example.id}`,
        group: 'SQL',
        title: `${example.title} (SQL, ${title})`,
        run: () => askSql(app, example.sql),
      }),
    ),
  );
}

function timeCommands(app: App): Command[] {
  const { player } = app;
  const faster = (by: number) => (): void => {
    const at = SPEEDS.indexOf(player.store.getState().speed) + by;
    player.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at))]);
  };
  return [
    { id: 'play', group: 'Time', title: 'Play or pause', keys: ' ', run: player.toggle },
    { id: 'step-back', group: 'Time', title: 'Step to the event before', keys: '[', run: () => step(app, -1) },
    { id: 'step-on', group: 'Time', title: 'Step to the next event', keys: ']', run: () => step(app, 1) },
    { id: 'faster', group: 'Time', title: 'Play faster', keys: '>', run: faster(1) },
    { id: 'slower', group: 'Time', title: 'Play slower', keys: '<', run: faster(-1) },
    { id: 'to-start', group: 'Time', title: 'Cursor to the start of the log', run: () => toEnd(app, 'start') },
    { id: 'to-end', group: 'Time', title: 'Cursor to the end of the log', run: () => toEnd(app, 'end') },
  ];
}

/** To the next event of the selected pipeline, of any one when none is selected. */
function step(app: App, direction: -1 | 1): void {
  const log = chosenName(app);
  if (log === null) return;
  const timeline = readOf(app.resources, 'log.timeline', { log });
  const graph = readOf(app.resources, 'log.graph', { log });
  if (!timeline) return;
  app.player.pause();
  const key = app.view.getState().pipeline;
  const pipeline = graph && key !== null ? (keysOf(graph).find(key) ?? -1) : -1;
  const us = nextStep(stepTimes(timeline, pipeline), cursorIn(app.cursor.getState(), timeline), direction);
  if (us !== null) moveCursor(app.cursor, timeline, us);
}

function toEnd(app: App, end: 'start' | 'end'): void {
  const log = chosenName(app);
  const timeline = log === null ? null : readOf(app.resources, 'log.timeline', { log });
  if (timeline) moveCursor(app.cursor, timeline, end === 'start' ? timeline.fromUs : timeline.toUs);
}

function logCommands({ workspace, view }: App): Command[] {
  const state = workspace.getState();
  if (state.status !== 'ready') return [];
  return state.value.logs.map((log) => ({
    id: `log-${log.name}`,
    group: 'Log',
    title: `Look at ${log.name} (${log.source})`,
    run: () => view.setState({ log: log.name }),
  }));
}

function viewCommands({ overlay, theme, view }: App): Command[] {
  return [
    {
      id: 'palette',
      group: 'View',
      title: 'Search pipelines and commands',
      keys: 'Mod+k',
      run: () => overlay.setState({ open: 'palette' }),
    },
    {
      id: 'help',
      group: 'View',
      title: 'Keys and what they do',
      keys: '?',
      run: () => overlay.setState({ open: 'help' }),
    },
    {
      id: 'clear',
      group: 'View',
      title: 'Clear the selection',
      keys: 'Escape',
      run: () => view.setState({ pipeline: null }),
    },
    ...THEME_CHOICES.map(
      (choice): Command => ({
        id: `theme-${choice}`,
        group: 'View',
        title: `Theme: ${choice}`,
        run: () => chooseTheme(theme, window, choice),
      }),
    ),
  ];
}

function chosenName({ workspace, view }: App): string | null {
  const state = workspace.getState();
  if (state.status !== 'ready') return null;
  const chosen = chooseLog(state.value.logs, view.getState().log);
  return chosen.kind === 'log' ? chosen.log.name : null;
}
