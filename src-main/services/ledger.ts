// Services: the commands of the workspace's ledger, as they are in process. A subscription is the progress of a call:
// each batch waits until the one before has gone out, so a slow screen holds back its own stream and nothing else.

import type { Handlers } from '../../shared/api/client.ts';
import type { LedgerRecord } from '../../shared/model/ledger.ts';
import type { ServicesContext } from './context.ts';
import type { LedgerReads } from './ledger-reads.ts';

/** Records in one message, and the text of events in it, give or take one event. */
const PART_RECORDS = 2_000;
const PART_TEXT = 8 * 1024 * 1024;

type LedgerMethod = Exclude<Extract<keyof Handlers, `ledger.${string}`>, keyof LedgerReads>;

export const ledgerHandlers = ({ ledger }: Pick<ServicesContext, 'ledger'>): Pick<Handlers, LedgerMethod> => ({
  'ledger.open': (request) => ledger.open(request),
  'ledger.heartbeat': async (request) => ledger.heartbeat(request),
  'ledger.check': (request) => ledger.check(request),
  'ledger.finalize': (request) => ledger.finalize(request),
  'ledger.fail': (request) => ledger.fail(request),
  'ledger.publish': (request) => ledger.publish(request),
  'ledger.declare': (request) => ledger.declare(request),
  'ledger.ready': async (request) => ledger.ready(request),
  'ledger.wait': (request, { signal }) => ledger.wait(request, signal),
  'ledger.subscribe': async (request, { signal, progress }) => {
    let seq = request.fromSeq - 1;
    for await (const records of ledger.subscribe(request, signal)) {
      for (const part of inParts(records)) await progress(part);
      seq = records.at(-1)?.seq ?? seq;
    }
    return { seq };
  },
});

function* inParts(records: readonly LedgerRecord[]): Generator<readonly LedgerRecord[]> {
  let [from, textLength] = [0, 0];
  for (const [i, record] of records.entries()) {
    textLength += record.kind === 'observed' ? record.event.length : 0;
    if (i + 1 - from < PART_RECORDS && textLength < PART_TEXT) continue;
    yield records.slice(from, i + 1);
    [from, textLength] = [i + 1, 0];
  }
  if (from < records.length) yield records.slice(from);
}
