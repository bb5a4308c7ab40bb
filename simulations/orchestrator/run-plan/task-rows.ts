// Numbers the task runs of planned runs: each task of each run, each copy of a mapped one, with its release time.

import { float64Column, int32Column, rowNumbers } from '../../../shared/base/columns.ts';
import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import { csrBy } from '../../../shared/model/catalog.ts';
import type { PlanDefinitions } from './definitions.ts';
import type { PlanFrame, PlannedRuns, PlannedTaskRuns } from './plan.ts';

type Runs = Omit<PlannedRuns, 'triggers'>;

/** Task runs without their deadlines, and the way to find those of a task in a run. */
export interface TaskRows extends Omit<PlannedTaskRuns, 'deadlineMs'> {
  /** First of the copies of a task (id) in a run; they stand beside each other. */
  firstOf(run: number, task: number): number;
  copiesOf(run: number, task: number): number;
}

export function numberTaskRuns(defs: PlanDefinitions, runs: Runs, frame: PlanFrame): TaskRows {
  const cells = cellsOf(defs, runs, frame);
  const order = defs.workload.taskOrder === null ? null : orderedCells(cells, defs.workload.taskOrder);
  const firstInCell = firstIds(cells, order);
  const columns = fillRows(cells, firstInCell);
  const cellOf = (run: number, task: number): number => cells.ofRun[run] + task - defs.firstTask[runs.pipeline[run]];
  return {
    ...columns,
    count: columns.run.length,
    releaseMs: releaseTimes(defs, runs, columns),
    ofRun: csrBy(columns.run, rowNumbers(columns.run.length), runs.count),
    firstOf: (run, task) => firstInCell[cellOf(run, task)],
    copiesOf: (run, task) => cells.copies[cellOf(run, task)],
  };
}

/** A cell is a task of a run. */
interface Cells {
  /** First cell of each run. */
  readonly ofRun: Int32Array;
  readonly run: Int32Array;
  readonly task: Int32Array;
  readonly copies: Int32Array;
  readonly isMapped: Uint8Array;
}

function cellsOf(defs: PlanDefinitions, runs: Runs, frame: PlanFrame): Cells {
  const ofRun = new Int32Array(runs.count + 1);
  const size = (run: number): number => defs.firstTask[runs.pipeline[run] + 1] - defs.firstTask[runs.pipeline[run]];
  for (let run = 0; run < runs.count; run++) ofRun[run + 1] = ofRun[run] + size(run);
  const cells = ofRun[runs.count];
  const run = new Int32Array(cells);
  const task = new Int32Array(cells);
  for (let r = 0; r < runs.count; r++)
    for (let cell = ofRun[r]; cell < ofRun[r + 1]; cell++) {
      run[cell] = r;
      task[cell] = defs.firstTask[runs.pipeline[r]] + cell - ofRun[r];
    }
  const copies = int32Column(cells, (cell) => copiesOf(defs, task[cell], runs.nameHash[run[cell]], frame));
  return { ofRun, run, task, copies, isMapped: new Uint8Array(task.map((t) => (defs.tasks[t].map === null ? 0 : 1))) };
}

function copiesOf(defs: PlanDefinitions, task: number, runHash: number, { seed, replication }: PlanFrame): number {
  const { map } = defs.tasks[task];
  if (map === null) return 1;
  if (map.low === map.high) return map.low;
  const key = randomKey(
    seed,
    defs.pipelineHash[defs.pipelineOf[task]],
    defs.taskHash[task],
    runHash,
    'map',
    replication,
  );
  return map.low + Math.floor(randomUnit(key, 0) * (map.high - map.low + 1));
}

/** By the order that the workload wants of tasks; runs of one task in their own order. */
function orderedCells({ task }: Cells, taskOrder: Int32Array): Int32Array {
  const cells = rowNumbers(task.length);
  return cells.sort((a, b) => taskOrder[task[a]] - taskOrder[task[b]] || a - b);
}

function firstIds({ copies }: Cells, order: Int32Array | null): Int32Array {
  const first = new Int32Array(copies.length);
  let next = 0;
  for (let i = 0; i < copies.length; i++) {
    const cell = order === null ? i : order[i];
    first[cell] = next;
    next += copies[cell];
  }
  return first;
}

function fillRows(cells: Cells, firstInCell: Int32Array): Pick<PlannedTaskRuns, 'run' | 'task' | 'mapIndex'> {
  const count = cells.copies.reduce((sum, copies) => sum + copies, 0);
  const run = new Int32Array(count);
  const task = new Int32Array(count);
  const mapIndex = new Int32Array(count).fill(-1);
  for (let cell = 0; cell < firstInCell.length; cell++)
    for (let copy = 0; copy < cells.copies[cell]; copy++) {
      const id = firstInCell[cell] + copy;
      run[id] = cells.run[cell];
      task[id] = cells.task[cell];
      if (cells.isMapped[cell] === 1) mapIndex[id] = copy;
    }
  return { run, task, mapIndex };
}

function releaseTimes(
  defs: PlanDefinitions,
  runs: Runs,
  { run, task }: Pick<PlannedTaskRuns, 'run' | 'task'>,
): Float64Array {
  return float64Column(run.length, (i) => {
    const dueMs = runs.dueMs[run[i]];
    return Number.isNaN(dueMs) ? 0 : Math.max(0, dueMs + defs.tasks[task[i]].notBeforeMs);
  });
}

/** Rows of (task run, …) collected in the order of task runs, as offsets. */
export class RowOffsets {
  readonly #offsets = new GrowableInt32();
  /** Call once for each task run, before its rows are added, with the rows so far; and once after the last. */
  mark(rows: number): void {
    this.#offsets.push(rows);
  }
  finish(): Int32Array {
    return this.#offsets.finish();
  }
}
