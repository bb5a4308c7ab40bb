// What all commands share: the state that they are judged by, the way to the disk, the clock. `judge` is the one place
// where a command meets the lifecycle.

import type { Timed } from '../../../shared/api/ledger.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import { decide } from '../../../shared/lifecycle/decide.ts';
import type { Command, Decision, VersionState } from '../../../shared/lifecycle/version-state.ts';
import type { PartitionName } from '../../../shared/model/ledger.ts';
import type { PartitionIndex } from '../partitions/partition-index.ts';
import type { LedgerClock } from './clock.ts';
import type { Decided, DecidedPartition } from './decided.ts';
import type { Declarations } from './declarations.ts';
import type { Intake } from './intake.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { badCommand, clockAhead, refusal, unknownPartition } from './refusals.ts';

export interface CommandContext {
  readonly index: PartitionIndex;
  readonly decided: Decided;
  readonly declarations: Declarations;
  readonly intake: Intake;
  readonly leases: LeaseKeeper;
  readonly clock: LedgerClock;
  readonly defaultLeaseMs: number;
  readonly clockToleranceMs: number;
}

/** When a command happened, and when it came. */
export interface Times {
  readonly atUs: number;
  readonly receivedUs: number;
}

/** Throws `clock-ahead`. */
export function timesOf({ clock, clockToleranceMs }: CommandContext, { atUs }: Timed): Times {
  const receivedUs = clock.nowUs();
  if (atUs === undefined) return { atUs: receivedUs, receivedUs };
  if (!Number.isFinite(atUs)) throw badCommand('atUs: a time in µs since the epoch is wanted', 'atUs');
  const aheadUs = atUs - receivedUs;
  if (aheadUs > clockToleranceMs * US_PER_MS) throw clockAhead(aheadUs);
  return { atUs, receivedUs };
}

/** What the lifecycle makes of a command. The lease begins when the command came. Throws the refusal. */
export function judge(
  context: CommandContext,
  name: PartitionName,
  command: Command,
  { leaseUs, receivedUs }: { readonly leaseUs: number; readonly receivedUs: number },
): Decision {
  const token = command.step === 'open' ? null : command.token;
  const view = context.decided.view(name, token, 'run' in command ? command.run : '');
  const judged = decide(view, command, {
    leaseUs: leaseUs + receivedUs - command.atUs,
    clockToleranceUs: context.clockToleranceMs * US_PER_MS,
    gated: context.declarations.of(name).gate !== null,
    readyWhen: 'finalized',
  });
  if (!judged.ok) throw refusal(name, judged.error);
  return judged.value;
}

/** Throws `unknown-partition` where nothing was opened, durable or on its way. */
export function requirePartition({ index, decided }: CommandContext, name: PartitionName): DecidedPartition | null {
  const entry = decided.of(name);
  if (entry === null && index.find(name) < 0) throw unknownPartition(name);
  return entry;
}

/** The seq of the record that gave a version its state: what a repeated command is answered with. */
export async function firstSeq(
  { index, decided }: CommandContext,
  name: PartitionName,
  { number }: Pick<VersionState, 'number'>,
  which: 'endSeq' | 'publishSeq',
): Promise<number> {
  const entry = decided.of(name);
  if (entry !== null && entry.inFlight > 0) await entry.lastSeq;
  return index.seqsOf(index.find(name), number)[which];
}
