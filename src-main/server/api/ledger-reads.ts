// What commands have made, by the read model: partitions as of a seq or a time, lineage by versions read, runs to be made
// again. Every answer says the seq that it is as of.

import { ServiceError } from '../../../shared/api/errors.ts';
import { LEDGER_READS, type Schema } from '../../../shared/api/ledger-params.ts';
import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { parseInstant } from '../../../shared/base/time.ts';
import type { Route } from './api.ts';
import { sendJson } from './respond.ts';

const CALL = { signal: NEVER_CANCELLED, progress: async (): Promise<void> => {} };
const WHOLE = new Set(['seq', 'limit', 'offset', 'depth']);

export const partitionsAsOf: Route = async ({ ledgerReads }, { response, query }) => {
  sendJson(response, 200, await ledgerReads['ledger.partitions'](paramsOf(LEDGER_READS.partitions, query), CALL));
};

export const lineageByVersion: Route = async ({ ledgerReads }, { response, query }) => {
  sendJson(response, 200, await ledgerReads['ledger.lineage'](paramsOf(LEDGER_READS.lineage, query), CALL));
};

export const staleRuns: Route = async ({ ledgerReads }, { response, query }) => {
  sendJson(response, 200, await ledgerReads['ledger.stale'](paramsOf(LEDGER_READS.stale, query), CALL));
};

/** Numbers are digits; `at` is an RFC 3339 time. Throws `bad-request` with the parameter's name. */
function paramsOf<Request>(params: Schema<Request>, query: URLSearchParams): Request {
  const given: Record<string, unknown> = {};
  for (const [name, text] of query) {
    if (name === 'at') given.atUs = instantOf(text);
    else given[name] = WHOLE.has(name) && /^\d{1,15}$/.test(text) ? Number(text) : text;
  }
  const parsed = params.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = String(issue?.path[0] ?? 'the query');
  throw new ServiceError({ code: 'bad-request', message: `${place}: ${issue?.message ?? 'is wrong'}`, place });
}

function instantOf(text: string): number {
  const us = parseInstant(text);
  if (us !== null) return us;
  throw new ServiceError({
    code: 'bad-request',
    message: `at: ${JSON.stringify(text)} is no RFC 3339 time`,
    place: 'at',
  });
}
