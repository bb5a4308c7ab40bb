// Repair of a workspace that refuses to open. Needs no host: nobody may have the workspace open meanwhile.

import type { LedgerRepair } from '../../shared/api/ledger-repair.ts';
import { repairWorkspace } from '../store/repair-workspace.ts';

/** Throws `not-a-workspace`, `workspace-held`, or `ledger-damaged` when nothing can be made of it. */
export const repair = (workspaceDir: string): Promise<LedgerRepair> => repairWorkspace(workspaceDir);
