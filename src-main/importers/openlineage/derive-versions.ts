// Derives partition versions, which OpenLineage does not number: the runs that write a dataset's partition, in the order
// of (first event's time, run id), make its versions 1, 2, …; a reader at time t sees the last one that was finalized
// by then. Both are inferred. A partition key is the writer's own; where that is unknown, so is the partition, and the
// numbers count writes of the dataset. Where the ledger tells every version of a partition, its numbers hold instead.
// Removing a dataset (DROP) is no version.

import type { Interner } from '../../../shared/base/interner.ts';
import { EventKind, Evidence } from '../../../shared/model/event.ts';
import type { VersionTable } from '../../../shared/model/log.ts';
import { groupBy } from './group-by.ts';
import type { LineageRun, RunDataset } from './lineage-run.ts';
import { compareText } from './order-events.ts';

/** Which partition of a dataset is meant. */
interface PartitionKey {
  /** "" when unknown; where it is known, the one partition of a dataset that has no others. */
  readonly key: string;
  readonly isKeyed: boolean;
}

/** `key`: the run's own, for a use that names none. */
export const partitionOfUse = ({ partition, told }: RunDataset, key: string): PartitionKey =>
  told === null ? { key: partition || key, isKeyed: (partition || key) !== '' } : { key: partition, isKeyed: true };

/** An output of a run: what will be a version. */
export interface Write extends PartitionKey {
  /** Row of the task run. */
  readonly owner: number;
  readonly run: LineageRun;
  /** Row of the dataset. */
  readonly dataset: number;
  readonly output: RunDataset;
}

export interface Version extends Write {
  /** Row of the version table. */
  readonly row: number;
  /** How it is known which version it is. */
  readonly evidence: Evidence;
  /** When it became whole; NaN when it did not. */
  readonly wholeUs: number;
}

/** The row that a reader means, and how that is known. */
interface ReadVersion {
  readonly row: number;
  readonly evidence: Evidence;
}

