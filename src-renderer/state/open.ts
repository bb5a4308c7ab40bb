// Ways on: from a figure to the screen, pipeline and moment behind it. One place, so that every screen leads the same
// way.

import { useMemo } from 'react';
import type { DeadlineRow } from '../../shared/analysis/attainment.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { App } from './app.ts';
import { moveCursor } from './cursor.ts';
import { readOf } from './read-of.ts';
import type { Screen } from './screens.ts';
import { keysOf } from './selection.ts';
import { useApp } from './use-app.ts';

export interface Open {
  screen(screen: Screen): void;
  /** Selects a pipeline and shows it. */
  pipeline(pipeline: number, screen: Screen): void;
  /** The timeline at a moment, with the task run's pipeline selected. */
  taskRun(taskRun: number, atUs: number): void;
  deadline(row: DeadlineRow): void;
}

export function useOpen(log: LogView): Open {
  const app = useApp();
  return useMemo(() => openIn(app, log.name), [app, log.name]);
}

function openIn(app: App, log: string): Open {
  const pipeline = (row: number, screen: Screen): void => {
    const graph = readOf(app.resources, 'log.graph', { log });
    app.view.setState({ screen, ...(graph ? { pipeline: keysOf(graph).keyOf(row) } : {}) });
  };
  const at = (row: number, us: number): void => {
    const timeline = readOf(app.resources, 'log.timeline', { log });
    if (timeline && Number.isFinite(us)) moveCursor(app.cursor, timeline, us);
    pipeline(row, 'time');
  };
  return {
    screen: (screen) => app.view.setState({ screen }),
    pipeline,
    taskRun(taskRun, us) {
      const timeline = readOf(app.resources, 'log.timeline', { log });
      if (timeline && taskRun >= 0) at(timeline.taskPipeline[timeline.task[taskRun]], us);
      else app.view.setState({ screen: 'time' });
    },
    deadline: (row) => at(row.pipeline, Number.isFinite(row.landedUs) ? row.landedUs : row.dueUs),
  };
}
