// The states of one partition version and the steps that move it, as small integers: they index the transition table
// and are stored in columns by the simulator and the ledger, so a number's meaning never changes.

import { EventKind } from '../model/event.ts';

export const Status = {
  /** Nobody has opened it. */
  none: 0,
  running: 1,
  /** RUNNING, and its check passed. */
  checked: 2,
  /** SUCCESS, its event not yet delivered. */
  finalized: 3,
  /** SUCCESS, and its event was delivered. */
  published: 4,
  failed: 5,
  /** Its lease ran out, and that was written down. */
  expired: 6,
  /** A higher attempt or a takeover has its place; every later write of it is refused. */
  superseded: 7,
} as const;
export type Status = (typeof Status)[keyof typeof Status];

export const STATUS_COUNT = 8;

/** By status number: how people and the ledger name it. */
export const STATUS_NAMES = [
  'none',
  'RUNNING',
  'RUNNING checked',
  'SUCCESS',
  'SUCCESS published',
  'FAILED',
  'EXPIRED',
  'SUPERSEDED',
] as const;

export const Step = {
  open: 0,
  heartbeat: 1,
  checkPassed: 2,
  checkFailed: 3,
  finalize: 4,
  publish: 5,
  fail: 6,
  expire: 7,
  supersede: 8,
  marker: 9,
  read: 10,
} as const;
export type Step = (typeof Step)[keyof typeof Step];

export const STEP_COUNT = 11;

export const STEP_NAMES = [
  'open',
  'heartbeat',
  'check passed',
  'check failed',
  'finalize',
  'publish',
  'fail',
  'expire',
  'supersede',
  'marker',
  'read',
] as const;

const STEP_OF_KIND = new Int8Array(32).fill(-1);
STEP_OF_KIND[EventKind.versionOpened] = Step.open;
STEP_OF_KIND[EventKind.versionHeartbeat] = Step.heartbeat;
STEP_OF_KIND[EventKind.versionChecked] = Step.checkPassed;
STEP_OF_KIND[EventKind.versionFinalized] = Step.finalize;
STEP_OF_KIND[EventKind.versionPublished] = Step.publish;
STEP_OF_KIND[EventKind.versionFailed] = Step.fail;
STEP_OF_KIND[EventKind.versionExpired] = Step.expire;
STEP_OF_KIND[EventKind.versionSuperseded] = Step.supersede;
STEP_OF_KIND[EventKind.versionMarker] = Step.marker;
STEP_OF_KIND[EventKind.read] = Step.read;

/** The step that a log's event is, or -1 for an event of no version. `code` is the event's: a check's 1 or 0. */
export function stepOfEvent(kind: number, code: number): Step | -1 {
  const step = STEP_OF_KIND[kind];
  return (step === Step.checkPassed && code === 0 ? Step.checkFailed : step) as Step | -1;
}

/** Someone may still write to it. */
export const isOpen = (status: Status): boolean => status === Status.running || status === Status.checked;
/** SUCCESS: a reader may have it. */
export const isWhole = (status: Status): boolean => status === Status.finalized || status === Status.published;
/** FAILED, EXPIRED or SUPERSEDED: it will never be whole. */
export const isDead = (status: Status): boolean => status >= Status.failed;
