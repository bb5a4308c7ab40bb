// A writer's commands: open, heartbeat, check, fail. Each is judged against all that was decided before it, durable or
// on its way, joins the ledger's open batch in the same turn, and is answered only after the sync. What was done before
// gives the first answer.

import type {
  CheckAnswer,
  CheckRequest,
  FailRequest,
  HeartbeatAnswer,
  HeartbeatRequest,
  OpenAnswer,
  OpenRequest,
  SeqAnswer,
} from '../../../shared/api/ledger.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import { brokenBounds } from '../../../shared/lifecycle/gate.ts';
import { Status } from '../../../shared/lifecycle/status.ts';
import type { Decision, VersionState } from '../../../shared/lifecycle/version-state.ts';
import type { LedgerDraft, PartitionName, VersionMetrics } from '../../../shared/model/ledger.ts';
import { type CommandContext, firstSeq, judge, requirePartition, type Times, timesOf } from './command-context.ts';
import type { GivenCheck } from './decided.ts';
import { partitionOf } from './names.ts';
import { badCommand } from './refusals.ts';
import {
  checkMetrics,
  checkPartition,
  checkReason,
  checkRun,
  checkWhole,
  isSameMetrics,
  metricsOf,
} from './requests.ts';

const LONGEST_LEASE_MS = 30 * 24 * 3_600_000;
/** Between the bounds that a check broke, in a record's reason. */
const BETWEEN_REASONS = '; ';

export async function open(context: CommandContext, request: OpenRequest): Promise<OpenAnswer> {
  checkPartition(request);
  checkRun(request.run);
  checkWhole(request.attempt, 'attempt', 1);
  const leaseMs = request.leaseMs ?? context.defaultLeaseMs;
  if (!(leaseMs > 0 && leaseMs <= LONGEST_LEASE_MS)) throw badCommand('leaseMs: above 0, at most 30 days', 'leaseMs');
  const times = timesOf(context, request);
  const leaseUs = leaseMs * US_PER_MS;
  const { run, attempt, takeover = false } = request;
  const command = { step: 'open', run, attempt, takeover, atUs: times.atUs } as const;
  const decision = judge(context, request, command, { leaseUs, receivedUs: times.receivedUs });
  const { number: token, leaseUntilUs } = decision.next;
  if (decision.repeated) return openedBefore(context, request, decision);
  const seq = await context.intake.append([openedDraft(request, decision, leaseUs, times)], (soon) => {
    const entry = context.decided.take(request, decision);
    entry.leaseUs = leaseUs;
    entry.openSeq = soon;
    entry.lastSeq = soon;
    entry.checked = null;
    entry.checkSeq = 0;
    entry.checkReasons = [];
    context.leases.hold(entry);
    return () => context.decided.settle(entry);
  });
  return { token, leaseUntilUs, seq };
}

/** The first answer again. Of a version that is whole by now there is no lease any more. */
async function openedBefore(context: CommandContext, request: OpenRequest, { next }: Decision): Promise<OpenAnswer> {
  const seq = (await context.decided.of(request)?.openSeq) ?? 0;
  const leaseUntilUs = Number.isNaN(next.leaseUntilUs) ? next.lastUs : next.leaseUntilUs;
  return { token: next.number, leaseUntilUs, seq };
}

function openedDraft(request: OpenRequest, { next, closed }: Decision, leaseUs: number, times: Times): LedgerDraft {
  const { run, attempt, pipeline = '', task = '', logicalKey = '', parentRun = '' } = request;
  const as = closed?.status === Status.expired ? 'expired' : 'superseded';
  return {
    kind: 'opened',
    atUs: times.atUs,
    receivedUs: times.receivedUs,
    namespace: request.namespace,
    dataset: request.dataset,
    partition: request.partition,
    version: next.number,
    run,
    attempt,
    details: { pipeline, task, logicalKey, parentRun },
    leaseUs,
    closed: closed === null ? null : { version: closed.number, as, reason: closed.reason },
  };
}

/** Volatile: the ledger hears of it once a lease period. */
export function heartbeat(context: CommandContext, request: HeartbeatRequest): HeartbeatAnswer {
  checkWriting(request);
  const times = timesOf(context, request);
  const entry = requirePartition(context, request);
  const command = { step: 'heartbeat', run: request.run, token: request.token, atUs: times.atUs } as const;
  const leaseUs = entry?.leaseUs ?? 0;
  const { next } = judge(context, request, command, { leaseUs, receivedUs: times.receivedUs });
  if (entry !== null) {
    entry.latest = next;
    context.leases.heard(entry);
  }
  return { leaseUntilUs: next.leaseUntilUs };
}

