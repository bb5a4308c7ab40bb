// The lifecycle of one partition version as a table of integers: what a step makes of a status, and which rule it
// breaks when it may not happen. The one place where the lifecycle is written down; everything else asks here.
// Knows no owners, times or payloads: those belong to decide.ts. Allocates nothing, so a hot loop may call it.

import type { RuleName } from './rules.ts';
import { isOpen, isWhole, STATUS_COUNT, STEP_COUNT, Status, Step } from './status.ts';

/** Statuses by (gated, status, step); -1 where the step is refused. */
const NEXT = new Int8Array(2 * STATUS_COUNT * STEP_COUNT).fill(-1);
const GATED = STATUS_COUNT * STEP_COUNT;

function allow(from: Status, step: Step, to: Status): void {
  NEXT[from * STEP_COUNT + step] = to;
  NEXT[GATED + from * STEP_COUNT + step] = to;
}

allow(Status.none, Step.open, Status.running);
for (const from of [Status.running, Status.checked] as const) {
  allow(from, Step.heartbeat, from);
  allow(from, Step.checkPassed, Status.checked);
  allow(from, Step.checkFailed, Status.failed);
  allow(from, Step.finalize, Status.finalized);
  allow(from, Step.fail, Status.failed);
  allow(from, Step.expire, Status.expired);
  allow(from, Step.supersede, Status.superseded);
}
for (const from of [Status.finalized, Status.published] as const) {
  // Delivery is at least once: a publish that comes again changes nothing.
  allow(from, Step.publish, Status.published);
  allow(from, Step.marker, from);
  allow(from, Step.read, from);
}
NEXT[GATED + Status.running * STEP_COUNT + Step.finalize] = -1;

/**
 * The status after a step, or -1 when the lifecycle forbids it. `gated`: the dataset declares a check, so only a
 * checked version may be finalized.
 */
export function nextStatus(status: Status, step: Step, gated = false): Status | -1 {
  return NEXT[(gated ? GATED : 0) + status * STEP_COUNT + step] as Status | -1;
}

/** The rule that a refused step breaks. Ask only where `nextStatus` gave -1. */
export function brokenRule(status: Status, step: Step): RuleName {
  switch (step) {
    case Step.open:
      return 'versions-increase';
    case Step.publish:
      return 'publish-after-finalize';
    case Step.marker:
      return 'marker-after-data';
    case Step.read:
      return 'no-read-before-finalize';
    case Step.finalize:
      if (isWhole(status)) return 'finalize-once';
      return isOpen(status) ? 'checked-first' : ruleOfLateWrite(status);
    case Step.heartbeat:
      return status === Status.expired ? 'heartbeat-in-lease' : ruleOfLateWrite(status);
    case Step.checkPassed:
    case Step.checkFailed:
      // Quality is a part of what a finalize makes whole: it cannot come after.
      return isWhole(status) ? 'finalize-is-atomic' : ruleOfLateWrite(status);
    default:
      return ruleOfLateWrite(status);
  }
}

/** A write to a version that nobody has opened, that another holds now, or that has ended. */
function ruleOfLateWrite(status: Status): RuleName {
  return status === Status.none || status === Status.superseded ? 'one-owner' : 'no-write-after-end';
}
