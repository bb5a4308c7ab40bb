// Declaring a dataset: its quality gate, and who sends its published events. The latest declaration holds, for every
// check and finalize after it.

import type { DeclareRequest, SeqAnswer } from '../../../shared/api/ledger.ts';
import { GATE_HISTORY } from '../../../shared/lifecycle/gate.ts';
import type { QualityGate } from '../../../shared/model/ledger.ts';
import { type CommandContext, timesOf } from './command-context.ts';
import { badCommand } from './refusals.ts';
import { checkDataset } from './requests.ts';

export async function declare(context: CommandContext, request: DeclareRequest): Promise<SeqAnswer> {
  checkDataset(request);
  if (request.gate !== null) checkGate(request.gate);
  const times = timesOf(context, {});
  const { namespace, dataset, gate, publishedBy = 'store' } = request;
  const draft = { kind: 'declared', ...times, namespace, dataset, gate, publishedBy } as const;
  const seq = await context.intake.append([draft], () => context.declarations.take(request, { gate, publishedBy }));
  return { seq };
}

function checkGate({ rowCount, nullRates = {}, freshnessMs }: QualityGate): void {
  const { min, max, relative } = rowCount ?? {};
  checkBound(min, 'rowCount.min');
  checkBound(max, 'rowCount.max');
  if (min !== undefined && max !== undefined && min > max) throw badCommand('rowCount: min is above max', 'gate');
  if (relative !== undefined) checkRelative(relative);
  for (const [column, rate] of Object.entries(nullRates)) {
    if (!(rate >= 0 && rate <= 1)) throw badCommand(`nullRates: ${column} is not from 0 to 1`, 'gate');
  }
  checkBound(freshnessMs, 'freshnessMs');
}

function checkRelative({ versions, low, high }: NonNullable<NonNullable<QualityGate['rowCount']>['relative']>): void {
  if (!Number.isSafeInteger(versions) || versions < 1 || versions > GATE_HISTORY) {
    throw badCommand(`rowCount.relative.versions: 1 to ${GATE_HISTORY}`, 'gate');
  }
  if (!(low >= 0 && high >= low)) throw badCommand('rowCount.relative: low and high, from 0 on, low first', 'gate');
}

function checkBound(bound: number | undefined, place: string): void {
  if (bound !== undefined && !(bound >= 0)) throw badCommand(`${place}: at least 0`, 'gate');
}
