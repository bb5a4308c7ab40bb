// What was decided and is not yet, or not only, in the partition index: the version that someone may still write to, and
// every change that is on its way to the disk. Commands are judged by this; readers never see it. An entry goes when its
// version has ended and all of its records are durable, so there is one for each open partition, not for each partition.

import type { PartitionView } from '../../../shared/lifecycle/decide.ts';
import { isOpen } from '../../../shared/lifecycle/status.ts';
import type { Decision, VersionState } from '../../../shared/lifecycle/version-state.ts';
import type { PartitionName, VersionMetrics } from '../../../shared/model/ledger.ts';
import type { PartitionIndex } from '../partitions/partition-index.ts';
import type { Held } from './leases.ts';
import { partitionOf, partitionText } from './names.ts';

/** The first answer's seq, or the promise of it. */
export type SeqSoon = number | Promise<number>;

/** The version that a lease is of. */
export interface LeaseHolder {
  readonly entry: DecidedPartition;
  readonly number: number;
}

/** A version's check, while nothing came after it. */
export interface GivenCheck {
  /** null before it. */
  readonly checked: VersionMetrics | null;
  readonly checkSeq: SeqSoon;
  /** The bounds that it broke. */
  readonly checkReasons: readonly string[];
}

export interface DecidedPartition extends GivenCheck {
  readonly name: PartitionName;
  /** The name as `partitionText` has it. */
  readonly text: string;
  latest: VersionState;
  /** Other versions with a change on its way, by number; and the checks of those that were the latest then. */
  others: ReadonlyMap<number, VersionState>;
  otherChecks: ReadonlyMap<number, GivenCheck>;
  inFlight: number;
  /** Of the last change. */
  lastSeq: SeqSoon;
  leaseUs: number;
  /** Its place among the leases, while it has one. */
  lease: Held<LeaseHolder> | null;
  openSeq: SeqSoon;
  /** Of the latest version, as the two below. */
  checked: VersionMetrics | null;
  checkSeq: SeqSoon;
  checkReasons: readonly string[];
}

export class Decided {
  readonly #index: PartitionIndex;
  readonly #onEnd: (entry: DecidedPartition) => void;
  readonly #entries = new Map<string, DecidedPartition>();

  /** `onEnd`: nobody may write to a partition any more, until its next open. */
  constructor(index: PartitionIndex, onEnd: (entry: DecidedPartition) => void) {
    this.#index = index;
    this.#onEnd = onEnd;
  }

  /** Forgets what is on its way, and takes the open versions from the index: their leases begin again at `nowUs`. */
  reset(nowUs: number): readonly DecidedPartition[] {
    this.#entries.clear();
    for (const [row, open] of this.#index.parts.open) {
      const version = this.#index.version(row, open.number, open.run);
      if (version === null) continue;
      const latest = { ...version, leaseUntilUs: nowUs + open.leaseUs };
      const { leaseUs, openSeq, checked, checkSeq } = open;
      const name = this.#index.nameOf(row);
      const text = partitionText(name);
      this.#entries.set(text, { ...entryOf(name, text, latest), leaseUs, openSeq, checked, checkSeq });
    }
    return [...this.#entries.values()];
  }

  of(name: PartitionName): DecidedPartition | null {
    return this.#entries.get(partitionText(name)) ?? null;
  }

  /** What a command is judged by. `token` is null for an open; `run` is the command's, "" when it has none. */
  view(name: PartitionName, token: number | null, run: string): PartitionView {
    const entry = this.of(name);
    const latest = entry?.latest ?? this.#durable(name, null, run);
    if (token === null || latest?.number === token) return { latest, named: token === null ? null : latest };
    return { latest, named: entry?.others.get(token) ?? this.#durable(name, token, run) };
  }

  /** A version in the index, the latest one where `number` is null. */
  #durable(name: PartitionName, number: number | null, run: string): VersionState | null {
    const row = this.#index.find(name);
    return row < 0 ? null : this.#index.version(row, number ?? this.#index.latestNumber(row), run);
  }

  /** Notes a decision whose record is on its way. `settle` belongs to it, whatever becomes of the record. */
  take(name: PartitionName, { next, closed }: Decision): DecidedPartition {
    const text = partitionText(name);
    let entry = this.#entries.get(text);
    if (entry === undefined) {
      entry = entryOf(partitionOf(name), text, this.#durable(name, null, next.run) ?? next);
      this.#entries.set(text, entry);
    }
    if (next.number > entry.latest.number) setLatestAside(entry, closed);
    if (next.number < entry.latest.number) setAside(entry, next);
    else entry.latest = next;
    entry.inFlight++;
    return entry;
  }

  /** The record of a change is durable, and the index has it. */
  settle(entry: DecidedPartition): void {
    entry.inFlight--;
    if (entry.inFlight > 0) return;
    entry.others = NO_OTHERS;
    entry.otherChecks = NO_CHECKS;
    if (isOpen(entry.latest.status)) return;
    this.#onEnd(entry);
    if (this.#entries.get(entry.text) === entry) this.#entries.delete(entry.text);
  }
}

function setAside(entry: DecidedPartition, version: VersionState): void {
  entry.others = new Map(entry.others).set(version.number, version);
}

/** What the latest version until now has become: by the open of the next, or by what is not in the index yet. */
function setLatestAside(entry: DecidedPartition, closed: VersionState | null): void {
  const { latest, inFlight, checked, checkSeq, checkReasons } = entry;
  if (closed !== null || inFlight > 0) setAside(entry, closed ?? latest);
  if (inFlight === 0 || checked === null) return;
  entry.otherChecks = new Map(entry.otherChecks).set(latest.number, { checked, checkSeq, checkReasons });
}

/** Most have none, ever: a map of its own for each open version would weigh more than the version. */
const NO_OTHERS: ReadonlyMap<number, VersionState> = new Map();
const NO_CHECKS: ReadonlyMap<number, GivenCheck> = new Map();

const entryOf = (name: PartitionName, text: string, latest: VersionState): DecidedPartition => ({
  name,
  text,
  latest,
  others: NO_OTHERS,
  otherChecks: NO_CHECKS,
  inFlight: 0,
  lastSeq: 0,
  leaseUs: 0,
  lease: null,
  openSeq: 0,
  checked: null,
  checkSeq: 0,
  checkReasons: [],
});