/** Keeps the table, and finds or adds the row that a reader means. */
export class DerivedVersions {
  /** In table order. */
  readonly versions: readonly Version[];
  /** Whole versions of a partition, by when they became so. */
  readonly #whole: ReadonlyMap<string, readonly Version[]>;
  /** By partition and the number that the ledger gives. */
  readonly #told = new Map<string, number>();
  /** Rows of partitions of which the version is unknown. */
  readonly #unknown = new Map<string, number>();
  /** By dataset: its partitions that are written here, and whether the ledger numbers all versions of each. */
  readonly #partitionsOf: ReadonlyMap<number, ReadonlyMap<string, boolean>>;
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
    this.versions = [...groupBy(ordered, partitionOf).values()].flatMap((group) => this.#number(group));
    const whole = this.versions.filter(({ wholeUs }) => !Number.isNaN(wholeUs));
    this.#whole = groupBy(
      whole.toSorted((a, b) => a.wholeUs - b.wholeUs || a.row - b.row),
      partitionOf,
    );
    const byDataset = groupBy(this.versions, ({ dataset }) => dataset);
    this.#partitionsOf = new Map(
      [...byDataset].map(([dataset, group]) => [
        dataset,
        new Map(group.map((version) => [partitionOf(version), version.evidence === Evidence.recorded])),
      ]),
    );
  }

  /** The writes of one partition, in order. */
  #number(group: readonly Write[]): Version[] {
    const isTold = group.every(({ output }) => output.told !== null);
    const ordered = isTold ? group.toSorted((a, b) => toldNumber(a) - toldNumber(b)) : group;
    const [{ dataset, isKeyed }] = group;
    const evidence = isTold ? Evidence.recorded : isKeyed ? Evidence.inferred : Evidence.unknown;
    return ordered.map((write, i) => {
      const row = this.#addRow(dataset, write, isTold ? toldNumber(write) : i + 1, write.owner);
      if (write.output.told !== null) this.#told.set(toldName(write, toldNumber(write)), row);
      return { ...write, row, evidence, wholeUs: wholeUs(write) };
    });
  }

  /**
   * What a run reads of a dataset at `atUs` (NaN when unknown). Where the version cannot be told the row stands for the
   * partition, or for the dataset when not even that is known.
   */
  readBy(run: LineageRun, dataset: number, input: RunDataset, runKey: string, atUs: number): ReadVersion {
    const meant = { dataset, ...partitionOfUse(input, runKey) };
    const told = this.#toldRow(meant, input.told?.version ?? 0);
    if (told >= 0) return { row: told, evidence: Evidence.recorded };
    const partition = this.#known(meant);
    const candidates = this.#whole.get(partitionOf(partition)) ?? [];
    const version = Number.isNaN(atUs) ? undefined : lastBefore(candidates, run, atUs);
    if (version === undefined) return { row: this.#unknownRow(partition), evidence: Evidence.unknown };
    return { row: version.row, evidence: version.isKeyed ? Evidence.inferred : Evidence.unknown };
  }

  /** The partition itself where somebody writes it; the one of a dataset that has no others; else an unknown one. */
  #known(meant: Place): Place {
    const partitions = this.#partitionsOf.get(meant.dataset);
    if (meant.isKeyed && partitions?.has(partitionOf(meant))) return meant;
    const only = { dataset: meant.dataset, key: '', isKeyed: true };
    return partitions?.size === 1 && partitions.has(partitionOf(only)) ? only : { ...only, isKeyed: false };
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

  /**
   * The version that has this number in the ledger, whether its writing is known here or not. -1 for 0, and where numbers
   * are others than the ledger's because writers that it does not know are among them.
   */
  #toldRow(meant: Place, number: number): number {
    const name = toldName(meant, number);
    const known = this.#told.get(name) ?? -1;
    const isTold = this.#partitionsOf.get(meant.dataset)?.get(partitionOf(meant)) ?? true;
    if (known >= 0 || number === 0 || !isTold) return known;
    const row = this.#addRow(meant.dataset, meant, number, -1);
    this.#told.set(name, row);
    return row;
  }

  #unknownRow(place: Place): number {
    const partition = partitionOf(place);
    const known = this.#unknown.get(partition);
    if (known !== undefined) return known;
    const row = this.#addRow(place.dataset, place, 0, -1);
    this.#unknown.set(partition, row);
    return row;
  }

  #addRow(dataset: number, { key, isKeyed }: PartitionKey, number: number, owner: number): number {
    this.#table.dataset.push(dataset);
    this.#table.partitionKey.push(isKeyed ? this.#texts.intern(key) : -1);
    this.#table.number.push(number);
    return this.#table.owner.push(owner) - 1;
  }
}

interface Place extends PartitionKey {
  readonly dataset: number;
}

const partitionOf = ({ dataset, key, isKeyed }: Place): string => `${dataset} ${isKeyed ? '=' : '?'}${key}`;

const toldName = (place: Place, number: number): string => `${partitionOf(place)} v${number}`;

function wholeUs({ run, output: { told } }: Write): number {
  if (told === null) return run.completeUs;
  return told.steps.find(({ kind }) => kind === EventKind.versionFinalized)?.timeUs ?? Number.NaN;
}

const compareWrites = (a: Write, b: Write): number =>
  a.dataset - b.dataset ||
  compareText(a.key, b.key) ||
  Number(a.isKeyed) - Number(b.isKeyed) ||
  a.run.firstUs - b.run.firstUs ||
  compareText(a.run.runId, b.run.runId) ||
  a.owner - b.owner;

const toldNumber = ({ output }: Write): number => output.told?.version ?? 0;

/** Never one of the reader's own: it reads before it writes. */
function lastBefore(whole: readonly Version[], reader: LineageRun, atUs: number): Version | undefined {
  let low = 0;
  let high = whole.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (whole[middle].wholeUs <= atUs) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && whole[low - 1].run === reader) low--;
  return whole[low - 1];
}
