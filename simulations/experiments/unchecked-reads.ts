// Early reads of a play: task runs that wait for nothing of an input (`wait: none`: by the clock alone) and start before
// it is whole. Who waits for an input never starts before, whatever goes wrong: that is held by the lifecycle's rules, so
// only the others are looked at, and a scenario without any costs nothing.
// Limits: the first start of a task run is its read; unpartitioned data is left out, some version of it is always there.

import { GrowableInt32 } from '../../shared/base/growable.ts';
import { Outcome } from '../../shared/model/event.ts';
import type { Played } from '../orchestrator/played.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import { Laid, type LaidSnapshot } from '../orchestrator/snapshot/laid-snapshot.ts';

/** Reads of a plan that nothing holds back, as rows. Structured-clonable. */
export interface UncheckedReads {
  /** Task runs. */
  readonly reader: Int32Array;
  /** 1 where the partition is new: before its writers it is not there at all. */
  readonly isNew: Uint8Array;
  /** Of read i: `offsets[i] … offsets[i + 1])`. Task runs that write the partition; those of one version are neighbours. */
  readonly offsets: Int32Array;
  readonly writer: Int32Array;
  /** Which version a writer is of: copies of one mapped task write one together. */
  readonly version: Int32Array;
}

/** `laid`: the state that its plays begin with: of what was left out there, nobody knows, so the data is taken to be there. */
export function uncheckedReads(plan: RunPlan, laid: Pick<LaidSnapshot, 'status'> | null = null): UncheckedReads {
  const { taskRuns, reads, partitions, runs, definitions: defs } = plan;
  const makesNew = (each: number): boolean =>
    runs.backfill[taskRuns.run[each]] < 0 && laid?.status[each] !== Laid.leftOut;
  const unchecked = defs.tasks.map((_, task) => uncheckedDatasets(plan, task));
  const reader = new GrowableInt32();
  const isNew: number[] = [];
  const offsets = new GrowableInt32();
  const writer = new GrowableInt32();
  const version = new GrowableInt32();
  let versions = 0;
  for (let taskRun = 0; taskRun < taskRuns.count; taskRun++) {
    const datasets = unchecked[taskRuns.task[taskRun]];
    if (datasets.size === 0) continue;
    for (let row = reads.offsets[taskRun]; row < reads.offsets[taskRun + 1]; row++) {
      const partition = reads.partition[row];
      const { offsets: from, values } = partitions.writers;
      const writers = values.subarray(from[partition], from[partition + 1]).filter((each) => each !== taskRun);
      if (writers.length === 0 || !datasets.has(partitions.dataset[partition])) continue;
      reader.push(taskRun);
      isNew.push(writers.some(makesNew) ? 1 : 0);
      offsets.push(writer.length);
      for (const [n, each] of writers.entries()) {
        const before = writers[n - 1];
        const isSame =
          n > 0 && taskRuns.run[each] === taskRuns.run[before] && taskRuns.task[each] === taskRuns.task[before];
        writer.push(each);
        version.push(isSame ? versions : ++versions);
      }
    }
  }
  offsets.push(writer.length);
  const columns = { offsets: offsets.finish(), writer: writer.finish(), version: version.finish() };
  return { reader: reader.finish(), isNew: Uint8Array.from(isNew), ...columns };
}

const NOTHING: ReadonlySet<number> = new Set();

/** Partitioned ones that a task reads and waits for in no way. */
function uncheckedDatasets({ definitions: { reads, workload } }: RunPlan, task: number): ReadonlySet<number> {
  const isPartitioned = (dataset: number): boolean => workload.datasets[dataset].unit !== 'none';
  const unchecked = reads[task].filter(({ mode, dataset }) => mode === 'none' && isPartitioned(dataset));
  if (unchecked.length === 0) return NOTHING;
  const waitedFor = new Set(reads[task].filter(({ mode }) => mode !== 'none').map(({ dataset }) => dataset));
  return new Set(unchecked.map(({ dataset }) => dataset).filter((dataset) => !waitedFor.has(dataset)));
}

/** How many of them a play did too early. */
export function countEarlyReads(reads: UncheckedReads, { times }: Pick<Played, 'times'>): number {
  let early = 0;
  for (let i = 0; i < reads.reader.length; i++) {
    const readMs = times.startMs[reads.reader[i]];
    if (!Number.isNaN(readMs) && isEarly(reads, i, readMs, times)) early++;
  }
  return early;
}

/** Somebody writes it at that moment, or of what is new no version is whole yet. */
function isEarly(reads: UncheckedReads, i: number, readMs: number, times: Played['times']): boolean {
  const { offsets, writer, version } = reads;
  let isThere = reads.isNew[i] === 0;
  for (let row = offsets[i]; row < offsets[i + 1]; ) {
    const of = version[row];
    let isWhole = true;
    for (; row < offsets[i + 1] && version[row] === of; row++) {
      const taskRun = writer[row];
      const isGood = times.outcome[taskRun] === Outcome.success;
      const doneMs = isGood ? times.finalMs[taskRun] : times.finishMs[taskRun];
      if (times.startMs[taskRun] <= readMs && !(doneMs <= readMs)) return true;
      if (!isGood || !(doneMs <= readMs)) isWhole = false;
    }
    if (isWhole) isThere = true;
  }
  return !isThere;
}
