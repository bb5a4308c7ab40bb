// What the store must answer, from the pure lifecycle and nothing else: partitions as plain values, the gate as one
// comparison, no files, no columns, no time that passes by itself.

import {
  applyCommand,
  EMPTY_PARTITION,
  type Partition,
  readableVersion,
} from '../../../../shared/lifecycle/partition.ts';
import { isOpen, Status } from '../../../../shared/lifecycle/status.ts';
import type { Command, VersionState } from '../../../../shared/lifecycle/version-state.ts';
import { LEASE_MS } from './real-store.ts';

const LEASE_US = LEASE_MS * 1_000;
export const GATED_MIN_ROWS = 5;

interface Check {
  readonly run: string;
  readonly rowCount: number;
  readonly passed: boolean;
}

export interface NaivePartition {
  partition: Partition;
  /** By version. */
  readonly checks: Map<number, Check>;
  readonly isGated: boolean;
}

export class NaiveStore {
  readonly partitions: readonly NaivePartition[];

  constructor(gated: readonly boolean[]) {
    this.partitions = gated.map((isGated) => ({ partition: EMPTY_PARTITION, checks: new Map(), isGated }));
  }

  /** "" when accepted, else the code of the refusal. */
  run(at: number, command: Command, receivedUs: number): string {
    const place = this.partitions[at];
    if (command.step !== 'open' && place.partition.versions.length === 0) return 'unknown-partition';
    const applied = applyCommand(place.partition, command, {
      leaseUs: LEASE_US + receivedUs - command.atUs,
      clockToleranceUs: 1_000_000,
      gated: place.isGated,
      readyWhen: 'finalized',
    });
    if (!applied.ok) return applied.error.code;
    place.partition = applied.value.partition;
    return '';
  }

  check(
    at: number,
    command: { run: string; token: number; atUs: number },
    rowCount: number,
    receivedUs: number,
  ): string {
    const place = this.partitions[at];
    const before = place.checks.get(command.token);
    const status = place.partition.versions[command.token - 1]?.status;
    const isSame = before?.run === command.run && before.rowCount === rowCount;
    if (isSame && (before.passed ? status === Status.checked : status === Status.failed)) return '';
    const passed = !place.isGated || rowCount >= GATED_MIN_ROWS;
    const reason = passed ? '' : `${rowCount} rows, at least ${GATED_MIN_ROWS} are wanted`;
    const code = this.run(at, { step: 'check', ...command, passed, reason }, receivedUs);
    if (code === '') place.checks.set(command.token, { run: command.run, rowCount, passed });
    return code;
  }

  finalize(
    at: number,
    command: { run: string; token: number; atUs: number },
    rowCount: number,
    receivedUs: number,
  ): string {
    const place = this.partitions[at];
    const before = place.partition;
    const checked = place.checks.get(command.token);
    const whole = { step: 'finalize', ...command, payloadHash: `${rowCount}`, rowCount } as const;
    const code = this.run(at, whole, receivedUs);
    if (code !== '' || place.partition === before || !place.isGated || checked?.rowCount === rowCount) return code;
    place.partition = before;
    return 'not-checked';
  }

  /** What the store does by itself: expiries of leases that are over, and the events of what is whole. */
  settle(nowUs: number): void {
    for (const place of this.partitions) {
      this.#settleOne(place, nowUs);
      this.#forget(place);
    }
  }

  /** Once it is durable, how a version failed is remembered until a later one of the partition has ended. */
  #forget(place: NaivePartition): void {
    const versions = place.partition.versions.map((version, i, all) => {
      if (all.slice(i + 1).every((later) => isOpen(later.status))) return version;
      place.checks.delete(version.number);
      return { ...version, reason: '' };
    });
    place.partition = { versions };
  }

  #settleOne(place: NaivePartition, nowUs: number): void {
    const last = place.partition.versions.at(-1);
    // The timer is set for the millisecond after the lease.
    const atUs = (last?.leaseUntilUs ?? 0) + 1_000;
    if (last && isOpen(last.status) && atUs <= nowUs) {
      this.run(this.partitions.indexOf(place), { step: 'expire', token: last.number, atUs }, nowUs);
    }
    const whole = readableVersion(place.partition);
    if (whole === null || whole.status !== Status.finalized) return;
    const publish = { step: 'publish', token: whole.number, atUs: Math.max(nowUs, whole.lastUs) } as const;
    this.run(this.partitions.indexOf(place), publish, nowUs);
  }

  /** Leases begin again. */
  restart(nowUs: number): void {
    for (const place of this.partitions) {
      const versions = place.partition.versions.map(
        (version): VersionState => (isOpen(version.status) ? { ...version, leaseUntilUs: nowUs + LEASE_US } : version),
      );
      place.partition = { versions };
    }
  }
}
