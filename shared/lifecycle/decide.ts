// Accepts or refuses one command on one partition: the transition table plus what it cannot know (who holds the token,
// until when, with which payload). Pure, O(1): the caller looks up the two versions that matter and writes the answer.
// Only commands are refused; observations of what others did are judged by the checker instead (MODEL).

import { err, ok, type Result } from '../base/result.ts';
import { isOpen, isWhole, STATUS_NAMES, Status, Step } from './status.ts';
import { brokenRule, nextStatus } from './transitions.ts';
import type { Command, Decision, LifecyclePolicy, OpenCommand, VersionState, Violation } from './version-state.ts';

type Judgement = Result<Decision, Violation>;

/** The versions of a partition that a command is judged by. */
export interface PartitionView {
  /** The one with the highest number; null when the partition was never opened. */
  readonly latest: VersionState | null;
  /** The one that the command's token names; null when there is none. `open` has no token. */
  readonly named: VersionState | null;
}

/**
 * Judges `command`. An accepted one says what to write; a refused one names the rule (LEDGER) and the holder.
 * A late finalize of a writer whose lease is over is accepted as long as nobody wrote the expiry or took over:
 * status follows written events, never a clock at read time. Times must be finite; the caller checks its input.
 */
export function decide(view: PartitionView, command: Command, policy: LifecyclePolicy): Judgement {
  if (command.step === 'open') return decideOpen(view.latest, command, policy);
  const version = view.named;
  if (version === null)
    return refuse('one-owner', 'not-open', `version ${command.token} was never opened`, view.latest);
  if (command.step === 'read') return decideRead(version, policy);
  const repeated = repeatOf(version, command);
  if (repeated) return repeated;
  const fenced = 'run' in command ? fence(view.latest, version, command.run) : null;
  if (fenced) return fenced;
  if (command.atUs < version.lastUs - policy.clockToleranceUs) return clockBack(version);
  return decideStep(view, version, command, policy);
}

function decideOpen(latest: VersionState | null, command: OpenCommand, policy: LifecyclePolicy): Judgement {
  if (latest !== null && isWhole(latest.status) && isSameTry(latest, command)) return repeat(latest);
  if (latest === null || !isOpen(latest.status)) return ok(opened(latest, null, command, policy));
  if (latest.run === command.run && command.attempt < latest.attempt) {
    return refuse(
      'one-owner',
      'stale-token',
      `attempt ${latest.attempt} of the same run holds ${label(latest)}`,
      latest,
    );
  }
  if (command.atUs > latest.leaseUntilUs) return ok(opened(latest, Status.expired, command, policy));
  if (latest.run === command.run && command.attempt === latest.attempt) return repeat(latest);
  if (latest.run === command.run || command.takeover === true) {
    return ok(opened(latest, Status.superseded, command, policy));
  }
  return refuse('one-owner', 'held', `${latest.run} (attempt ${latest.attempt}) holds ${label(latest)}`, latest);
}

/** The answer to its open may have been lost, and the version written all the same. */
const isSameTry = (latest: VersionState, { run, attempt }: OpenCommand): boolean =>
  latest.run === run && latest.attempt === attempt;

function opened(
  latest: VersionState | null,
  closeAs: Status | null,
  command: OpenCommand,
  policy: LifecyclePolicy,
): Decision {
  const next: VersionState = {
    number: (latest?.number ?? 0) + 1,
    status: Status.running,
    run: command.run,
    attempt: command.attempt,
    openedUs: command.atUs,
    leaseUntilUs: command.atUs + policy.leaseUs,
    lastUs: command.atUs,
    finalizedUs: Number.NaN,
    publishedUs: Number.NaN,
    rowCount: Number.NaN,
    payloadHash: '',
    reason: '',
  };
  const closed =
    latest === null || closeAs === null
      ? null
      : {
          ...latest,
          status: closeAs,
          lastUs: Math.max(latest.lastUs, command.atUs),
          reason: closeReason(closeAs, next),
        };
  return { next, closed, repeated: false };
}

const LEASE_OVER = 'its lease was over';

const closeReason = (status: Status, by: VersionState): string =>
  status === Status.expired ? LEASE_OVER : `${by.run} (attempt ${by.attempt}) opened v${by.number}`;

function decideRead(version: VersionState, policy: LifecyclePolicy): Judgement {
  const ready = policy.readyWhen === 'finalized' ? isWhole(version.status) : version.status === Status.published;
  if (ready) return repeat(version);
  const state = STATUS_NAMES[version.status];
  return refuse(
    'no-read-before-finalize',
    'not-whole',
    `v${version.number} is ${state}, not ${policy.readyWhen}`,
    version,
  );
}

