// The lifecycle's rules that a test may switch off, to see that each is needed: then what the rule forbids is done, and
// the checker must find it in the log. Never off outside of tests. The other rules cannot be broken by a play whatever is
// switched: versions are numbered by one counter, time is the simulator's, and a finalize is one record.

import type { RuleName } from '../../../shared/lifecycle/rules.ts';

export const SWITCHABLE_RULES = [
  'no-read-before-finalize',
  'one-owner',
  'checked-first',
  'publish-after-finalize',
  'marker-after-data',
  'marker-matches-version',
  'heartbeat-in-lease',
  'no-write-after-end',
] as const satisfies readonly RuleName[];

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
