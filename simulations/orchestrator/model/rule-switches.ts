// The lifecycle's rules that a test may switch off, to see that each is needed: then what the rule forbids is done, and
// the checker must find it in the log. Never off outside of tests. The one that is missing forbids nothing:
// `lineage-is-current` says whose input has a later version by now.

import type { RuleName } from '../../../shared/lifecycle/rules.ts';

export const SWITCHABLE_RULES = [
  'no-read-before-finalize',
  'one-owner',
  'finalize-once',
  'checked-first',
  'finalize-is-atomic',
  'publish-after-finalize',
  'marker-after-data',
  'marker-matches-version',
  'versions-increase',
  'heartbeat-in-lease',
  'no-write-after-end',
  'time-goes-forward',
] as const satisfies readonly RuleName[];

/** What follows of them for the play; the rest is done, or not, where the log's versions are made (version-log.ts). */
export interface RuleSwitches {
  readonly off: ReadonlySet<RuleName>;
  /** Readers are let go at the end of the work. */
  readonly readsEarly: boolean;
  readonly sharesPartitions: boolean;
  readonly skipsChecks: boolean;
  /** The event is sent at the end of the work. */
  readonly publishesEarly: boolean;
  /** The marker is written at the end of the work. */
  readonly marksEarly: boolean;
  /** Markers are written over the files of later versions. */
  readonly marksStale: boolean;
  /** One of those that let readers go at the end of the work. */
  readonly tellsEarly: boolean;
}

export function ruleSwitches(off: ReadonlySet<RuleName>): RuleSwitches {
  return {
    off,
    readsEarly: off.has('no-read-before-finalize'),
    sharesPartitions: off.has('one-owner'),
    skipsChecks: off.has('checked-first'),
    publishesEarly: off.has('publish-after-finalize'),
    marksEarly: off.has('marker-after-data'),
    marksStale: off.has('marker-matches-version'),
    tellsEarly: off.has('no-read-before-finalize') || off.has('publish-after-finalize') || off.has('marker-after-data'),
  };
}
