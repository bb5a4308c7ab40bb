// What the ledger refuses, in one sentence with the place and what to do. All are ServiceErrors, so they cross the
// channel as they are.

import { ServiceError } from '../../../shared/api/errors.ts';

const repairHint = (workspace: string): string =>
  `landfall repair --workspace ${workspace} makes what is intact usable and says which records are lost`;

/** Acknowledged records cannot be read: nothing starts before a person has decided. */
export const damagedLedger = (workspace: string, file: string, what: string): ServiceError =>
  new ServiceError({
    code: 'ledger-damaged',
    message: `the ledger is damaged: ${file}: ${what}`,
    place: file,
    hint: repairHint(workspace),
  });

export const newerLedger = (file: string, what: string): ServiceError =>
  new ServiceError({
    code: 'failed',
    message: `${file} was written by a newer Landfall: ${what}`,
    place: file,
    hint: 'open it with that release; nothing was changed',
  });

/** Of a write that was under way when the disk failed. */
export const outcomeUnknown = (reason: string): ServiceError =>
  new ServiceError({
    code: 'outcome-unknown',
    message: `the write failed and may or may not be durable: ${reason}`,
    hint: 'ask again: the same command gives the same answer',
  });

/** Of a write that was not begun. */
export const intakeStopped = (reason: string): ServiceError =>
  new ServiceError({
    code: 'intake-stopped',
    message: `the ledger takes no writes: ${reason}`,
    hint: 'it goes on by itself once the disk takes writes again',
  });

export const ledgerClosed = (): ServiceError => new ServiceError({ code: 'closed', message: 'the ledger is closed' });

/** Why the disk failed, for people. */
export function diskReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return error instanceof Error ? error.message : String(error);
}
