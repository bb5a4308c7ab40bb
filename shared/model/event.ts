// The events of every log: MODEL.md's table as small integers. A row's meaning of `code`, `ref`, `value` and `text`
// by kind stands beside each kind; whatever a kind does not use is 0, -1, NaN and -1.

export const EventKind = {
  /** A pipeline run was created. */
  runCreated: 0,
  /** A pipeline run ended. code: Outcome. */
  runEnded: 1,
  taskCreated: 2,
  /** The last dependency of a task run was satisfied. ref: the task run that was last, or -1. */
  taskReady: 3,
  /** code: BlockCause; ref: the holder's task run or -1; value: blocked since, in µs. */
  taskBlocked: 4,
  taskQueued: 5,
  taskStarted: 6,
  /** code: Outcome; value: rows processed or NaN. */
  taskEnded: 7,
  /** value: when it will be tried again, in µs. */
  taskRetry: 8,
  taskRescheduled: 9,
  taskDeferred: 10,
  /** text: the rule. */
  taskSkipped: 11,
  versionOpened: 12,
  versionHeartbeat: 13,
  /** code: 1 passed, 0 not; value: rows; text: reason. */
  versionChecked: 14,
  /** value: row count. */
  versionFinalized: 15,
  versionPublished: 16,
  /** text: reason. */
  versionFailed: 17,
  versionExpired: 18,
  versionSuperseded: 19,
  /** text: path. */
  versionMarker: 20,
  /** A task run reads a partition version. value: rows read or NaN. */
  read: 21,
  /** text: the note. */
  note: 22,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** By kind number, as stored and printed. */
export const EVENT_KIND_NAMES = [
  'run created',
  'run ended',
  'task created',
  'task ready',
  'task blocked',
  'task queued',
  'task started',
  'task ended',
  'task retry',
  'task rescheduled',
  'task deferred',
  'task skipped',
  'open',
  'heartbeat',
  'checked',
  'finalized',
  'published',
  'failed',
  'expired',
  'superseded',
  'marker',
  'read',
  'note',
] as const;

export const Outcome = { unknown: 0, success: 1, failed: 2, aborted: 3, skipped: 4, upstreamFailed: 5 } as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];
export const OUTCOME_NAMES = ['unknown', 'success', 'failed', 'aborted', 'skipped', 'upstream_failed'] as const;

/** Why a task run waits, in the order that breaks ties (MODEL). Also blame's list. */
export const BLOCK_CAUSES = [
  'upstream',
  'trigger detection',
  'scheduler loop',
  'pipeline limit',
  'task limit',
  'pool',
  'priority',
  'executor',
  'start-up',
  'retry delay',
  'check',
  'finalize queue',
  'publish',
] as const;

/** How a field is known. */
export const Evidence = { recorded: 0, inferred: 1, unknown: 2 } as const;
export type Evidence = (typeof Evidence)[keyof typeof Evidence];
export const EVIDENCE_NAMES = ['recorded', 'inferred', 'unknown'] as const;

/** The evidence of a row's three parts in one byte: its time, its subject (run or version), its value. */
export const packEvidence = (time: Evidence, subject: Evidence = 0, value: Evidence = 0): number =>
  time | (subject << 2) | (value << 4);
export const timeEvidence = (packed: number): Evidence => (packed & 3) as Evidence;
export const subjectEvidence = (packed: number): Evidence => ((packed >> 2) & 3) as Evidence;
export const valueEvidence = (packed: number): Evidence => ((packed >> 4) & 3) as Evidence;
