// What every task run waits for and reads: upstream tasks of its run, tasks of other pipelines, writers of the
// partitions that it reads, earlier runs of itself. A partition that nobody in the plan writes was there before, unless
// its dataset goes on being written: then it is open.

import { GrowableInt32 } from '../../../shared/base/growable.ts';
import type { AwaitRow, PlanDefinitions, ReadRow } from './definitions.ts';
import { mappedPartitions } from './mapping.ts';
import { isByMarker } from './messages.ts';
import type { PartitionTable } from './partition-table.ts';
import { shifted } from './partitions.ts';
import { type OpenWaits, type PlannedAccess, type PlannedDependencies, type PlannedRuns, WaitKind } from './plan.ts';
import { RunFinder } from './run-finder.ts';
import { RowOffsets, type TaskRows } from './task-rows.ts';
import type { Zones } from './zones.ts';

export interface PlannedWaits {
  readonly dependencies: PlannedDependencies;
  readonly reads: PlannedAccess;
  readonly open: OpenWaits;
}

export interface WaitInput {
  readonly defs: PlanDefinitions;
  readonly runs: Omit<PlannedRuns, 'triggers'>;
  readonly rows: TaskRows;
  /** All writers added. */
  readonly partitions: PartitionTable;
  readonly zones: Zones;
  readonly startMs: number;
}

export function planWaits(input: WaitInput): PlannedWaits {
  const planner = new WaitPlanner(input);
  for (let taskRun = 0; taskRun < input.rows.count; taskRun++) planner.plan(taskRun);
  return planner.finish();
}

/** Beside the WaitKinds: for a publish that a marker tells. */
const BY_MARKER = 3;

class WaitPlanner {
  readonly #in: WaitInput;
  readonly #finder: RunFinder;
  readonly #offsets = new RowOffsets();
  readonly #upstream = new GrowableInt32();
  readonly #kind = new GrowableInt32();
  readonly #wait = new GrowableInt32();
  readonly #partition = new GrowableInt32();
  readonly #group = new GrowableInt32();
  readonly #readOffsets = new RowOffsets();
  readonly #readPartition = new GrowableInt32();
  readonly #openTaskRun = new GrowableInt32();
  readonly #openPartition = new GrowableInt32();
  readonly #openWait = new GrowableInt32();
  /** By kind (and BY_MARKER): the last task run for which an upstream was added, so that each is added once. */
  readonly #seen: readonly Int32Array[];
  /** The last task run that read a partition. */
  readonly #readBy = new Map<number, number>();
  #taskRun = 0;
  #groups = 0;

  constructor(input: WaitInput) {
    this.#in = input;
    this.#finder = new RunFinder(input.defs, input.runs);
    const kinds = input.defs.workload.datasets.some(isByMarker) ? BY_MARKER + 1 : BY_MARKER;
    this.#seen = Array.from({ length: kinds }, () => new Int32Array(input.rows.count).fill(-1));
  }

  plan(taskRun: number): void {
    const { defs, rows } = this.#in;
    this.#taskRun = taskRun;
    this.#offsets.mark(this.#upstream.length);
    this.#readOffsets.mark(this.#readPartition.length);
    const run = rows.run[taskRun];
    const task = rows.task[taskRun];
    for (const upstream of defs.after[task]) this.#addCopies(run, upstream, WaitKind.finish, -1);
    for (const awaited of defs.awaits[task]) this.#addAwaited(run, awaited);
    for (const read of defs.reads[task]) this.#addRead(run, read);
    this.#addPast(run, task);
  }

