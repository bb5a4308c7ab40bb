// The rules of a partition's life, by name. Each binds commands (which are refused) and judges observations (which are
// not): the store, the simulator and the checker speak of a rule by these names only. The list is closed; its order is
// the order of every report.

export const RULES = [
  {
    name: 'no-read-before-finalize',
    statement:
      'A reader starts only after the version that it reads is whole (published, where the trigger is an event).',
  },
  {
    name: 'one-owner',
    statement:
      'Heartbeat, check, finalize and fail carry the current fencing token, or are refused with the holder’s name.',
  },
  {
    name: 'finalize-once',
    statement: 'A version is finalized once; the same finalize again gives the first answer.',
  },
  {
    name: 'checked-first',
    statement: 'A version of a dataset that declares a check is finalized only after the check passed.',
  },
  {
    name: 'finalize-is-atomic',
    statement: 'Status, row count, quality and the published event are one record: a reader sees all of it or none.',
  },
  { name: 'publish-after-finalize', statement: 'No event is sent of a version that is not whole.' },
  { name: 'marker-after-data', statement: 'No marker is written for a version that is not whole.' },
  { name: 'marker-matches-version', statement: 'A marker left by an earlier version says nothing about a later one.' },
  { name: 'versions-increase', statement: 'The versions of a partition are opened in rising order, each number once.' },
  { name: 'heartbeat-in-lease', statement: 'A writer’s heartbeat comes before its lease is over.' },
  {
    name: 'no-write-after-end',
    statement: 'Nothing is written to a version that is whole, failed, expired or superseded.',
  },
  {
    name: 'time-goes-forward',
    statement: 'The events of a version follow each other in time, within the stated tolerance.',
  },
  {
    name: 'lineage-is-current',
    statement: 'A run that read version n of a partition is stale once a later version of it is whole.',
  },
] as const;

export type RuleName = (typeof RULES)[number]['name'];