export async function check(context: CommandContext, request: CheckRequest): Promise<CheckAnswer> {
  checkWriting(request);
  checkMetrics(request.metrics);
  const times = timesOf(context, request);
  requirePartition(context, request);
  const metrics = metricsOf(request.metrics);
  const before = earlierAnswer(context, request, metrics);
  if (before !== null) return before;
  const reasons = brokenOf(context, request, metrics, times);
  const passed = reasons.length === 0;
  const reason = reasons.join(BETWEEN_REASONS);
  const { run, token } = request;
  const command = { step: 'check', run, token, passed, reason, atUs: times.atUs } as const;
  const decision = judge(context, request, command, { leaseUs: 0, receivedUs: times.receivedUs });
  const name = partitionOf(request);
  const draft: LedgerDraft = { kind: 'checked', ...times, ...name, version: token, passed, metrics, reason };
  const seq = await context.intake.append([draft], (soon) => {
    const entry = context.decided.take(request, decision);
    Object.assign(entry, { lastSeq: soon, checked: metrics, checkSeq: soon, checkReasons: reasons });
    return () => context.decided.settle(entry);
  });
  return { passed, reasons, seq };
}

function brokenOf(
  { declarations, index }: CommandContext,
  name: PartitionName,
  metrics: VersionMetrics,
  { atUs }: Times,
) {
  const { gate } = declarations.of(name);
  const dataset = index.parts.datasets.find(name);
  const history = dataset < 0 ? [] : index.parts.datasets.of(dataset).history;
  return gate === null ? [] : brokenBounds(gate, metrics, history, atUs);
}

/** The answer of the same check before, where nothing has happened since. Judged in this turn, as all commands are. */
function earlierAnswer(
  context: CommandContext,
  request: CheckRequest,
  metrics: VersionMetrics,
): Promise<CheckAnswer> | null {
  const { named } = context.decided.view(request, request.token, request.run);
  if (named === null || named.run !== request.run) return null;
  const entry = context.decided.of(request);
  const given = entry?.latest.number === named.number ? entry : entry?.otherChecks.get(named.number);
  if (given !== undefined) return answerOfCheck(named, given, metrics);
  const row = context.index.find(request);
  const end = named.status === Status.failed ? context.index.parts.ends.of(row, named.number) : null;
  if (end === null || !end.isCheckFailure || end.checked === null || !isSameMetrics(end.checked, metrics)) return null;
  const reasons = end.reason.split(BETWEEN_REASONS);
  return firstSeq(context, request, named, 'endSeq').then((seq) => ({ passed: false, reasons, seq }));
}

function answerOfCheck(
  { status, reason }: VersionState,
  { checked, checkReasons: reasons, checkSeq }: GivenCheck,
  metrics: VersionMetrics,
): Promise<CheckAnswer> | null {
  if (checked === null || !isSameMetrics(checked, metrics)) return null;
  const isFailure = status === Status.failed && reasons.length > 0 && reason === reasons.join(BETWEEN_REASONS);
  if (status !== Status.checked && !isFailure) return null;
  return Promise.resolve(checkSeq).then((seq) => ({ passed: !isFailure, reasons, seq }));
}

export async function fail(context: CommandContext, request: FailRequest): Promise<SeqAnswer> {
  checkWriting(request);
  checkReason(request.reason);
  const times = timesOf(context, request);
  requirePartition(context, request);
  const { run, token, reason } = request;
  const command = { step: 'fail', run, token, reason, atUs: times.atUs } as const;
  const decision = judge(context, request, command, { leaseUs: 0, receivedUs: times.receivedUs });
  if (decision.repeated) return { seq: await firstSeq(context, request, decision.next, 'endSeq') };
  const draft: LedgerDraft = { kind: 'failed', ...times, ...partitionOf(request), version: token, reason };
  const seq = await context.intake.append([draft], (soon) => {
    const entry = context.decided.take(request, decision);
    entry.lastSeq = soon;
    return () => context.decided.settle(entry);
  });
  return { seq };
}

function checkWriting(request: HeartbeatRequest): void {
  checkPartition(request);
  checkRun(request.run);
  checkWhole(request.token, 'token', 1);
}
