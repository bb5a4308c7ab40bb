// Keeps the leases of open versions: writes EXPIRED when one is over, and tells the ledger of heartbeats once a lease
// period. Leases begin again when the store starts, because heartbeats are volatile.

import { US_PER_MS } from '../../../shared/base/time.ts';
import { isOpen } from '../../../shared/lifecycle/status.ts';
import type { Decision } from '../../../shared/lifecycle/version-state.ts';
import type { LedgerDraft, VersionName } from '../../../shared/model/ledger.ts';
import type { LedgerClock } from './clock.ts';
import type { DecidedPartition, LeaseHolder } from './decided.ts';
import { Leases } from './leases.ts';

/** How soon after a write was refused it is tried again. */
const RETRY_MS = 1_000;
/** Versions in one record, and expiries in one append. */
const BATCH_VERSIONS = 1_000;

export interface LeaseWriter {
  /** The lifecycle's word on an expiry now, or null when it is refused. */
  expire(entry: DecidedPartition, atUs: number): Decision | null;
  /** Appends; `decisions` go with the drafts. Resolves when durable. */
  write(drafts: readonly LedgerDraft[], decisions: readonly (readonly [DecidedPartition, Decision])[]): Promise<number>;
}

export class LeaseKeeper {
  readonly #clock: LedgerClock;
  readonly #writer: LeaseWriter;
  readonly #leases: Leases<LeaseHolder>;
  readonly #heard = new Set<DecidedPartition>();
  #heartbeats: (() => void) | null = null;

  constructor(clock: LedgerClock, writer: LeaseWriter) {
    this.#clock = clock;
    this.#writer = writer;
    this.#leases = new Leases(clock, leaseEnd, (holders) => this.#expire(holders));
  }

  /** A version was opened. */
  hold(entry: DecidedPartition): void {
    const { number, leaseUntilUs } = entry.latest;
    this.#hold({ entry, number }, leaseUntilUs);
  }

  /** Nobody writes to it any more. */
  release(entry: DecidedPartition): void {
    if (entry.lease === null) return;
    this.#leases.remove(entry.lease);
    entry.lease = null;
    this.#heard.delete(entry);
  }

  /** A heartbeat came: the ledger hears of it within a lease period. */
  heard(entry: DecidedPartition): void {
    this.#heard.add(entry);
    this.#heartbeats ??= this.#clock.after(entry.leaseUs / US_PER_MS, () => this.#tellHeartbeats());
  }

  /** Forgets all leases, then holds these. */
  restart(entries: readonly DecidedPartition[]): void {
    this.stop();
    for (const entry of entries) this.hold(entry);
  }

  stop(): void {
    this.#leases.clear();
    this.#heard.clear();
    this.#heartbeats?.();
    this.#heartbeats = null;
  }

  #hold(holder: LeaseHolder, untilUs: number): void {
    const { entry } = holder;
    if (entry.lease !== null) this.#leases.remove(entry.lease);
    entry.lease = this.#leases.add(holder, untilUs);
  }

  #tellHeartbeats(): void {
    this.#heartbeats = null;
    const open = [...this.#heard].filter(({ latest }) => isOpen(latest.status));
    this.#heard.clear();
    const nowUs = this.#clock.nowUs();
    for (let i = 0; i < open.length; i += BATCH_VERSIONS) {
      const versions = open.slice(i, i + BATCH_VERSIONS).map(versionName);
      const record: LedgerDraft = { kind: 'heartbeats', atUs: nowUs, receivedUs: nowUs, versions };
      // Volatile: what is lost with a failed disk is told again with the next heartbeats.
      this.#writer.write([record], []).catch(() => {});
    }
  }

  #expire(holders: readonly LeaseHolder[]): void {
    const nowUs = this.#clock.nowUs();
    for (let i = 0; i < holders.length; i += BATCH_VERSIONS)
      this.#expireSome(holders.slice(i, i + BATCH_VERSIONS), nowUs);
  }

  #expireSome(holders: readonly LeaseHolder[], nowUs: number): void {
    const decisions: (readonly [DecidedPartition, Decision])[] = [];
    for (const { entry } of holders) {
      const decision = this.#writer.expire(entry, nowUs);
      if (decision !== null) decisions.push([entry, decision]);
    }
    const drafts = decisions.map(
      ([entry, { next }]): LedgerDraft => ({
        kind: 'expired',
        atUs: nowUs,
        receivedUs: nowUs,
        ...entry.name,
        version: next.number,
        reason: next.reason,
      }),
    );
    if (drafts.length > 0) this.#writer.write(drafts, decisions).catch(() => {});
    // Still open: the lifecycle or the ledger refused it.
    for (const holder of holders) {
      if (leaseEnd(holder) !== null) this.#hold(holder, nowUs + RETRY_MS * US_PER_MS);
    }
  }
}

const leaseEnd = ({ entry, number }: LeaseHolder): number | null =>
  entry.latest.number === number && isOpen(entry.latest.status) ? entry.latest.leaseUntilUs : null;

const versionName = ({ name, latest }: DecidedPartition): VersionName => ({ ...name, version: latest.number });
