// Names as one text, to look things up by before they have a row.

import type { DatasetName, PartitionName } from '../../../shared/model/ledger.ts';

/** Different partitions have different texts, whatever their names hold. */
export const partitionText = ({ namespace, dataset, partition }: PartitionName): string =>
  `${namespace.length}:${dataset.length}:${namespace}${dataset}${partition}`;

export const datasetText = ({ namespace, dataset }: DatasetName): string =>
  `${namespace.length}:${namespace}${dataset}`;

/** The name alone, of an object that has more. */
export const partitionOf = ({ namespace, dataset, partition }: PartitionName): PartitionName => ({
  namespace,
  dataset,
  partition,
});

/** For people: `dataset[partition]`. */
export const partitionLabel = ({ dataset, partition }: PartitionName): string =>
  partition === '' ? dataset : `${dataset}[${partition}]`;
