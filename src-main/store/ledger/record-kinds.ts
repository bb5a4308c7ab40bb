// The byte that says what a frame holds. A code is never used again for something else; a payload that changes its
// shape gets a new one. A code that is not here was written by a newer Landfall and is refused, never skipped.

import type { LedgerRecordKind } from '../../../shared/model/ledger.ts';

export const CODE_OF_KIND: Readonly<Record<LedgerRecordKind, number>> = {
  opened: 1,
  heartbeats: 2,
  checked: 3,
  finalized: 4,
  published: 5,
  failed: 6,
  expired: 7,
  marker: 8,
  declared: 9,
  observed: 10,
};
/** Written by repair: the records from this seq to the one in its payload are lost. */
export const LOST_CODE = 250;
/** The last frame of a sealed segment. */
export const FOOTER_CODE = 255;

const KIND_OF_CODE = new Map(Object.entries(CODE_OF_KIND).map(([kind, code]) => [code, kind as LedgerRecordKind]));

export const kindOfCode = (code: number): LedgerRecordKind | undefined => KIND_OF_CODE.get(code);
export const isKnownCode = (code: number): boolean =>
  KIND_OF_CODE.has(code) || code === LOST_CODE || code === FOOTER_CODE;
