// What was decided and is not yet, or not only, in the partition index: the version that someone may still write to, and
// every change that is on its way to the disk. Commands are judged by this; readers never see it. An entry goes when its
// version has ended and all of its records are durable, so there is one for each open partition, not for each partition.

import type { PartitionView } from '../../../shared/lifecycle/decide.ts';
import { isOpen } from '../../../shared/lifecycle/status.ts';
import type { Decision, VersionState } from '../../../shared/lifecycle/version-state.ts';
import type { PartitionName, VersionMetrics } from '../../../shared/model/ledger.ts';
import type { PartitionIndex } from '../partitions/partition-index.ts';
import { partitionOf, partitionText } from './names.ts';

/** The first answer's seq, or the promise of it. */
export type SeqSoon = number | Promise<number>;

export interface DecidedPartition {
  readonly name: PartitionName;
  latest: VersionState;
  /** Other versions with a change on its way, by number. */
  readonly others: Map<number, VersionState>;
  inFlight: number;
  /** Of the last change. */
  lastSeq: SeqSoon;
  leaseUs: number;
  openSeq: SeqSoon;
  /** Of the latest version's check; null before it. */
  checked: VersionMetrics | null;
  checkSeq: SeqSoon;
  /** The bounds that it broke. */
  checkReasons: readonly string[];
}

export class Decided {
  readonly #index: PartitionIndex;
  readonly #entries = new Map<string, DecidedPartition>();

  constructor(index: PartitionIndex) {
    this.#index = index;
  }

  /** Forgets what is on its way, and takes the open versions from the index: their leases begin again at `nowUs`. */
  reset(nowUs: number): readonly DecidedPartition[] {
    this.#entries.clear();
    for (const [row, open] of this.#index.parts.open) {
      const version = this.#index.version(row, open.number, open.run);
      if (version === null) continue;
      const latest = { ...version, leaseUntilUs: nowUs + open.leaseUs };
      const { leaseUs, openSeq, checked, checkSeq } = open;
      const entry = { ...entryOf(this.#index.nameOf(row), latest), leaseUs, openSeq, checked, checkSeq };
      this.#entries.set(partitionText(entry.name), entry);
    }
    return [...this.#entries.values()];
  }

  of(name: PartitionName): DecidedPartition | null {
    return this.#entries.get(partitionText(name)) ?? null;
  }

  /** What a command is judged by. `token` is null for an open; `run` is the command's, "" when it has none. */
  view(name: PartitionName, token: number | null, run: string): PartitionView {
    const entry = this.of(name);
    const row = this.#index.find(name);
    const latest = entry?.latest ?? (row < 0 ? null : this.#index.version(row, this.#index.latestNumber(row), run));
    if (token === null || latest?.number === token) return { latest, named: token === null ? null : latest };
    const named = entry?.others.get(token) ?? (row < 0 ? null : this.#index.version(row, token, run));
    return { latest, named };
  }

  /** Notes a decision whose record is on its way. `settle` belongs to it, whatever becomes of the record. */
  take(name: PartitionName, { next, closed }: Decision): DecidedPartition {
    const text = partitionText(name);
    let entry = this.#entries.get(text);
    if (entry === undefined) {
      const row = this.#index.find(name);
      const latest = row < 0 ? next : (this.#index.version(row, this.#index.latestNumber(row), next.run) ?? next);
      entry = entryOf(partitionOf(name), latest);
      this.#entries.set(text, entry);
    }
    if (closed !== null) entry.others.set(closed.number, closed);
    if (next.number < entry.latest.number) entry.others.set(next.number, next);
    else entry.latest = next;
    entry.inFlight++;
    return entry;
  }

  /** The record of a change is durable, and the index has it. */
  settle(entry: DecidedPartition): void {
    entry.inFlight--;
    if (entry.inFlight > 0) return;
    entry.others.clear();
    if (isOpen(entry.latest.status)) return;
    const text = partitionText(entry.name);
    if (this.#entries.get(text) === entry) this.#entries.delete(text);
  }
}

const entryOf = (name: PartitionName, latest: VersionState): DecidedPartition => ({
  name,
  latest,
  others: new Map(),
  inFlight: 0,
  lastSeq: 0,
  leaseUs: 0,
  openSeq: 0,
  checked: null,
  checkSeq: 0,
  checkReasons: [],
});
