// Keeps the live log in this thread: for programs that answer one question and end, and for tests.

import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import { LiveBook } from '../../importers/live/live-book.ts';
import type { LiveKeeper } from './live-log.ts';

export function liveHere(): LiveKeeper {
  const book = new LiveBook();
  return {
    add: async (records: readonly LedgerRecord[]) => book.add(records),
    derive: async (name: string) => book.derive(name),
    close: async () => undefined,
  };
}
