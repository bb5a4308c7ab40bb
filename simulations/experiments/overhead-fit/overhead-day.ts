// A measured workflow as a reference day with overheads in it, so that the simulator plays its schedule. What makes a
// real run longer than a list schedule, as parameters of the orchestrator:
//   dispatch gap   one dispatcher hands tasks out one after the other, this long for each (submit, match, stage in)
//   start-up       then a task holds its core this long before its own work begins (container, transfer, clean up)
// Every task is played as two: its dispatch in a pool of one slot, then itself in a pool of the machines' cores.
// Limits: the engine's 2^30 ms (12.4 days).

import type { MeasuredWorkflow } from '../../../shared/model/measured-workflow.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import { createDayPlayer, type DayPlayer } from '../../orchestrator/reference-day.ts';

export interface ScheduleOverheads {
  readonly dispatchGapMs: number;
  readonly startUpMs: number;
}

export class OverheadDay {
  readonly #runtimeMs: Int32Array;
  readonly #durationMs: Int32Array;
  readonly #player: DayPlayer;

  constructor(workflow: MeasuredWorkflow) {
    this.#runtimeMs = workflow.runtimeMs;
    this.#durationMs = new Int32Array(2 * workflow.runtimeMs.length);
    this.#player = createDayPlayer(dayOf(workflow));
  }

  /** The simulated makespan, milliseconds. Throws DayRefusedError for a cycle, or an end past 2^30 ms. */
  makespanMs({ dispatchGapMs, startUpMs }: ScheduleOverheads): number {
    const tasks = this.#runtimeMs.length;
    this.#durationMs.fill(dispatchGapMs, 0, tasks);
    for (let task = 0; task < tasks; task++) this.#durationMs[tasks + task] = this.#runtimeMs[task] + startUpMs;
    this.#player.play(this.#durationMs);
    return this.#player.makespanMs;
  }
}

const DISPATCHER_POOL = 0;
const CORE_POOL = 1;

/** The dispatch of task t is row t, the task itself row `tasks + t`. Cores nobody knows are as many as tasks, and so are
 * more than that: they would change nothing but the range of the pool. */
function dayOf({ runtimeMs, parent, child, cores }: MeasuredWorkflow): ReferenceDay {
  const tasks = runtimeMs.length;
  const rows = 2 * tasks;
  const edges = parent.length;
  const dispatches = Int32Array.from(runtimeMs.keys());
  const depTask = new Int32Array(edges + tasks);
  depTask.set(child);
  depTask.set(
    dispatches.map((task) => tasks + task),
    edges,
  );
  const depUpstream = new Int32Array(edges + tasks);
  depUpstream.set(parent.map((task) => tasks + task));
  depUpstream.set(dispatches, edges);
  return {
    taskCount: rows,
    pipeline: new Int32Array(rows),
    releaseMs: new Int32Array(rows),
    durationMs: new Int32Array(rows),
    pool: new Int32Array(rows).fill(DISPATCHER_POOL, 0, tasks).fill(CORE_POOL, tasks),
    priority: new Int32Array(rows),
    finalizeMs: new Int32Array(rows),
    deadlineMs: new Int32Array(rows).fill(-1),
    poolSlots: Int32Array.of(1, Math.max(1, Math.min(cores ?? tasks, tasks))),
    depTask,
    depUpstream,
    depKind: new Uint8Array(edges + tasks),
    publishMs: 0,
    dispatchMs: 0,
  };
}
