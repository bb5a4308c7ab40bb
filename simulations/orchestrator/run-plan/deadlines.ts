// By when each task run's data must have landed: its own deadline, or the landing target of a dataset that it writes;
// the earlier of them. A clock target is the first such time of day at or after the end of the partition's own time
// (of an unpartitioned dataset: after the run's tick).

import { float64Column } from '../../../shared/base/columns.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { ZoneClock } from '../../../shared/base/zone.ts';
import type { Target } from '../../../shared/scenario/scenario.ts';
import type { PlanDefinitions } from './definitions.ts';
import { partitionStart } from './partitions.ts';
import type { PlannedAccess, PlannedPartitions, PlannedRuns } from './plan.ts';
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
 * Ms from the start by task run; NaN for none. A backfill has no landing target, for it is late by nature, and a deadline
 * that was over before the start judges nothing that is played.
 */
export function planDeadlines(input: DeadlineInput): Float64Array {
  const { defs, runs, rows, writes, partitions } = input;
  const landings = landingsByDataset(input);
  return float64Column(rows.count, (taskRun) => {
    const run = rows.run[taskRun];
    const own = defs.tasks[rows.task[taskRun]].deadlineMs;
    let deadlineMs = own === null ? Number.POSITIVE_INFINITY : runs.dueMs[run] + own;
    for (let i = writes.offsets[taskRun]; i < writes.offsets[taskRun + 1] && runs.backfill[run] < 0; i++) {
      const partition = writes.partition[i];
      for (const landing of landings[partitions.dataset[partition]])
        deadlineMs = Math.min(deadlineMs, dueTime(input, landing, partition, run));
    }
    return deadlineMs >= 0 && Number.isFinite(deadlineMs) ? deadlineMs : Number.NaN;
  });
}

function landingsByDataset({ defs, targets }: DeadlineInput): readonly (readonly Landing[])[] {
  const landings = targets.filter((target) => target.kind === 'landing');
  return defs.workload.datasets.map(({ name }) => landings.filter(({ dataset }) => dataset === name));
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
