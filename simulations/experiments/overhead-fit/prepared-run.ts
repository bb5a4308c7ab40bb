// A measured workflow with everything computed that does not depend on who learns from whom: its shape, and what the
// simulator says of it under every setting of the grid. The measured makespan is kept apart from both.

import type { MeasuredWorkflow } from '../../../shared/model/measured-workflow.ts';
import { simulateGrid } from './overhead-grid.ts';
import { shapeOf, type WorkflowShape } from './workflow-shape.ts';

/** What is known of a run before anybody has looked at the clock. */
export interface RunToPredict {
  readonly executedAtMs: number;
  readonly shape: WorkflowShape;
  /** By setting of OVERHEAD_GRID, milliseconds. */
  readonly simulatedMs: Float64Array;
}

export interface PreparedRun extends RunToPredict {
  readonly name: string;
  readonly application: string;
  readonly measuredMs: number;
}

/** Throws DayRefusedError for a workflow that cannot be played. */
export const prepareRun = (workflow: MeasuredWorkflow): PreparedRun => ({
  name: workflow.name,
  application: workflow.application,
  executedAtMs: workflow.executedAtMs,
  shape: shapeOf(workflow),
  simulatedMs: simulateGrid(workflow),
  measuredMs: workflow.makespanMs,
});

/** With no overheads: a list schedule on the cores there are. */
export const plainMs = ({ simulatedMs }: RunToPredict): number => simulatedMs[0];
