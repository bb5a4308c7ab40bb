// Collects what events say about definitions: a job whose runs have no parent is a pipeline, a job whose runs have one
// is a task of the topmost job above it, and a pipeline that is not seen to consist of tasks is its own only task.
// Drafts only: lineage-catalog.ts puts them in order and gives them rows.

import type { DatasetUse, DeclaredTask, LineageEvent, NamedThing } from './lineage-event.ts';
import { namedThing } from './lineage-event.ts';
import type { LineageRun } from './lineage-run.ts';
import type { RunHierarchy } from './run-hierarchy.ts';

export interface TaskDraft {
  readonly job: NamedThing;
  /** The job's name without the pipeline's in front of it. */
  readonly shortName: string;
  pool: string;
  priority: number;
  readonly reads: Map<string, NamedThing>;
  readonly writes: Map<string, NamedThing>;
}

export interface PipelineDraft extends NamedThing {
  owner: string;
  schedule: string;
  /** Tasks and their order by the pipeline's latest declaration; empty when there is none. */
  declared: readonly DeclaredTask[];
  declaredLine: number;
  /** By key of the job. */
  readonly tasks: Map<string, TaskDraft>;
}

export class Definitions {
  /** By key of the job. */
  readonly pipelines = new Map<string, PipelineDraft>();
  readonly datasets = new Map<string, NamedThing>();
  /** The tasks that a job is, in one pipeline or several. */
  readonly #tasksOf = new Map<string, TaskDraft[]>();
  /** Jobs above others: what they do is done by their tasks, unless they touch data themselves. */
  readonly #parents = new Set<string>();

  /** Events in the order of orderEvents, the hierarchy made of the same. */
  constructor(events: readonly LineageEvent[], { runs, topOf }: RunHierarchy) {
    for (const run of runs) if (topOf.get(run) !== run) this.#parents.add((topOf.get(run)?.job ?? run.job).key);
    for (const event of events) if (event.subject !== 'dataset') this.#declare(event);
    for (const run of runs) this.#addRun(run, topOf.get(run) ?? run);
    for (const event of events) this.#addDefinition(event);
    for (const event of events) if (event.subject !== 'dataset') this.#addOwner(event);
  }

  /** The task that a run is a run of; null for a pipeline run that is nothing but that. */
  taskOf(run: LineageRun, top: LineageRun): TaskDraft | null {
    if (run === top && this.#parents.has(run.job.key) && !run.hasData) return null;
    return this.pipelines.get(top.job.key)?.tasks.get(run.job.key) ?? null;
  }

  #declare({ job, declaredTasks, line }: Exclude<LineageEvent, { subject: 'dataset' }>): void {
    if (declaredTasks.length === 0) return;
    this.#parents.add(job.key);
    const pipeline = this.#pipeline(job);
    pipeline.declared = declaredTasks;
    pipeline.declaredLine = line;
    for (const { name } of declaredTasks) {
      this.#task(pipeline, namedThing(job.namespace, `${job.name}.${name}`));
    }
  }

  #addRun(run: LineageRun, top: LineageRun): void {
    const pipeline = this.#pipeline(top.job);
    if (run === top && this.#parents.has(run.job.key) && !run.hasData) return;
    const task = this.#task(pipeline, run.job);
    for (const { dataset } of run.inputs.values()) this.#touch(task.reads, dataset);
    for (const { dataset } of run.outputs.values()) this.#touch(task.writes, dataset);
    if (run.taskInstance !== null) {
      task.pool = run.taskInstance.pool || task.pool;
      task.priority = run.taskInstance.priority;
    }
  }

  /** JobEvents and DatasetEvents: what exists, run or not. */
  #addDefinition(event: LineageEvent): void {
    if (event.subject === 'dataset') this.datasets.set(event.dataset.key, event.dataset);
    if (event.subject !== 'job') return;
    const known = this.#tasksOf.get(event.job.key) ?? [];
    const isParent = this.#parents.has(event.job.key);
    const hasData = event.inputs.length + event.outputs.length > 0;
    const tasks =
      known.length > 0 || (isParent && !hasData) ? known : [this.#task(this.#pipeline(event.job), event.job)];
    for (const task of tasks) this.#addUses(task, event.inputs, event.outputs);
  }

  #addUses(task: TaskDraft, inputs: readonly DatasetUse[], outputs: readonly DatasetUse[]): void {
    for (const { dataset } of inputs) this.#touch(task.reads, dataset);
    for (const { dataset } of outputs) this.#touch(task.writes, dataset);
  }

  /** The latest that a pipeline's own events tell. */
  #addOwner({ job, owner, schedule }: Exclude<LineageEvent, { subject: 'dataset' }>): void {
    const own = this.pipelines.get(job.key);
    if (own) {
      own.owner = owner || own.owner;
      own.schedule = schedule || own.schedule;
    }
  }

  #touch(uses: Map<string, NamedThing>, dataset: NamedThing): void {
    uses.set(dataset.key, dataset);
    this.datasets.set(dataset.key, dataset);
  }

  #pipeline(job: NamedThing): PipelineDraft {
    let draft = this.pipelines.get(job.key);
    if (draft === undefined) {
      draft = { ...job, owner: '', schedule: '', declared: [], declaredLine: 1, tasks: new Map() };
      this.pipelines.set(job.key, draft);
    }
    return draft;
  }

  #task(pipeline: PipelineDraft, job: NamedThing): TaskDraft {
    const key = job.key;
    let draft = pipeline.tasks.get(key);
    if (draft === undefined) {
      const prefix = `${pipeline.name}.`;
      const isBelow = job.name.length > prefix.length && job.name.startsWith(prefix);
      const shortName = isBelow ? job.name.slice(prefix.length) : job.name;
      draft = { job, shortName, pool: '', priority: 0, reads: new Map(), writes: new Map() };
      pipeline.tasks.set(key, draft);
      const alike = this.#tasksOf.get(key);
      if (alike === undefined) this.#tasksOf.set(key, [draft]);
      else alike.push(draft);
    }
    return draft;
  }
}