/** The same command a second time gives the first answer; a finalize with other content does not. */
function repeatOf(version: VersionState, command: Command): Judgement | null {
  if (command.step === 'finalize' && isWhole(version.status) && version.run === command.run) {
    if (version.payloadHash === command.payloadHash) return repeat(version);
    return refuse('finalize-once', 'other-payload', `v${version.number} was finalized with other content`, version);
  }
  if (command.step === 'fail' && version.status === Status.failed && version.run === command.run) {
    return version.reason === command.reason ? repeat(version) : null;
  }
  if (command.step === 'publish' && version.status === Status.published) return repeat(version);
  return null;
}

function fence(latest: VersionState | null, version: VersionState, run: string): Judgement | null {
  if (version.run !== run) {
    return refuse('one-owner', 'stale-token', `v${version.number} belongs to ${version.run}, not to ${run}`, version);
  }
  if (latest === null || latest.number === version.number) return null;
  const holder = `${latest.run} (attempt ${latest.attempt})`;
  return refuse(
    'one-owner',
    'stale-token',
    `token ${version.number} is fenced: ${holder} has ${label(latest)}`,
    latest,
  );
}

function decideStep(
  view: PartitionView,
  version: VersionState,
  command: Exclude<Command, OpenCommand>,
  policy: LifecyclePolicy,
): Judgement {
  const step = stepOf(command);
  const status = nextStatus(version.status, step, policy.gated);
  if (status === -1) return refuseStep(version, step);
  if (command.step === 'heartbeat' && command.atUs > version.leaseUntilUs) {
    return refuse('heartbeat-in-lease', 'lease-over', `the lease of v${version.number} is over`, version);
  }
  if (command.step === 'expire' && command.atUs <= version.leaseUntilUs) {
    return refuse('heartbeat-in-lease', 'lease-live', `${version.run} still holds ${label(version)}`, version);
  }
  if (command.step === 'marker' && view.latest !== null && view.latest.number > version.number) {
    const message = `${label(view.latest)} came after v${version.number}: a marker would vouch for its files`;
    return refuse('marker-matches-version', 'stale-marker', message, view.latest);
  }
  return ok({ next: moved(version, status, command, policy), closed: null, repeated: false });
}

function stepOf(command: Exclude<Command, OpenCommand>): Step {
  if (command.step === 'check') return command.passed ? Step.checkPassed : Step.checkFailed;
  return Step[command.step];
}

function moved(
  version: VersionState,
  status: Status,
  command: Exclude<Command, OpenCommand>,
  policy: LifecyclePolicy,
): VersionState {
  const atUs = command.atUs;
  const next = { ...version, status, lastUs: Math.max(version.lastUs, atUs) };
  switch (command.step) {
    case 'heartbeat':
      return { ...next, leaseUntilUs: Math.max(version.leaseUntilUs, atUs + policy.leaseUs) };
    case 'check':
      return { ...next, reason: command.reason ?? '' };
    case 'finalize':
      return { ...next, finalizedUs: atUs, rowCount: command.rowCount, payloadHash: command.payloadHash };
    case 'publish':
      return { ...next, publishedUs: atUs };
    case 'fail':
      return { ...next, reason: command.reason };
    case 'expire':
      return { ...next, reason: LEASE_OVER };
    default:
      return next;
  }
}

function refuseStep(version: VersionState, step: Step): Judgement {
  const rule = brokenRule(version.status, step);
  const state = `v${version.number} is ${STATUS_NAMES[version.status]}`;
  if (rule === 'checked-first') return refuse(rule, 'not-checked', `${state}: its check has not passed`, version);
  if (step === Step.publish || step === Step.marker) return refuse(rule, 'not-whole', `${state}, not SUCCESS`, version);
  return refuse(rule, 'ended', version.reason === '' ? state : `${state}: ${version.reason}`, version);
}

const clockBack = (version: VersionState): Judgement =>
  refuse('time-goes-forward', 'clock-back', `the clock is behind the last event of v${version.number}`, version);

const label = (version: VersionState): string => `v${version.number} (${STATUS_NAMES[version.status]})`;

const repeat = (version: VersionState): Judgement => ok({ next: version, closed: null, repeated: true });

function refuse(
  rule: Violation['rule'],
  code: Violation['code'],
  message: string,
  holder: VersionState | null,
): Judgement {
  const { run, attempt, number } = holder ?? { run: '', attempt: 0, number: 0 };
  return err({ rule, code, message, holder: holder === null ? null : { run, attempt, number } });
}
