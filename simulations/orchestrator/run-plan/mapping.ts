// Which partitions a run reads: its own time shifted, then that partition, all that begin in a window around it, or it
// and the ones before.

import type { ZoneClock } from '../../../shared/base/zone.ts';
import type { DatasetDef, PartitionMapping } from '../../../shared/scenario/workload.ts';
import { partitionAt, partitionStart, partitionsBeginningIn, shifted } from './partitions.ts';

export interface PartitionRange {
  readonly first: number;
  /** Below first when there is none. */
  readonly last: number;
}

/** `runClock` is of the reading pipeline's zone, in which days are shifted and windows cut; `dataClock` of the dataset's. */
export function mappedPartitions(
  mapping: PartitionMapping,
  dataset: DatasetDef,
  anchorMs: number,
  runClock: ZoneClock,
  dataClock: ZoneClock,
): PartitionRange {
  const { unit } = dataset;
  if (unit === 'none') return { first: 0, last: 0 };
  const atMs = shifted(runClock, anchorMs, mapping.shift);
  const { select } = mapping;
  if (select.kind === 'window') {
    const window = partitionAt(select.unit, runClock, atMs);
    const fromMs = partitionStart(select.unit, runClock, window);
    return partitionsBeginningIn(unit, dataClock, fromMs, partitionStart(select.unit, runClock, window + 1));
  }
  const last = partitionAt(unit, dataClock, atMs);
  return { first: select.kind === 'last' ? last - select.count + 1 : last, last };
}
