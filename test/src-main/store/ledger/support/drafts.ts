// Small records for tests that care about order and number, not about content.

import { NEVER_CANCELLED } from '../../../../../shared/base/cancel.ts';
import type { LedgerDraft, LedgerRecord } from '../../../../../shared/model/ledger.ts';
import type { Ledger } from '../../../../../src-main/store/ledger/ledger.ts';

/** A published version that carries a number, and padding where a test wants bytes. */
export const draft = (number: number, padding = 0): LedgerDraft => ({
  kind: 'marker',
  atUs: number,
  receivedUs: Number.NaN,
  namespace: 'test',
  dataset: 'orders',
  partition: `date=${number}`,
  version: 1,
  path: 'x'.repeat(padding),
});

export async function allRecords(ledger: Ledger, fromSeq = 1): Promise<LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for await (const batch of ledger.read(fromSeq, NEVER_CANCELLED)) records.push(...batch);
  return records;
}

/** The numbers of the drafts, in the order of seq. */
export const numbersIn = async (ledger: Ledger): Promise<number[]> =>
  (await allRecords(ledger)).map(({ atUs }) => atUs);
