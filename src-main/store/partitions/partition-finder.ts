// Names of partitions to rows of the index. One name as a program would write it; many in stages, so that the processor
// waits for many misses of its cache at once: in an index of millions that waiting is nearly all of a dependency check.

import type { PartitionName } from '../../../shared/model/ledger.ts';
import type { DatasetBook } from './dataset-book.ts';
import type { NameTable } from './name-table.ts';
import { RowSlots } from './row-slots.ts';
import type { VersionRows } from './version-rows.ts';

/** Partitions that are looked up together. */
const AT_ONCE = 64;

export class PartitionFinder {
  readonly #datasets: DatasetBook;
  readonly #keys: NameTable;
  readonly #slots: RowSlots;
  readonly #datasetIds = new Int32Array(AT_ONCE);
  readonly #keyIds = new Int32Array(AT_ONCE);
  readonly #rows = new Int32Array(AT_ONCE);

  constructor(datasets: DatasetBook, keys: NameTable, rows: VersionRows) {
    this.#datasets = datasets;
    this.#keys = keys;
    this.#slots = new RowSlots(rows);
  }

  get byteLength(): number {
    return this.#slots.byteLength;
  }

  /** The row of a partition, or -1. */
  find(name: PartitionName): number {
    const dataset = this.#datasets.find(name);
    if (dataset < 0) return -1;
    const key = this.#keys.find(name.partition);
    return key < 0 ? -1 : this.#slots.find(dataset, key);
  }

  /** The row of a partition, a new one the first time. */
  findOrAdd(name: PartitionName): number {
    return this.#slots.findOrAdd(this.#datasets.intern(name), this.#keys.intern(name.partition));
  }

  /** What `valueOf` makes of the row of each name, -1 where there is none. */
  mapMany(names: readonly PartitionName[], valueOf: (row: number) => number): number[] {
    const values: number[] = [];
    for (let from = 0; from < names.length; from += AT_ONCE) {
      const some = names.length <= AT_ONCE ? names : names.slice(from, from + AT_ONCE);
      this.#findSome(some);
      for (let i = 0; i < some.length; i++) values.push(valueOf(this.#rows[i]));
    }
    return values;
  }

  #findSome(names: readonly PartitionName[]): void {
    for (let i = 0; i < names.length; i++) this.#datasetIds[i] = this.#datasets.find(names[i]);
    const texts = names.map(({ partition }) => partition);
    this.#keys.findMany(texts, this.#keyIds, this.#rows);
    this.#slots.findMany(this.#datasetIds, this.#keyIds, names.length, this.#rows);
  }
}
