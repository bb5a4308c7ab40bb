// What the commands refuse, as errors that every caller sees alike: the lifecycle's violations with their own code and
// the holder's name, and what is refused before the lifecycle is asked.

import { ServiceError } from '../../../shared/api/errors.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import type { Violation, ViolationCode } from '../../../shared/lifecycle/version-state.ts';
import type { PartitionName } from '../../../shared/model/ledger.ts';
import { partitionLabel } from './names.ts';

const HINTS: Partial<Record<ViolationCode, string>> = {
  held: 'wait for it, or take the partition over',
  'stale-token': 'stop writing: another writer has the partition',
  'not-open': 'open the partition first',
  'not-checked': 'check first; the check decides',
  'lease-over': 'open again with a higher attempt',
  'other-payload': 'open a new version for other content',
  'clock-back': 'the writer’s clock jumped back',
};

/** A command that the lifecycle refused. */
export function refusal(name: PartitionName, violation: Violation): ServiceError {
  const { code, message, rule, holder } = violation;
  const hint = HINTS[code];
  return new ServiceError({
    code,
    message: `${partitionLabel(name)}: ${message} (${rule})`,
    ...(hint === undefined ? {} : { hint }),
    ...(holder === null ? {} : { holder: { run: holder.run, attempt: holder.attempt, token: holder.number } }),
  });
}

export const unknownPartition = (name: PartitionName): ServiceError =>
  new ServiceError({
    code: 'unknown-partition',
    message: `nothing was ever opened in ${partitionLabel(name)} of ${name.namespace}`,
    hint: 'open it first, or look at its name',
  });

export const clockAhead = (aheadUs: number): ServiceError =>
  new ServiceError({
    code: 'clock-ahead',
    message: `the command’s time is ${Math.ceil(aheadUs / US_PER_MS)} ms ahead of the store’s clock (time-goes-forward)`,
    place: 'atUs',
    hint: 'the writer’s clock is wrong; leave the time out to use the store’s',
  });

export const notAsChecked = (name: PartitionName, what: string): ServiceError =>
  new ServiceError({
    code: 'not-checked',
    message: `${partitionLabel(name)}: ${what} is not what the check saw (checked-first)`,
    hint: 'check again, then finalize',
  });

export const badCommand = (message: string, place: string): ServiceError =>
  new ServiceError({ code: 'bad-request', message, place });

export const storeClosed = (): ServiceError => new ServiceError({ code: 'closed', message: 'the store is closed' });
