// Finalize: all outputs of one run become whole in one record, or none does. Publish: the event of a whole version,
// sent by the store right after the finalize unless its writer was declared to send it. Both are idempotent.

import type { FinalizeRequest, PublishRequest, SeqAnswer } from '../../../shared/api/ledger.ts';
import { Status } from '../../../shared/lifecycle/status.ts';
import type { Decision } from '../../../shared/lifecycle/version-state.ts';
import type { FinalizedOutput, LedgerDraft, PartitionName } from '../../../shared/model/ledger.ts';
import { type CommandContext, firstSeq, judge, requirePartition, type Times, timesOf } from './command-context.ts';
import { partitionOf, partitionText } from './names.ts';
import { badCommand, notAsChecked } from './refusals.ts';
import {
  checkMetrics,
  checkPartition,
  checkRun,
  checkWhole,
  completed,
  differenceFromCheck,
  metricsOf,
  payloadHash,
} from './requests.ts';

const OUTPUT_LIMIT = 1_000;
const INPUT_LIMIT = 100_000;

interface Planned {
  readonly output: FinalizedOutput;
  readonly decision: Decision;
}

export async function finalize(context: CommandContext, request: FinalizeRequest): Promise<SeqAnswer> {
  checkRequest(request);
  const times = timesOf(context, request);
  // Every output is judged before anything is taken: a refusal of one leaves all as they were.
  const planned = request.outputs.map((output) => planOne(context, request, output, times));
  const fresh = planned.filter(({ decision }) => !decision.repeated);
  if (fresh.length === 0) {
    const seqs = planned.map(({ output, decision }) => firstSeq(context, output, decision.next, 'endSeq'));
    return { seq: Math.max(...(await Promise.all(seqs))) };
  }
  const draft: LedgerDraft = {
    kind: 'finalized',
    atUs: times.atUs,
    receivedUs: times.receivedUs,
    run: request.run,
    attempt: fresh[0].decision.next.attempt,
    outputs: fresh.map(({ output }) => output),
    inputs: request.inputs ?? [],
  };
  const seq = await context.intake.append([draft], (soon) => {
    const entries = fresh.map(({ output, decision }) => context.decided.take(output, decision));
    for (const entry of entries) entry.lastSeq = soon;
    return () => {
      for (const entry of entries) context.decided.settle(entry);
    };
  });
  return { seq };
}

function checkRequest({ run, outputs, inputs = [] }: FinalizeRequest): void {
  checkRun(run);
  if (outputs.length === 0 || outputs.length > OUTPUT_LIMIT) {
    throw badCommand(`outputs: 1 to ${OUTPUT_LIMIT} are wanted`, 'outputs');
  }
  if (inputs.length > INPUT_LIMIT) throw badCommand(`inputs: at most ${INPUT_LIMIT} are wanted`, 'inputs');
  for (const output of outputs) {
    checkPartition(output);
    checkWhole(output.token, 'token', 1);
    checkMetrics(output.metrics);
  }
  for (const input of inputs) {
    checkPartition(input);
    checkWhole(input.version, 'version', 0);
  }
  if (outputs.length > 1 && new Set(outputs.map(partitionText)).size < outputs.length) {
    throw badCommand('outputs: each partition once', 'outputs');
  }
}

function planOne(
  context: CommandContext,
  { run, inputs = [] }: FinalizeRequest,
  output: FinalizeRequest['outputs'][number],
  times: Times,
): Planned {
  const entry = requirePartition(context, output);
  const given = metricsOf(output.metrics);
  const hash = payloadHash(given, inputs);
  const checked = entry?.latest.number === output.token ? entry.checked : null;
  const metrics = completed(given, checked);
  const { token } = output;
  const command = {
    step: 'finalize',
    run,
    token,
    payloadHash: hash,
    rowCount: metrics.rowCount,
    atUs: times.atUs,
  } as const;
  const decision = judge(context, output, command, { leaseUs: 0, receivedUs: times.receivedUs });
  if (!decision.repeated && checked !== null && context.declarations.of(output).gate !== null) {
    const difference = differenceFromCheck(given, checked);
    if (difference !== null) throw notAsChecked(output, difference);
  }
  const { namespace, dataset, partition } = output;
  return { output: { namespace, dataset, partition, version: token, metrics, payloadHash: hash }, decision };
}

export async function publish(context: CommandContext, request: PublishRequest): Promise<SeqAnswer> {
  checkPartition(request);
  checkWhole(request.token, 'token', 1);
  const times = timesOf(context, request);
  requirePartition(context, request);
  const decision = judgePublish(context, request, request.token, times);
  if (decision.repeated) return { seq: await firstSeq(context, request, decision.next, 'publishSeq') };
  return { seq: await publishAll(context, [[partitionOf(request), decision]], times) };
}

/** Sends the published events of finalized versions that the store owes: those that nobody sent meanwhile. */
export async function deliver(
  context: CommandContext,
  owed: readonly (readonly [PartitionName, number])[],
): Promise<void> {
  const receivedUs = context.clock.nowUs();
  const decisions: (readonly [PartitionName, Decision])[] = [];
  for (const [name, number] of owed) {
    const { named } = context.decided.view(name, number, '');
    if (named?.status !== Status.finalized) continue;
    // Its own time may be a little ahead of the store's.
    const times = { atUs: Math.max(receivedUs, named.lastUs), receivedUs };
    decisions.push([name, judgePublish(context, name, number, times)]);
  }
  await publishAll(context, decisions, { atUs: receivedUs, receivedUs });
}

const judgePublish = (context: CommandContext, name: PartitionName, token: number, times: Times): Decision =>
  judge(context, name, { step: 'publish', token, atUs: times.atUs }, { leaseUs: 0, receivedUs: times.receivedUs });

async function publishAll(
  { intake, decided }: CommandContext,
  decisions: readonly (readonly [PartitionName, Decision])[],
  { atUs, receivedUs }: Times,
): Promise<number> {
  if (decisions.length === 0) return 0;
  const drafts = decisions.map(([{ namespace, dataset, partition }, { next }]): LedgerDraft => {
    return { kind: 'published', atUs, receivedUs, namespace, dataset, partition, version: next.number };
  });
  return intake.append(drafts, (soon) => {
    const entries = decisions.map(([name, decision]) => decided.take(name, decision));
    for (const entry of entries) entry.lastSeq = soon;
    return () => {
      for (const entry of entries) decided.settle(entry);
    };
  });
}
