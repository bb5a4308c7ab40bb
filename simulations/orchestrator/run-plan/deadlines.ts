// By when each task run's data must have landed: its own deadline, or the landing targets of datasets that it writes; the
// earliest of them. And what each landing target judges: one trial a run that writes the dataset, whole when all copies of
// its task have landed. A clock target is the first such time of day at or after the end of the partition's own time (of
// an unpartitioned dataset: after the run's tick).

import { float64Column } from '../../../shared/base/columns.ts';
import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { ZoneClock } from '../../../shared/base/zone.ts';
import { csrBy } from '../../../shared/model/catalog.ts';
import type { Target } from '../../../shared/scenario/scenario.ts';
import type { PlanDefinitions } from './definitions.ts';
import { isByMarker } from './messages.ts';
import { partitionStart } from './partitions.ts';
import type { PlannedAccess, PlannedLandings, PlannedPartitions, PlannedRuns } from './plan.ts';
import type { TaskRows } from './task-rows.ts';
import type { Zones } from './zones.ts';

export interface DeadlineInput {
  readonly defs: PlanDefinitions;
  readonly targets: readonly Target[];
  readonly runs: Omit<PlannedRuns, 'triggers'>;
  readonly rows: TaskRows;
  readonly writes: PlannedAccess;
  readonly partitions: Pick<PlannedPartitions, 'dataset' | 'index'>;
  readonly zones: Zones;
  readonly startMs: number;
}

type Landing = Extract<Target, { kind: 'landing' }>;

/**
 * By landing target, in the order of the targets. A backfill has none, for it is late by nature, and a deadline that was
 * over before the start judges nothing that is played.
 */
export function planLandings(input: DeadlineInput): readonly PlannedLandings[] {
  return input.targets.flatMap((target, id) => (target.kind === 'landing' ? [landingsOf(input, target, id)] : []));
}

function landingsOf(input: DeadlineInput, landing: Landing, target: number): PlannedLandings {
  const { defs, runs, rows, writes, partitions } = input;
  const dataset = defs.workload.datasets.findIndex(({ name }) => name === landing.dataset);
  const trialOf = new Map<string, number>();
  const [trial, taskRuns, deadlines] = [new GrowableInt32(), new GrowableInt32(), new GrowableFloat64()];
  for (let taskRun = 0; taskRun < rows.count; taskRun++)
    for (let i = writes.offsets[taskRun]; i < writes.offsets[taskRun + 1]; i++) {
      const partition = writes.partition[i];
      const run = rows.run[taskRun];
      if (partitions.dataset[partition] !== dataset || runs.backfill[run] >= 0) continue;
      const key = `${run} ${rows.task[taskRun]}`;
      const dueMs = dueTime(input, landing, partition, run);
      if (!(dueMs >= 0)) continue;
      const id = trialOf.get(key) ?? deadlines.push(dueMs);
      trialOf.set(key, id);
      trial.push(id);
      taskRuns.push(taskRun);
    }
  return {
    target,
    byMarker: defs.workload.datasets.some((each) => each.name === landing.dataset && isByMarker(each)),
    deadlineMs: deadlines.finish(),
    writers: csrBy(trial.finish(), taskRuns.finish(), deadlines.length),
  };
}

/**
 * Ms from the start by task run; NaN for none: its own or that of a landing, whichever is first. Of a task run with an
 * event and a marker it holds for both messages, the later one too; its landing targets are judged each by its own.
 */
export function planDeadlines({ defs, runs, rows }: DeadlineInput, landings: readonly PlannedLandings[]): Float64Array {
  const deadlineMs = float64Column(rows.count, (taskRun) => {
    const own = defs.tasks[rows.task[taskRun]].deadlineMs;
    return own === null ? Number.POSITIVE_INFINITY : runs.dueMs[rows.run[taskRun]] + own;
  });
  for (const { deadlineMs: dueMs, writers } of landings)
    for (const [trial, ms] of dueMs.entries())
      for (const taskRun of writers.values.subarray(writers.offsets[trial], writers.offsets[trial + 1]))
        deadlineMs[taskRun] = Math.min(deadlineMs[taskRun], ms);
  return deadlineMs.map((ms) => (ms >= 0 && Number.isFinite(ms) ? ms : Number.NaN));
}

function dueTime(input: DeadlineInput, { due }: Landing, partition: number, run: number): number {
  const { defs, runs, partitions, zones, startMs } = input;
  const { unit, zone } = defs.workload.datasets[partitions.dataset[partition]];
  const endMs =
    unit === 'none'
      ? startMs + runs.nominalMs[run]
      : partitionStart(unit, zones.clock(zone), partitions.index[partition] + 1);
  if (due.kind === 'within') return endMs + due.ms - startMs;
  return clockFrom(zones.clock(due.zone), endMs, due.clockMs) - startMs;
}

/** The first instant at or after another at which a zone's clocks show a time of day; where that is skipped, the end of the gap. */
export function clockFrom(clock: ZoneClock, ms: number, clockMs: number): number {
  const day = Math.floor(clock.localOf(ms) / MS_PER_DAY);
  const today = clock.instantOf(day * MS_PER_DAY + clockMs);
  return today >= ms ? today : clock.instantOf((day + 1) * MS_PER_DAY + clockMs);
}
