// What the API stands on, and what every route gets. A route answers one method of one path; it throws a ServiceError and
// never writes a refusal itself.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LedgerCommands } from '../../../shared/api/ledger.ts';
import type { CancelSignal } from '../../../shared/base/cancel.ts';
import type { LedgerReads } from '../../services/ledger-reads.ts';
import type { LogReads } from '../../services/live/log-reads.ts';
import type { Receiver } from '../../services/receiver/receiver.ts';

export interface Api {
  readonly receiver: Receiver;
  readonly ledger: LedgerCommands;
  readonly reads: LogReads;
  /** What the read model tells of commands. */
  readonly ledgerReads: LedgerReads;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** The peer went away, or the server is being closed. */
  readonly gone: CancelSignal;
}

export type Route = (api: Api, exchange: Exchange) => Promise<void>;
