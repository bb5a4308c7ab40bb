// Repair of a workspace that does not open: its ledger, under the workspace's lock. Nothing else of it needs repair:
// imports that are damaged are set aside when it is opened, and DuckDB's file is made again. Where records are lost that
// file may still tell of them: it is set aside too, so that all answers come from the same ledger.

import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerRepair } from '../../shared/api/ledger-repair.ts';
import { openFailure } from './failures.ts';
import { readIdentity } from './identity.ts';
import { ledgerPaths } from './ledger/ledger-paths.ts';
import { repairLedger } from './ledger/repair.ts';
import { acquireLock, releaseLock } from './lock/lock-file.ts';
import { heldError, LOCK_FILE } from './lock/owner.ts';
import { setAsideRebuildable } from './quarantine.ts';
import { READ_MODEL_FILE } from './read-model/read-model.ts';

/** Throws `not-a-workspace`, `workspace-held`, or `ledger-damaged` when nothing can be made of it. */
export async function repairWorkspace(workspaceDir: string): Promise<LedgerRepair> {
  await readIdentity(workspaceDir);
  const dir = await realpath(workspaceDir);
  const taken = await acquireLock(join(dir, LOCK_FILE));
  if (!taken.ok) throw heldError(dir, taken.error);
  try {
    const answer = await repairLedger(dir);
    if (answer.repaired && answer.lost.length > 0) await setReadModelAside(dir);
    return answer;
  } catch (error) {
    throw openFailure(dir, error);
  } finally {
    releaseLock(taken.value);
  }
}

function setReadModelAside(dir: string): Promise<string> {
  const file = join(dir, READ_MODEL_FILE);
  const reason = 'it may hold records that are lost from the ledger; it is made again without them';
  return setAsideRebuildable(ledgerPaths(dir).quarantine, [file, `${file}.wal`], reason);
}
