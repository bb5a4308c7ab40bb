// Where the parts of the ledger lie in a workspace. The mark lies beside the ledger's folder, so that the loss of the
// folder is noticed.

import { join } from 'node:path';

export interface LedgerPaths {
  readonly workspace: string;
  readonly segments: string;
  readonly mark: string;
  readonly snapshots: string;
  readonly quarantine: string;
}

export const ledgerPaths = (workspace: string): LedgerPaths => ({
  workspace,
  segments: join(workspace, 'ledger'),
  mark: join(workspace, 'ledger.mark'),
  snapshots: join(workspace, 'snapshots'),
  quarantine: join(workspace, 'quarantine'),
});
