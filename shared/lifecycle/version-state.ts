// What the lifecycle must remember of one version, and the commands that ask for a step. Plain data: the store frames
// it as records, the simulator keeps the same fields in columns, tests build it by hand.
// Times are µs since the epoch (EpochUs); NaN is "not yet". A version's number is its fencing token.

import type { RuleName } from './rules.ts';
import type { Status } from './status.ts';

export interface VersionState {
  /** 1, 2, …: the version's number and its writer's fencing token. */
  readonly number: number;
  readonly status: Status;
  /** The run that writes it, and its attempt from 1. */
  readonly run: string;
  readonly attempt: number;
  readonly openedUs: number;
  /** The writer must be heard of until then. */
  readonly leaseUntilUs: number;
  /** The time of its latest event. */
  readonly lastUs: number;
  readonly finalizedUs: number;
  readonly publishedUs: number;
  readonly rowCount: number;
  /** Names the content of its finalize, so that the same one again is known; "" before. */
  readonly payloadHash: string;
  readonly reason: string;
}

export interface LifecyclePolicy {
  /** How long a writer holds a version after each sign of life. */
  readonly leaseUs: number;
  /** A clock may be behind the last event of a version by so much. */
  readonly clockToleranceUs: number;
  /** The dataset declares a check: SUCCESS needs it passed. */
  readonly gated: boolean;
  /** What lets a reader start. */
  readonly readyWhen: 'finalized' | 'published';
}

interface AtTime {
  readonly atUs: number;
}
interface ByWriter extends AtTime {
  /** The version's number, as `open` gave it. */
  readonly token: number;
  readonly run: string;
}

export interface OpenCommand extends AtTime {
  readonly step: 'open';
  readonly run: string;
  readonly attempt: number;
  /** Take the partition from a live writer: a person's decision, never a retry's. */
  readonly takeover?: boolean;
}

export type Command =
  | OpenCommand
  | (ByWriter & { readonly step: 'heartbeat' })
  | (ByWriter & { readonly step: 'check'; readonly passed: boolean; readonly reason?: string })
  | (ByWriter & { readonly step: 'finalize'; readonly payloadHash: string; readonly rowCount: number })
  | (ByWriter & { readonly step: 'fail'; readonly reason: string })
  | (AtTime & { readonly step: 'publish'; readonly token: number })
  | (AtTime & { readonly step: 'expire'; readonly token: number })
  | (AtTime & { readonly step: 'marker'; readonly token: number })
  | (AtTime & { readonly step: 'read'; readonly token: number });

/** Why a command was refused; stable, for programs. */
export type ViolationCode =
  /** Another run holds the partition with a live lease. */
  | 'held'
  /** The token is not the current writer's: a newer version was opened, or another run owns this one. */
  | 'stale-token'
  /** No version has this token. */
  | 'not-open'
  /** The version has ended: whole, failed or expired. */
  | 'ended'
  /** The dataset declares a check that has not passed. */
  | 'not-checked'
  /** It was finalized before, with another payload. */
  | 'other-payload'
  /** The heartbeat came after the lease was over. */
  | 'lease-over'
  /** The lease is still live, so it cannot be called over. */
  | 'lease-live'
  /** The version is not whole. */
  | 'not-whole'
  /** A later version was opened over the same place: a marker of this one would vouch for the other's files. */
  | 'stale-marker'
  /** The command's time is before the version's last event. */
  | 'clock-back';

export interface Violation {
  readonly rule: RuleName;
  readonly code: ViolationCode;
  /** One sentence for people; names the holder where there is one. */
  readonly message: string;
  readonly holder: { readonly run: string; readonly attempt: number; readonly number: number } | null;
}

/** What an accepted command does: write `next`, and before it `closed`, in one record. */
export interface Decision {
  /** The version as it is from now on. */
  readonly next: VersionState;
  /** The earlier version that an `open` ended (EXPIRED or SUPERSEDED); null when none. */
  readonly closed: VersionState | null;
  /** The command had been done before: nothing to write, and `next` is the first answer. */
  readonly repeated: boolean;
}
