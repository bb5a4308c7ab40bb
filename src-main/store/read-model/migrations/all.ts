// The migrations, in order. Only ever appended to.

import { LOGS } from './0001-logs.ts';
import { LEDGER } from './0002-ledger.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [LOGS, LEDGER];
