// How the latest versions that ended came to their end: whose they were and why. Kept in two generations, of at least
// the last ENDS_KEPT partitions, because names and reasons do not fit into columns: of an older one the store can still
// tell runs apart by hash, but no longer name them.

import type { VersionMetrics } from '../../../shared/model/ledger.ts';

const ENDS_KEPT = 32_768;

export interface VersionEnd {
  readonly number: number;
  readonly run: string;
  readonly reason: string;
  /** Of the check that it passed or failed; null when there was none. */
  readonly checked: VersionMetrics | null;
  /** That check failed, and ended it. */
  readonly isCheckFailure: boolean;
}

export class RecentEnds {
  /** By the partition's row. A row that is in both is newer in the first. */
  #newer: Map<number, VersionEnd>;
  #older = new Map<number, VersionEnd>();

  constructor(entries: readonly (readonly [number, VersionEnd])[] = []) {
    this.#newer = new Map(entries);
  }

  /** A later entry of the same row holds. */
  get entries(): (readonly [number, VersionEnd])[] {
    return [...this.#older, ...this.#newer];
  }

  set(row: number, end: VersionEnd): void {
    this.#newer.set(row, end);
    if (this.#newer.size < ENDS_KEPT) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }

  of(row: number, number: number): VersionEnd | null {
    const end = this.#newer.get(row) ?? this.#older.get(row);
    return end?.number === number ? end : null;
  }
}
