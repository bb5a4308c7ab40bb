// Reads whose mapping cannot mean anything: a window over partitions that are longer than it, several partitions of a
// dataset that has one.

import type { ScenarioProblem } from '../scenario.ts';
import type { PartitionUnit, ReadDef } from '../workload.ts';
import { error } from './names.ts';
import { placeOf, type WorkloadIndex } from './workload-index.ts';

const LENGTHS: Readonly<Record<PartitionUnit, number>> = {
  none: Number.POSITIVE_INFINITY,
  hour: 1,
  day: 24,
  week: 168,
  month: 720,
};

/** Expects names that are known. */
export function checkMappings(index: WorkloadIndex): ScenarioProblem[] {
  return index.tasks.flatMap((place) =>
    place.task.reads.flatMap((read) => {
      const reason = mappingReason(index, read);
      return reason === null ? [] : [error([...placeOf(place), 'reads'], reason)];
    }),
  );
}

function mappingReason(index: WorkloadIndex, { dataset, mapping: { select } }: ReadDef): string | null {
  if (select.kind === 'same') return null;
  const unit = index.datasets.get(dataset)?.unit ?? 'none';
  if (unit === 'none') return `${dataset} is not partitioned: ${select.kind} means nothing`;
  if (select.kind === 'window' && LENGTHS[select.unit] < LENGTHS[unit])
    return `a window of a ${select.unit} is shorter than a partition of ${dataset}, which is a ${unit}`;
  return null;
}
