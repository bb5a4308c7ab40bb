// Ways on: from a figure to the screen, pipeline and moment behind it. One place, so that every screen leads the same
// way.

import { useMemo } from 'react';
import type { DeadlineRow } from '../../shared/analysis/attainment.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { App } from './app.ts';
import { moveCursor } from './cursor.ts';
import type { Screen } from './screens.ts';
import { keysOf } from './selection.ts';
import { useApp } from './use-app.ts';

export interface Open {
  screen(screen: Screen): void;
  /** Selects a pipeline and shows it. */
  pipeline(pipeline: number, screen: Screen): void;
  /** The timeline at a moment, with the task run's pipeline selected. */
  taskRun(taskRun: number, atUs: number): void;
  deadline(row: Pick<DeadlineRow, 'taskRun' | 'landedUs' | 'dueUs'>): void;
  /** Why, of a run or a dataset by name. */
  why(subject: string): void;
}

export function useOpen(log: LogView): Open {
  const app = useApp();
  return useMemo(() => openIn(app, log.name), [app, log.name]);
}

function openIn(app: App, log: string): Open {
  const show = async (pipeline: number, screen: Screen, us: number): Promise<void> => {
    const [graph, timeline] = await Promise.all([
      app.resources.whenReady('log.graph', { log }),
      app.resources.whenReady('log.timeline', { log }),
    ]);
    if (Number.isFinite(us)) moveCursor(app.cursor, timeline, us);
    app.view.setState({ screen, pipeline: keysOf(graph).keyOf(pipeline) });
  };
  /** What cannot be loaded is told by the screen itself. */
  const showOr = (screen: Screen, shown: Promise<void>): void => {
    shown.catch(() => app.view.setState({ screen }));
  };
  const taskRun = async (row: number, us: number): Promise<void> => {
    const { task, taskPipeline } = await app.resources.whenReady('log.timeline', { log });
    await show(taskPipeline[task[row]], 'time', us);
  };
  return {
    screen: (screen) => app.view.setState({ screen }),
    pipeline: (pipeline, screen) => showOr(screen, show(pipeline, screen, Number.NaN)),
    taskRun(row, us) {
      if (row >= 0) showOr('time', taskRun(row, us));
      else app.view.setState({ screen: 'time' });
    },
    deadline: ({ taskRun: row, landedUs, dueUs }) =>
      showOr('time', taskRun(row, Number.isFinite(landedUs) ? landedUs : dueUs)),
    why: (subject) => app.view.setState({ screen: 'why', subject }),
  };
}