  #addCopies(run: number, task: number, kind: number, wait: number): void {
    const { rows } = this.#in;
    const first = rows.firstOf(run, task);
    const copies = rows.copiesOf(run, task);
    for (let copy = 0; copy < copies; copy++) this.#add(first + copy, kind, wait, -1, -1);
  }

  /** An upstream that is waited for in several ways is waited for in the first of them; but its event does not stand for its marker. */
  #add(upstream: number, kind: number, wait: number, partition: number, group: number): void {
    if (group < 0) {
      const seen = this.#seen[partition >= 0 && this.#isByMarker(partition) ? BY_MARKER : kind];
      if (seen[upstream] === this.#taskRun) return;
      seen[upstream] = this.#taskRun;
    }
    this.#upstream.push(upstream);
    this.#kind.push(kind);
    this.#wait.push(wait);
    this.#partition.push(partition);
    this.#group.push(group);
  }

  #isByMarker(partition: number): boolean {
    const { partitions, defs } = this.#in;
    return isByMarker(defs.workload.datasets[partitions.datasetOf(partition)]);
  }

  #addAwaited(run: number, { task, days, ms, wait }: AwaitRow): void {
    const { defs, runs, zones, startMs } = this.#in;
    const clock = zones.clock(defs.pipelines[runs.pipeline[run]].zone);
    const untilMs = shifted(clock, startMs + runs.nominalMs[run], { days, ms }) - startMs;
    const found = this.#finder.lastRun(defs.pipelineOf[task], untilMs, runs.backfill[run]);
    if (found >= 0) this.#addCopies(found, task, WaitKind.finish, wait);
  }

  #addRead(run: number, read: ReadRow): void {
    const { defs, runs, zones, partitions } = this.#in;
    const dataset = defs.workload.datasets[read.dataset];
    const clock = zones.clock(defs.pipelines[runs.pipeline[run]].zone);
    const range = mappedPartitions(read.mapping, dataset, runs.anchorMs[run], clock, zones.clock(dataset.zone));
    const ids: number[] = [];
    for (let index = range.first; index <= range.last; index++) ids.push(partitions.intern(read.dataset, index));
    for (const id of ids) this.#addReadRow(id);
    if (read.mode === 'none') return;
    if (read.mapping.any) this.#addAnyOf(run, read, ids);
    else for (const id of ids) this.#addPartition(run, read, id);
  }

  /** Once, however many reads name it. */
  #addReadRow(partition: number): void {
    if (this.#readBy.get(partition) === this.#taskRun) return;
    this.#readBy.set(partition, this.#taskRun);
    this.#readPartition.push(partition);
  }

  /** One of several is enough: one that was there before the start is. */
  #addAnyOf(run: number, read: ReadRow, ids: readonly number[]): void {
    const writers = ids.map((id) => this.#writersFor(run, read.dataset, id));
    if (ids.length === 0 || writers.some((found, i) => found.length === 0 && !this.#isOpen(read.dataset, ids[i])))
      return;
    const group = this.#groups++;
    for (const [i, found] of writers.entries())
      for (const writer of found) this.#add(writer, WaitKind.publish, read.wait, ids[i], group);
    if (writers.every((found) => found.length === 0)) this.#addOpen(read, ids[ids.length - 1]);
  }

  #addPartition(run: number, read: ReadRow, partition: number): void {
    const writers = this.#writersFor(run, read.dataset, partition);
    for (const writer of writers) this.#add(writer, WaitKind.publish, read.wait, partition, -1);
    if (writers.length === 0 && this.#isOpen(read.dataset, partition)) this.#addOpen(read, partition);
  }

  #addOpen(read: ReadRow, partition: number): void {
    this.#openTaskRun.push(this.#taskRun);
    this.#openPartition.push(partition);
    this.#openWait.push(read.wait);
  }

  /** A partition without writers in the plan that does not lie before all that are written. */
  #isOpen(dataset: number, partition: number): boolean {
    const { partitions, defs } = this.#in;
    if (defs.workload.datasets[dataset].unit === 'none') return false;
    const last = partitions.lastWritten[dataset];
    return last !== Number.NEGATIVE_INFINITY && partitions.indexOf(partition) > last;
  }

  /** Who writes a partition for a run: for a backfill's the backfills, if any does; of an unpartitioned dataset the last run before. */
  #writersFor(run: number, dataset: number, partition: number): readonly number[] {
    const { defs, runs, rows, partitions } = this.#in;
    if (defs.workload.datasets[dataset].unit === 'none') return this.#lastVersion(run, dataset);
    const all = [...partitions.writersOf(partition)];
    const isBackfilled = (writer: number): boolean => runs.backfill[rows.run[writer]] >= 0;
    const backfills = runs.backfill[run] >= 0 ? all.filter(isBackfilled) : [];
    return (backfills.length > 0 ? backfills : all.filter((writer) => !isBackfilled(writer))).filter(
      (writer) => writer !== this.#taskRun,
    );
  }

  #lastVersion(run: number, dataset: number): number[] {
    const { defs, runs, rows } = this.#in;
    const reader = rows.task[this.#taskRun];
    return defs.writers[dataset].flatMap((task) => {
      // What a run itself writes later is not what it reads now: that is the version of the run before.
      const found = this.#isBelow(task, reader)
        ? runs.previous[run]
        : this.#finder.lastRun(defs.pipelineOf[task], runs.nominalMs[run], runs.backfill[run]);
      if (found < 0) return [];
      const first = rows.firstOf(found, task);
      return Array.from({ length: rows.copiesOf(found, task) }, (_, copy) => first + copy);
    });
  }

  /** Whether a task is another one or waits for it inside their pipeline. */
  #isBelow(task: number, above: number): boolean {
    const { after, pipelineOf } = this.#in.defs;
    if (pipelineOf[task] !== pipelineOf[above]) return false;
    const seen = new Set([task]);
    for (const at of seen) for (const upstream of after[at]) seen.add(upstream);
    return seen.has(above);
  }

  #addPast(run: number, task: number): void {
    const { defs, runs } = this.#in;
    const { dependsOnPast, waitForDownstream } = defs.tasks[task];
    const previous = runs.previous[run];
    if (previous < 0 || !(dependsOnPast || waitForDownstream)) return;
    this.#addCopies(previous, task, WaitKind.past, -1);
    if (!waitForDownstream) return;
    const pipeline = runs.pipeline[run];
    for (let other = defs.firstTask[pipeline]; other < defs.firstTask[pipeline + 1]; other++)
      if (defs.after[other].includes(task)) this.#addCopies(previous, other, WaitKind.past, -1);
  }

  finish(): PlannedWaits {
    this.#offsets.mark(this.#upstream.length);
    this.#readOffsets.mark(this.#readPartition.length);
    return {
      dependencies: {
        offsets: this.#offsets.finish(),
        upstream: this.#upstream.finish(),
        kind: new Uint8Array(this.#kind.finish()),
        wait: this.#wait.finish(),
        partition: this.#partition.finish(),
        group: this.#group.finish(),
      },
      reads: { offsets: this.#readOffsets.finish(), partition: this.#readPartition.finish() },
      open: {
        taskRun: this.#openTaskRun.finish(),
        partition: this.#openPartition.finish(),
        wait: this.#openWait.finish(),
      },
    };
  }
}
