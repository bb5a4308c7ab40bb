// Who has a workspace open, for programs that do not: they call the owner instead of opening it a second time.

import { type Owner, readOwner } from '../store/lock/owner.ts';

export type { Owner };

/** The live owner of a workspace folder, or null. Reads only. */
export const ownerOf = (workspaceDir: string): Owner | null => readOwner(workspaceDir);
