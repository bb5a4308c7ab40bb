// One partition with all of its versions, moved by `decide`: the reference that tests, explorers and the store's model
// use. Immutable: every accepted command gives a new partition. A server keeps its own index and calls `decide` itself.

import { err, ok, type Result } from '../base/result.ts';
import { decide, type PartitionView } from './decide.ts';
import { isWhole } from './status.ts';
import type { Command, Decision, LifecyclePolicy, VersionState, Violation } from './version-state.ts';

export interface Partition {
  /** By number: version n is at n - 1. */
  readonly versions: readonly VersionState[];
}

export const EMPTY_PARTITION: Partition = { versions: [] };

export interface Applied extends Decision {
  readonly partition: Partition;
}

export function applyCommand(
  partition: Partition,
  command: Command,
  policy: LifecyclePolicy,
): Result<Applied, Violation> {
  const judged = decide(viewOf(partition, command), command, policy);
  if (!judged.ok) return err(judged.error);
  const { next, closed, repeated } = judged.value;
  if (repeated) return ok({ ...judged.value, partition });
  const versions = partition.versions.slice();
  if (closed !== null) versions[closed.number - 1] = closed;
  versions[next.number - 1] = next;
  return ok({ ...judged.value, partition: { versions } });
}

/** The version that a reader gets: the newest whole one, or null. */
export function readableVersion(partition: Partition): VersionState | null {
  return partition.versions.findLast((version) => isWhole(version.status)) ?? null;
}

function viewOf(partition: Partition, command: Command): PartitionView {
  return {
    latest: partition.versions.at(-1) ?? null,
    named: command.step === 'open' ? null : (partition.versions[command.token - 1] ?? null),
  };
}
