// The versions of a log, and beside them what readers say that they read where they do not say which version: a partition
// without a number, or a table without a partition. One such row each.

import type { VersionTable } from '../../../shared/model/log.ts';
import type { Reporting } from '../company/vocabulary.ts';

export class SeenVersions {
  readonly #versions: VersionTable;
  readonly #dataset: number[] = [];
  readonly #partitionKey: number[] = [];
  readonly #rowOf = new Map<string, number>();

  constructor(versions: VersionTable) {
    this.#versions = versions;
  }

  /** The row that a reader reports for the one it read. */
  as(version: number, reporting: Reporting): number {
    const { dataset, partitionKey, number } = this.#versions;
    if (version < 0 || reporting === 'version' || (reporting !== 'table' && number[version] === 0)) return version;
    const key = reporting === 'table' ? -1 : partitionKey[version];
    const id = `${dataset[version]}/${key}`;
    const known = this.#rowOf.get(id);
    if (known !== undefined) return known;
    const row = dataset.length + this.#dataset.length;
    this.#dataset.push(dataset[version]);
    this.#partitionKey.push(key);
    this.#rowOf.set(id, row);
    return row;
  }

  /** `ownerOf`: new row of a task run. */
  finish(ownerOf: (taskRun: number) => number): VersionTable {
    const { dataset, partitionKey, number, owner } = this.#versions;
    const added = this.#dataset.length;
    return {
      dataset: Int32Array.from([...dataset, ...this.#dataset]),
      partitionKey: Int32Array.from([...partitionKey, ...this.#partitionKey]),
      number: Int32Array.from([...number, ...new Int32Array(added)]),
      owner: Int32Array.from([
        ...owner.map((taskRun) => (taskRun < 0 ? -1 : ownerOf(taskRun))),
        ...new Int32Array(added).fill(-1),
      ]),
    };
  }
}
