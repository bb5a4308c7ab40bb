// How readers learn that a task run's data is there: by an event, by a marker file, or, where it writes datasets of both
// kinds in one finalize, by a message for each kind. A message is named by a row: that of its task run; of a marker beside
// an event, that row beyond all task runs. So a plan without such task runs has one message a task run, and no more.

import type { DatasetDef } from '../../../shared/scenario/workload.ts';
import type { PlanDefinitions } from './definitions.ts';

/** Of a task, as bits. */
const EVENT = 1;
const MARKER = 2;
const BOTH = EVENT | MARKER;

export const isByMarker = ({ marker }: Pick<DatasetDef, 'marker'>): boolean => marker !== null;

/** Bits by task; an event of whoever writes nothing. */
function kindsOfTasks({ workload, writes }: PlanDefinitions): Uint8Array {
  return Uint8Array.from(writes, (datasets) =>
    datasets.length === 0
      ? EVENT
      : datasets.reduce((kinds, dataset) => kinds | (isByMarker(workload.datasets[dataset]) ? MARKER : EVENT), 0),
  );
}

export class MessageRows {
  /** Of rows: of the task runs, or twice as many. */
  readonly count: number;
  /** Some task run has two messages. */
  readonly hasPairs: boolean;
  /** Somebody is told by a marker. */
  readonly hasMarkers: boolean;
  readonly #task: Int32Array;
  readonly #kinds: Uint8Array;

  constructor(definitions: PlanDefinitions, taskOfTaskRun: Int32Array) {
    this.#task = taskOfTaskRun;
    this.#kinds = kindsOfTasks(definitions);
    this.hasPairs = this.#kinds.includes(BOTH);
    this.hasMarkers = this.#kinds.some((kinds) => (kinds & MARKER) !== 0);
    this.count = this.hasPairs ? 2 * taskOfTaskRun.length : taskOfTaskRun.length;
  }

  /** Whether a task run has two messages. */
  isPair(taskRun: number): boolean {
    return this.hasPairs && this.#kinds[this.#task[taskRun]] === BOTH;
  }

  /** Whether all runs of a task are told by markers alone. */
  isMarkedTask(task: number): boolean {
    return this.#kinds[task] === MARKER;
  }

  /** The message that tells of one of the datasets that a task run writes. */
  rowOf(taskRun: number, byMarker: boolean): number {
    return byMarker && this.isPair(taskRun) ? this.markerOf(taskRun) : taskRun;
  }

  /** The marker's message of a pair. */
  markerOf(taskRun: number): number {
    return this.#task.length + taskRun;
  }

  taskRunOf(message: number): number {
    return message < this.#task.length ? message : message - this.#task.length;
  }

  isMarker(message: number): boolean {
    return message >= this.#task.length || this.#kinds[this.#task[message]] === MARKER;
  }
}
