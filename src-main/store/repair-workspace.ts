// Repair of a workspace that does not open: its ledger, under the workspace's lock. Nothing else of it needs repair:
// imports that are damaged are set aside when it is opened, and DuckDB's file is made again.

import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerRepair } from '../../shared/api/ledger-repair.ts';
import { openFailure } from './failures.ts';
import { readIdentity } from './identity.ts';
import { repairLedger } from './ledger/repair.ts';
import { acquireLock, releaseLock } from './lock/lock-file.ts';
import { heldError, LOCK_FILE } from './lock/owner.ts';

/** Throws `not-a-workspace`, `workspace-held`, or `ledger-damaged` when nothing can be made of it. */
export async function repairWorkspace(workspaceDir: string): Promise<LedgerRepair> {
  await readIdentity(workspaceDir);
  const dir = await realpath(workspaceDir);
  const taken = await acquireLock(join(dir, LOCK_FILE));
  if (!taken.ok) throw heldError(dir, taken.error);
  try {
    return await repairLedger(dir);
  } catch (error) {
    throw openFailure(dir, error);
  } finally {
    releaseLock(taken.value);
  }
}
