// One real execution of a workflow: its graph, how long each task ran, and how long the whole took from submission to
// the end. No task has a start: when they ran must be simulated, and the measured makespan says how well that did.

export interface MeasuredWorkflow {
  readonly name: string;
  /** Runs of one application are alike; where a file names none, the system that ran it. */
  readonly application: string;
  /** When the run was submitted, milliseconds since the epoch. */
  readonly executedAtMs: number;
  /** From submission to the end, milliseconds. */
  readonly makespanMs: number;
  /** By task, whole milliseconds. */
  readonly runtimeMs: Int32Array;
  /** Row i: task `child[i]` waits for the end of task `parent[i]`. */
  readonly parent: Int32Array;
  readonly child: Int32Array;
  /** Cores of the machines it ran on; null is unknown. */
  readonly cores: number | null;
}
