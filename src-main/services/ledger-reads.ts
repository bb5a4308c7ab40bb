// Services: what the read model tells of the ledger's commands: partitions as of a moment, lineage by version, stale runs.
// Each answer says the seq that it is as of: of all that was durable when it was asked.

import type { Handlers } from '../../shared/api/client.ts';
import { lineageOf, type Moment, partitionsAsOf, type Query, staleRuns } from '../store/feed/ledger-reads.ts';
import { whenCaughtUp } from './caught-up.ts';
import type { ServicesContext } from './context.ts';

type ReadMethod = 'ledger.partitions' | 'ledger.lineage' | 'ledger.stale';
export type LedgerReads = Pick<Handlers, ReadMethod>;

export function ledgerReadHandlers({ workspace, feed }: Pick<ServicesContext, 'workspace' | 'feed'>): LedgerReads {
  const query: Query = (sql, values = []) => workspace.query(sql, values);
  return {
    'ledger.partitions': async ({ seq, atUs, ...page }, { signal }) => {
      await whenCaughtUp(feed, signal);
      return partitionsAsOf(query, momentOf(seq, atUs), page);
    },
    'ledger.lineage': async ({ direction, depth, ...of }, { signal }) => {
      await whenCaughtUp(feed, signal);
      return lineageOf(query, of, direction, depth);
    },
    'ledger.stale': async ({ limit }, { signal }) => {
      await whenCaughtUp(feed, signal);
      return staleRuns(query, limit);
    },
  };
}

function momentOf(seq: number | undefined, atUs: number | undefined): Moment {
  if (seq !== undefined) return { seq };
  return atUs === undefined ? null : { atUs };
}
