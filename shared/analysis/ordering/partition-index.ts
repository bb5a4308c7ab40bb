// Which rows of a log's version table are of the same partition, and which name the same version. A reader's row and a
// writer's row may differ though they mean one version: they are joined by (dataset, key, number), never by time.
// An unknown key makes a partition of its own per dataset; an unknown number never joins.

import { type Csr, csrBy } from '../../model/catalog.ts';
import type { VersionTable } from '../../model/log.ts';

export interface PartitionIndex {
  /** By version row: its partition, dense from 0. */
  readonly partitionOf: Int32Array;
  /** By version row: the first row that names the same version; the row itself where key or number are unknown. */
  readonly canonical: Int32Array;
  /** By partition: its version rows, by number. */
  readonly rows: Csr;
  /** By partition: 1 when its key is known. */
  readonly isKeyed: Uint8Array;
  /** By dataset: the partition of its versions whose key is unknown, or -1. */
  readonly unkeyedOf: Int32Array;
}

/** `keys` is how many texts a partition key can be. O(versions + keys), plus a sort inside each partition. */
export function partitionIndex(versions: VersionTable, datasets: number, keys: number): PartitionIndex {
  const count = versions.dataset.length;
  const byDataset = csrBy(versions.dataset, iota(count), datasets);
  const partitionOf = new Int32Array(count);
  const unkeyedOf = new Int32Array(datasets).fill(-1);
  const isKeyed: number[] = [];
  // The partition last made for a key, and for which dataset: a map that is never cleared.
  const slot = new Int32Array(keys);
  const slotDataset = new Int32Array(keys).fill(-1);
  for (const row of byDataset.values) {
    const dataset = versions.dataset[row];
    const key = versions.partitionKey[row];
    if (key < 0) {
      if (unkeyedOf[dataset] < 0) unkeyedOf[dataset] = isKeyed.push(0) - 1;
      partitionOf[row] = unkeyedOf[dataset];
      continue;
    }
    if (slotDataset[key] !== dataset) {
      slotDataset[key] = dataset;
      slot[key] = isKeyed.push(1) - 1;
    }
    partitionOf[row] = slot[key];
  }
  const rows = csrBy(partitionOf, iota(count), isKeyed.length);
  const canonical = joinByNumber(rows, versions.number, isKeyed);
  return { partitionOf, canonical, rows, isKeyed: Uint8Array.from(isKeyed), unkeyedOf };
}

/** Sorts each partition's rows by number and finds the first row of every number. */
function joinByNumber(rows: Csr, number: Int32Array, isKeyed: readonly number[]): Int32Array {
  const canonical = iota(number.length);
  for (let p = 0; p < isKeyed.length; p++) {
    const own = rows.values.subarray(rows.offsets[p], rows.offsets[p + 1]);
    if (own.length === 1) continue;
    own.sort((a, b) => number[a] - number[b] || a - b);
    if (isKeyed[p] === 0) continue;
    for (let i = 1; i < own.length; i++) {
      if (number[own[i]] > 0 && number[own[i]] === number[own[i - 1]]) canonical[own[i]] = canonical[own[i - 1]];
    }
  }
  return canonical;
}

function iota(count: number): Int32Array {
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) out[i] = i;
  return out;
}
