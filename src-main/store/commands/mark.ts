// Writes the marker of a version that is whole, beside its files, and then says so in the ledger. A version that was
// opened over the same place meanwhile makes it stale: the marker is taken away again and the command refused.

import { rm } from 'node:fs/promises';
import type { MarkRequest, SeqAnswer } from '../../../shared/api/ledger.ts';
import { writeMarker } from '../markers/write-marker.ts';
import { type CommandContext, judge, requirePartition, timesOf } from './command-context.ts';
import { partitionOf } from './names.ts';
import { checkPartition, checkWhole } from './requests.ts';

/** Refuses with `not-whole` or `stale-marker`, naming the holder. Durable, file and record, when it resolves. */
export async function mark(context: CommandContext, request: MarkRequest): Promise<SeqAnswer> {
  checkPartition(request);
  checkWhole(request.token, 'token', 1);
  const entry = requirePartition(context, request);
  // Nothing vouches for what is not durable yet.
  if (entry !== null && entry.inFlight > 0) await entry.lastSeq;
  judgeMark(context, request);
  await writeMarker(request.path);
  try {
    judgeMark(context, request);
  } catch (refusal) {
    await rm(request.path, { force: true });
    throw refusal;
  }
  const times = timesOf(context, request);
  const { token, path } = request;
  const draft = { kind: 'marker', ...times, ...partitionOf(request), version: token, path } as const;
  return { seq: await context.intake.append([draft], () => () => {}) };
}

function judgeMark(context: CommandContext, request: MarkRequest): void {
  const times = timesOf(context, request);
  const command = { step: 'marker', token: request.token, atUs: times.atUs } as const;
  judge(context, request, command, { leaseUs: 0, receivedUs: times.receivedUs });
}
