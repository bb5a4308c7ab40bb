// Logs made by the lifecycle itself: random commands on a few partitions, of which only the accepted ones become
// events, and readers that are let in only to what is readable. Such a log breaks no rule, whatever happened.

import * as fc from 'fast-check';
import { applyCommand, EMPTY_PARTITION, type Partition, readableVersion } from '../../../shared/lifecycle/partition.ts';
import { Status } from '../../../shared/lifecycle/status.ts';
import type { Command, LifecyclePolicy, VersionState } from '../../../shared/lifecycle/version-state.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { LogBuilder } from './log-builder.ts';

const POLICY: LifecyclePolicy = { leaseUs: 20_000_000, clockToleranceUs: 0, gated: false, readyWhen: 'finalized' };
const PARTITIONS = 3;
const RUNS = 3;

interface Move {
  readonly what:
    | 'open'
    | 'heartbeat'
    | 'pass'
    | 'fail check'
    | 'finalize'
    | 'publish'
    | 'fail'
    | 'expire'
    | 'marker'
    | 'read';
  readonly partition: number;
  readonly run: number;
  readonly attempt: number;
  readonly takeover: boolean;
  readonly tokenBack: number;
  readonly waitSeconds: number;
}

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({
    what: fc.constantFrom(
      'open',
      'heartbeat',
      'pass',
      'fail check',
      'finalize',
      'publish',
      'fail',
      'expire',
      'marker',
      'read',
    ),
    partition: fc.nat(PARTITIONS - 1),
    run: fc.nat(RUNS - 1),
    attempt: fc.integer({ min: 1, max: 3 }),
    takeover: fc.boolean(),
    tokenBack: fc.nat(2),
    waitSeconds: fc.nat(15),
  }),
  { maxLength: 80 },
);

export interface LifecycleLog {
  readonly log: LogBuilder;
  /** Version rows that are whole, and those that are open, at the end. */
  readonly wholeRows: readonly number[];
  readonly openRows: readonly number[];
  readonly reader: number;
  readonly endSeconds: number;
}

export function lifecycleLog(list: readonly Move[]): LifecycleLog {
  const log = new LogBuilder();
  const writers = Array.from({ length: RUNS }, (_, i) => log.taskRun(`writer ${i}`));
  const reader = log.taskRun('reader');
  const partitions: Partition[] = Array.from({ length: PARTITIONS }, () => EMPTY_PARTITION);
  const rows: number[][] = Array.from({ length: PARTITIONS }, () => []);
  const versionRow = (p: number, v: VersionState): number => {
    const owner = writers[Number(v.run)] ?? -1;
    return ((rows[p] as number[])[v.number - 1] ??= log.version('data', `p=${p}`, v.number, owner));
  };
  let seconds = 0;
  for (const move of list) {
    seconds += move.waitSeconds;
    const p = move.partition;
    const partition = partitions[p] ?? EMPTY_PARTITION;
    if (move.what === 'read') {
      const readable = readableVersion(partition);
      if (readable) log.read(seconds, reader, versionRow(p, readable));
      continue;
    }
    const applied = applyCommand(partition, commandOf(move, partition, seconds), POLICY);
    if (!applied.ok || applied.value.repeated) continue;
    partitions[p] = applied.value.partition;
    const { closed, next } = applied.value;
    if (closed !== null) {
      const kind = closed.status === Status.expired ? EventKind.versionExpired : EventKind.versionSuperseded;
      log.at(seconds, kind, { version: versionRow(p, closed) });
    }
    log.at(seconds, KINDS[move.what], {
      version: versionRow(p, next),
      taskRun: writers[Number(next.run)] ?? -1,
      ...codeOf(move),
    });
  }
  const ofStatus = (...wanted: readonly Status[]): number[] =>
    partitions.flatMap((partition, p) =>
      partition.versions.filter((v) => wanted.includes(v.status)).map((v) => versionRow(p, v)),
    );
  return {
    log,
    reader,
    endSeconds: seconds,
    wholeRows: ofStatus(Status.finalized, Status.published),
    openRows: ofStatus(Status.running, Status.checked),
  };
}

const KINDS = {
  open: EventKind.versionOpened,
  heartbeat: EventKind.versionHeartbeat,
  pass: EventKind.versionChecked,
  'fail check': EventKind.versionChecked,
  finalize: EventKind.versionFinalized,
  publish: EventKind.versionPublished,
  fail: EventKind.versionFailed,
  expire: EventKind.versionExpired,
  marker: EventKind.versionMarker,
} as const;

const codeOf = (move: Move): { code?: number; value?: number } => {
  if (move.what === 'pass') return { code: 1 };
  return move.what === 'finalize' ? { value: 100 } : {};
};

function commandOf(move: Move, partition: Partition, seconds: number): Command {
  const atUs = seconds * 1e6;
  const run = String(move.run);
  const token = Math.max(1, partition.versions.length - move.tokenBack);
  switch (move.what) {
    case 'open':
      return { step: 'open', run, attempt: move.attempt, atUs, takeover: move.takeover };
    case 'pass':
    case 'fail check':
      return { step: 'check', run, token, atUs, passed: move.what === 'pass' };
    case 'finalize':
      return { step: 'finalize', run, token, atUs, payloadHash: 'x', rowCount: 100 };
    case 'fail':
      return { step: 'fail', run, token, atUs, reason: 'it broke' };
    case 'heartbeat':
      return { step: 'heartbeat', run, token, atUs };
    default:
      return { step: move.what as 'publish' | 'expire' | 'marker', token, atUs };
  }
}
