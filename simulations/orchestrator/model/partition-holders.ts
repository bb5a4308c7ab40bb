// Who holds which partition: an open against another writer's open version is HELD (shared/lifecycle), and whoever is
// held waits, with its slots, until the holder's version has ended. All partitions of a task run are taken together or
// none, so nobody holds one while it waits for another. The copies of a mapped task are one writer.

import { Status, Step } from '../../../shared/lifecycle/status.ts';
import { nextStatus } from '../../../shared/lifecycle/transitions.ts';
import { NO_ROW, ROW_INTS, ROW_NEXT } from '../../engine/rows.ts';
import { isByMarker } from '../run-plan/messages.ts';
import type { RunPlan } from '../run-plan/plan.ts';

const NOBODY = -1;

export class PartitionHolders {
  /** False when no partition has two writers: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #rows: Int32Array;
  readonly #plan: RunPlan;
  /** By task run: 1 when somebody else writes one of its partitions. */
  readonly #isShared: Uint8Array;
  /** By partition: the first copy of its holder. */
  readonly #holder: Int32Array;
  /** By partition: who opened it last, and when. */
  readonly #opener: Int32Array;
  readonly #openedMs: Float64Array;
  /** By partition: rows that wait for it, linked by ROW_NEXT. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** By first copy: parts that are not whole yet. */
  readonly #partsLeft: Int32Array;
  /** By first copy: 1 once a part has failed for good, so that its version can never be whole. */
  readonly #isLost: Uint8Array;

  /** `isOff`: nobody is held (a rule that a test switched off). */
  constructor(rows: Int32Array, plan: RunPlan, isOff: boolean) {
    const { partitions, taskRuns } = plan;
    const { offsets, values } = partitions.writers;
    this.#rows = rows;
    this.#plan = plan;
    const isShared = new Uint8Array(taskRuns.count);
    const judged = isOff ? 0 : partitions.count;
    for (let p = 0; p < judged; p++) {
      const writers = values.subarray(offsets[p], offsets[p + 1]);
      if (writers.length < 2 || writers.every((i) => this.writerOf(i) === this.writerOf(writers[0]))) continue;
      for (const i of writers) isShared[i] = 1;
    }
    this.isBinding = isShared.includes(1);
    this.#isShared = isShared;
    this.#holder = new Int32Array(this.isBinding ? partitions.count : 0);
    this.#opener = new Int32Array(this.#holder.length);
    this.#openedMs = new Float64Array(this.#holder.length);
    this.#first = new Int32Array(this.#holder.length);
    this.#last = new Int32Array(this.#holder.length);
    this.#partsLeft = new Int32Array(this.isBinding ? taskRuns.count : 0);
    this.#isLost = new Uint8Array(this.#partsLeft.length);
  }

  clear(): void {
    this.#holder.fill(NOBODY);
    this.#openedMs.fill(Number.NaN);
    this.#first.fill(NO_ROW);
    this.#partsLeft.fill(0);
    this.#isLost.fill(0);
    if (!this.isBinding) return;
    for (let i = 0; i < this.#partsLeft.length; i++) this.#partsLeft[this.writerOf(i)]++;
  }

  /** Whether a task run can be held. */
  isShared(taskRun: number): boolean {
    return this.isBinding && this.#isShared[taskRun] !== 0;
  }

  /** The copies of a mapped task stand beside each other. */
  writerOf(taskRun: number): number {
    return taskRun - Math.max(0, this.#plan.taskRuns.mapIndex[taskRun]);
  }

  /** Whether it writes its version without others: unmapped, or the only copy. */
  isAlone(taskRun: number): boolean {
    const { mapIndex } = this.#plan.taskRuns;
    return mapIndex[taskRun] < 0 || (mapIndex[taskRun] === 0 && mapIndex[taskRun + 1] !== 1);
  }

  /** Whether a partition of a task run that a marker tells of was opened in (fromMs, untilMs], by whoever came last. */
  isOpenedSince(taskRun: number, fromMs: number, untilMs: number): boolean {
    const { offsets, partition } = this.#plan.writes;
    const { dataset } = this.#plan.partitions;
    const { datasets } = this.#plan.definitions.workload;
    for (let i = offsets[taskRun]; i < offsets[taskRun + 1]; i++) {
      if (!isByMarker(datasets[dataset[partition[i]]])) continue;
      const openedMs = this.#openedMs[partition[i]];
      if (openedMs >= fromMs && openedMs <= untilMs && this.#opener[partition[i]] !== this.writerOf(taskRun))
        return true;
    }
    return false;
  }

  /** Takes all partitions of a row and gives -1; or the partition that somebody else holds, and the row waits for it. */
  open(row: number, nowMs: number): number {
    const taskRun = row / ROW_INTS;
    const writer = this.writerOf(taskRun);
    const { offsets, partition } = this.#plan.writes;
    for (let i = offsets[taskRun]; i < offsets[taskRun + 1]; i++) {
      const held = this.#holder[partition[i]];
      const status = held < 0 || held === writer ? Status.none : Status.running;
      if (nextStatus(status, Step.open) >= 0) continue;
      this.#append(partition[i], row);
      return partition[i];
    }
    for (let i = offsets[taskRun]; i < offsets[taskRun + 1]; i++) {
      this.#holder[partition[i]] = writer;
      this.#opener[partition[i]] = writer;
      this.#openedMs[partition[i]] = nowMs;
    }
    return NOBODY;
  }

  /** The first copy of the holder of a partition, or -1. */
  holderOf(partition: number): number {
    return this.#holder[partition];
  }

  /** A part is whole; true when its version ends with that: whole, or failed because it never can be. */
  endsWithPart(taskRun: number): boolean {
    const writer = this.writerOf(taskRun);
    return --this.#partsLeft[writer] === 0 || this.#isLost[writer] !== 0;
  }

  partIsLost(taskRun: number): void {
    if (this.isBinding) this.#isLost[this.writerOf(taskRun)] = 1;
  }

  /** Its version has ended. */
  release(taskRun: number): void {
    const { offsets, partition } = this.#plan.writes;
    const writer = this.writerOf(taskRun);
    for (let i = offsets[taskRun]; i < offsets[taskRun + 1]; i++)
      if (this.#holder[partition[i]] === writer) this.#holder[partition[i]] = NOBODY;
  }

  /** After a release: the next row that waits for one of its partitions while nobody holds that; or NO_ROW. */
  nextWaiting(taskRun: number): number {
    const { offsets, partition } = this.#plan.writes;
    for (let i = offsets[taskRun]; i < offsets[taskRun + 1]; i++) {
      const row = this.#first[partition[i]];
      if (row < 0 || this.#holder[partition[i]] !== NOBODY) continue;
      this.#first[partition[i]] = this.#rows[row + ROW_NEXT];
      return row;
    }
    return NO_ROW;
  }

  #append(partition: number, row: number): void {
    this.#rows[row + ROW_NEXT] = NO_ROW;
    if (this.#first[partition] < 0) this.#first[partition] = row;
    else this.#rows[this.#last[partition] + ROW_NEXT] = row;
    this.#last[partition] = row;
  }
}
