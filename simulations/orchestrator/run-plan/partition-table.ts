// The partitions that a plan touches, and which task runs write each: collected from the writes of planned runs, asked
// by the reads.

import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { csrBy } from '../../../shared/model/catalog.ts';
import type { PlanDefinitions } from './definitions.ts';
import { partitionAt } from './partitions.ts';
import type { PlannedAccess, PlannedPartitions, PlannedRuns } from './plan.ts';
import { RowOffsets, type TaskRows } from './task-rows.ts';
import type { Zones } from './zones.ts';

export class PartitionTable {
  readonly #dataset = new GrowableInt32();
  readonly #index = new GrowableInt32();
  readonly #ids: Map<number, number>[];
  readonly #writtenPartition = new GrowableInt32();
  readonly #writer = new GrowableInt32();
  /** Highest partition of each dataset that a run of the clock writes, or -Infinity. */
  readonly lastWritten: Float64Array;
  #writers: { offsets: Int32Array; values: Int32Array } | null = null;

  constructor(datasets: number) {
    this.#ids = Array.from({ length: datasets }, () => new Map());
    this.lastWritten = new Float64Array(datasets).fill(Number.NEGATIVE_INFINITY);
  }

  /** The row of a partition, a new one the first time. */
  intern(dataset: number, index: number): number {
    const known = this.#ids[dataset].get(index);
    if (known !== undefined) return known;
    this.#ids[dataset].set(index, this.#dataset.length);
    this.#index.push(index);
    return this.#dataset.push(dataset);
  }

  addWriter(partition: number, taskRun: number, isBackfill: boolean): void {
    this.#writtenPartition.push(partition);
    this.#writer.push(taskRun);
    const dataset = this.#dataset.at(partition);
    if (!isBackfill) this.lastWritten[dataset] = Math.max(this.lastWritten[dataset], this.#index.at(partition));
  }

  datasetOf(partition: number): number {
    return this.#dataset.at(partition);
  }

  indexOf(partition: number): number {
    return this.#index.at(partition);
  }

  /** Task runs that write a partition, known once all writers were added; partitions interned later have none. */
  writersOf(partition: number): Int32Array {
    this.#writers ??= csrBy(this.#writtenPartition.finish(), this.#writer.finish(), this.#dataset.length);
    const { offsets, values } = this.#writers;
    return partition + 1 < offsets.length ? values.subarray(offsets[partition], offsets[partition + 1]) : NOBODY;
  }

  finish(): PlannedPartitions {
    return {
      count: this.#dataset.length,
      dataset: this.#dataset.finish(),
      index: this.#index.finish(),
      writers: csrBy(this.#writtenPartition.finish(), this.#writer.finish(), this.#dataset.length),
    };
  }
}

const NOBODY = new Int32Array(0);

/** What every task run writes: the partition of its run's anchor, of each dataset. Fills the table's writers. */
export function planWrites(
  defs: PlanDefinitions,
  runs: Omit<PlannedRuns, 'triggers'>,
  rows: TaskRows,
  table: PartitionTable,
  zones: Zones,
): PlannedAccess {
  const offsets = new RowOffsets();
  const partition = new GrowableInt32();
  const clocks = defs.workload.datasets.map(({ zone }) => zones.clock(zone));
  for (let taskRun = 0; taskRun < rows.count; taskRun++) {
    offsets.mark(partition.length);
    const run = rows.run[taskRun];
    for (const dataset of defs.writes[rows.task[taskRun]]) {
      const { unit } = defs.workload.datasets[dataset];
      const id = table.intern(dataset, partitionAt(unit, clocks[dataset], runs.anchorMs[run]));
      partition.push(id);
      table.addWriter(id, taskRun, runs.backfill[run] >= 0);
    }
  }
  offsets.mark(partition.length);
  return { offsets: offsets.finish(), partition: partition.finish() };
}
