// Derives partition versions, which OpenLineage does not number: the runs that write a dataset's partition, in the order
// of (first event's time, run id), make its versions 1, 2, …; a reader at time t sees the last one that was finalized
// by then. Both are inferred. A partition key is the writer's own; where that is unknown, so is the partition, and the
// numbers count writes of the dataset. Removing a dataset (DROP) is no version.

import type { Interner } from '../../../shared/base/interner.ts';
import type { VersionTable } from '../../../shared/model/log.ts';
import { groupBy } from './group-by.ts';
import type { LineageRun, RunDataset } from './lineage-run.ts';
import { compareText } from './order-events.ts';

/** An output of a run: what will be a version. */
export interface Write {
  /** Row of the task run. */
  readonly owner: number;
  readonly run: LineageRun;
  /** Row of the dataset. */
  readonly dataset: number;
  /** "" when unknown. */
  readonly key: string;
  readonly output: RunDataset;
}

export interface Version extends Write {
  /** Row of the version table. */
  readonly row: number;
}

/** Keeps the table, and finds or adds the row that a reader means. */
export class DerivedVersions {
  /** In table order. */
  readonly versions: readonly Version[];
  /** Whole versions of a partition, by when they became so. */
  readonly #whole: ReadonlyMap<string, readonly Version[]>;
  /** Rows of partitions of which the version is unknown. */
  readonly #unknown = new Map<string, number>();
  readonly #keysOf: ReadonlyMap<number, ReadonlySet<string>>;
  readonly #texts: Interner;
  readonly #table = {
    dataset: [] as number[],
    partitionKey: [] as number[],
    number: [] as number[],
    owner: [] as number[],
  };

  constructor(writes: readonly Write[], texts: Interner) {
    this.#texts = texts;
    const ordered = writes.filter(({ output }) => !output.isDropped).toSorted(compareWrites);
    let previous: Write | null = null;
    let number = 0;
    this.versions = ordered.map((write) => {
      const isNext = previous !== null && previous.dataset === write.dataset && previous.key === write.key;
      number = isNext ? number + 1 : 1;
      previous = write;
      return { ...write, row: this.#addRow(write.dataset, write.key, number, write.owner) };
    });
    const whole = this.versions.filter(({ run }) => !Number.isNaN(run.completeUs));
    this.#whole = groupBy(
      whole.toSorted((a, b) => a.run.completeUs - b.run.completeUs || a.row - b.row),
      partitionOf,
    );
    const byDataset = groupBy(this.versions, ({ dataset }) => dataset);
    this.#keysOf = new Map([...byDataset].map(([dataset, group]) => [dataset, new Set(group.map(({ key }) => key))]));
  }

  /**
   * What a run reads of a dataset at `atUs` (NaN when unknown). `version` is null when it cannot be told; the row then
   * stands for the partition, or for the dataset when not even that is known.
   */
  readBy(run: LineageRun, dataset: number, key: string, atUs: number): { row: number; version: Version | null } {
    const keys = this.#keysOf.get(dataset);
    const known = keys?.has(key) ? key : '';
    const candidates = keys?.has(known) ? (this.#whole.get(partitionOf({ dataset, key: known })) ?? []) : [];
    const version = Number.isNaN(atUs) ? undefined : lastBefore(candidates, run, atUs);
    if (version !== undefined) return { row: version.row, version };
    return { row: this.#unknownRow(dataset, known), version: null };
  }

  /** Complete only when every reader was asked for. */
  finish(): VersionTable {
    const { dataset, partitionKey, number, owner } = this.#table;
    return {
      dataset: Int32Array.from(dataset),
      partitionKey: Int32Array.from(partitionKey),
      number: Int32Array.from(number),
      owner: Int32Array.from(owner),
    };
  }

  #unknownRow(dataset: number, key: string): number {
    const partition = partitionOf({ dataset, key });
    const known = this.#unknown.get(partition);
    if (known !== undefined) return known;
    const row = this.#addRow(dataset, key, 0, -1);
    this.#unknown.set(partition, row);
    return row;
  }

  #addRow(dataset: number, key: string, number: number, owner: number): number {
    this.#table.dataset.push(dataset);
    this.#table.partitionKey.push(key === '' ? -1 : this.#texts.intern(key));
    this.#table.number.push(number);
    return this.#table.owner.push(owner) - 1;
  }
}

const partitionOf = ({ dataset, key }: { readonly dataset: number; readonly key: string }): string =>
  `${dataset} ${key}`;

const compareWrites = (a: Write, b: Write): number =>
  a.dataset - b.dataset ||
  compareText(a.key, b.key) ||
  a.run.firstUs - b.run.firstUs ||
  compareText(a.run.runId, b.run.runId) ||
  a.owner - b.owner;

/** Never one of the reader's own: it reads before it writes. */
function lastBefore(whole: readonly Version[], reader: LineageRun, atUs: number): Version | undefined {
  let low = 0;
  let high = whole.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (whole[middle].run.completeUs <= atUs) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && whole[low - 1].run === reader) low--;
  return whole[low - 1];
}
