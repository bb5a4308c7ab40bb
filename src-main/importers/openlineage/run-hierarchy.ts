// Finds the pipeline run above every run, by the parent facets: a run is a task run of the topmost run above it.
// A parent may never send an event of its own: then all that is known of it is what its children say.
// A circle of parents has no top: its member with the smallest run id is taken for one.

import type { ParentReference, RunLineageEvent, RunReference } from './lineage-event.ts';
import { LineageRun } from './lineage-run.ts';
import { compareText } from './order-events.ts';

export interface RunHierarchy {
  /** Runs that events are of, then runs that are only named as parents. In order of first appearance. */
  readonly runs: readonly LineageRun[];
  /** The topmost run above each run; itself when it has no parent. */
  readonly topOf: ReadonlyMap<LineageRun, LineageRun>;
  /** A run that stands in a circle of parents, or null. */
  readonly circular: LineageRun | null;
}

/** Events in the order of orderEvents. */
export function runHierarchy(events: readonly RunLineageEvent[]): RunHierarchy {
  return new HierarchyBuilder().build(events);
}

class HierarchyBuilder {
  readonly #runs: LineageRun[] = [];
  readonly #byId = new Map<string, LineageRun>();
  /** Runs of an id that another job has already; by job and id. */
  readonly #namesakes = new Map<string, LineageRun>();
  readonly #parentOf = new Map<LineageRun, LineageRun>();
  readonly #topOf = new Map<LineageRun, LineageRun>();
  #circular: LineageRun | null = null;

  build(events: readonly RunLineageEvent[]): RunHierarchy {
    for (const event of events) this.#run({ runId: event.run.runId, job: event.job }, event.line).add(event);
    // Linking adds the runs that are only named; they have no parent of their own to link.
    for (const run of this.#runs.slice()) if (run.parent !== null) this.#link(run, run.parent);
    for (const run of this.#runs) this.#findTop(run);
    return { runs: this.#runs, topOf: this.#topOf, circular: this.#circular };
  }

  /** Two jobs that use one run id have two runs. */
  #find({ runId, job }: RunReference): LineageRun | undefined {
    const first = this.#byId.get(runId);
    return first === undefined || first.job.key === job.key ? first : this.#namesakes.get(`${job.key} ${runId}`);
  }

  #run(reference: RunReference, line: number): LineageRun {
    const known = this.#find(reference);
    if (known) return known;
    const { runId, job } = reference;
    const run = new LineageRun(runId, job, line);
    this.#runs.push(run);
    if (this.#byId.has(runId)) this.#namesakes.set(`${job.key} ${runId}`, run);
    else this.#byId.set(runId, run);
    return run;
  }

  #link(run: LineageRun, reference: ParentReference): void {
    const parent = this.#named(reference, run.line);
    if (parent === run) return;
    this.#parentOf.set(run, parent);
    if (reference.root === null || parent.parent !== null || this.#parentOf.has(parent)) return;
    const root = this.#named(reference.root, run.line);
    if (root !== parent && root !== run) this.#parentOf.set(parent, root);
  }

  /** The run of that id and job; else of that id (producers disagree on a parent's job name); else one never seen. */
  #named(reference: RunReference, line: number): LineageRun {
    return this.#find(reference) ?? this.#byId.get(reference.runId) ?? this.#run(reference, line);
  }

  #findTop(run: LineageRun): void {
    const path: LineageRun[] = [];
    const onPath = new Set<LineageRun>();
    let at = run;
    while (!this.#topOf.has(at) && !onPath.has(at)) {
      path.push(at);
      onPath.add(at);
      const parent = this.#parentOf.get(at);
      if (parent === undefined) break;
      at = parent;
    }
    let top = this.#topOf.get(at) ?? at;
    if (!this.#topOf.has(at) && this.#parentOf.has(at)) {
      const circle = path.slice(path.indexOf(at));
      top = circle.reduce((least, member) => (compareText(member.runId, least.runId) < 0 ? member : least));
      this.#circular ??= top;
    }
    for (const member of path) this.#topOf.set(member, top);
  }
}
