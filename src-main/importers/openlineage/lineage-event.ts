// What is kept of an OpenLineage event (spec 1-0-0 … 2-0-2): the few facts that runs, versions and definitions are made
// of. Facets are read once and dropped: one event with a logical plan in it can be 200 KB.

/** A job or a dataset: OpenLineage names both by namespace and name. */
export interface NamedThing {
  readonly namespace: string;
  readonly name: string;
  /** One text, the same for equal things only. */
  readonly key: string;
}

export const namedThing = (namespace: string, name: string): NamedThing => ({
  namespace,
  name,
  key: `${namespace.length}:${namespace}${name}`,
});

/** OTHER is whatever is no step of a run's life: facts without a moment of their own. */
export const RUN_EVENT_TYPES = ['START', 'RUNNING', 'COMPLETE', 'FAIL', 'ABORT', 'OTHER'] as const;
export type RunEventType = (typeof RUN_EVENT_TYPES)[number];

/** A run as another run's facet names it. */
export interface RunReference {
  readonly runId: string;
  readonly job: NamedThing;
}

export interface ParentReference extends RunReference {
  /** The top of the hierarchy, where the producer says so and it is not the parent itself. */
  readonly root: RunReference | null;
}

/** A run's nominal interval; `key` is the partition key that follows from it. */
export interface NominalTime {
  readonly startUs: number;
  /** NaN when unknown. */
  readonly endUs: number;
  readonly key: string;
}

export interface QualityCheck {
  readonly isPassed: boolean;
  /** What failed, or how many passed. */
  readonly reason: string;
}

/** What the ledger tells of the version itself: an event of OpenLineage has no such thing. */
export interface ToldUse {
  /** 0 when unknown. */
  readonly version: number;
  /** An EventKind of a version, or `read`. */
  readonly kind: number;
  /** Of a check: 1 when it passed. */
  readonly code: number;
  readonly text: string;
}

/** An input or output on one event. */
export interface DatasetUse {
  readonly dataset: NamedThing;
  /** The partition that the use itself names (a subset facet, a path of `name=value`); "" leaves it to the run. */
  readonly partition: string;
  /** Rows read or written; NaN when unknown. */
  readonly rowCount: number;
  readonly check: QualityCheck | null;
  /** The run removes the dataset: no data is written. */
  readonly isDropped: boolean;
  /** Then `partition` is known whatever it is: "" is the one partition of a dataset that has no others. */
  readonly told?: ToldUse;
}

/** What Airflow's run facet tells of a task instance; each part may be unknown (NaN, -1 or ""). */
export interface TaskInstanceFacts {
  readonly queuedUs: number;
  /** From 1; 0 when unknown. */
  readonly tryNumber: number;
  /** -1 for a task that is not mapped; null when that is unknown. */
  readonly mapIndex: number | null;
  readonly pool: string;
  readonly priority: number;
}

/** What Airflow's job facet on a pipeline's START tells: its tasks and what comes after each. */
export interface DeclaredTask {
  readonly name: string;
  readonly downstream: readonly string[];
}

export interface RunFacts {
  readonly type: RunEventType;
  readonly runId: string;
  readonly parent: ParentReference | null;
  readonly nominal: NominalTime | null;
  readonly taskInstance: TaskInstanceFacts | null;
  /** Of a failed run: its message, shortened, without secrets. */
  readonly error: string;
}

interface EventPlace {
  /** Line in the file, from 1. */
  readonly line: number;
  /** µs since the epoch. */
  readonly timeUs: number;
}

export interface JobFacts {
  readonly job: NamedThing;
  readonly owner: string;
  readonly schedule: string;
  readonly declaredTasks: readonly DeclaredTask[];
  readonly inputs: readonly DatasetUse[];
  readonly outputs: readonly DatasetUse[];
}

export interface RunLineageEvent extends EventPlace, JobFacts {
  readonly subject: 'run';
  readonly run: RunFacts;
}

/** A definition without a run. */
export interface JobLineageEvent extends EventPlace, JobFacts {
  readonly subject: 'job';
}

export interface DatasetLineageEvent extends EventPlace {
  readonly subject: 'dataset';
  readonly dataset: NamedThing;
}

export type LineageEvent = RunLineageEvent | JobLineageEvent | DatasetLineageEvent;
