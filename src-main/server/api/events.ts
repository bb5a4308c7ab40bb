// GET /api/v1/events?from=SEQ: the ledger's records as server-sent events, from a seq on and then as they come. The id of
// each is its seq, so a client that was cut off goes on where it was (Last-Event-ID). A slow reader slows only itself:
// nothing is read from the ledger for it before its socket took what was sent.

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ServiceError } from '../../../shared/api/errors.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import type { Exchange, Route } from './api.ts';
import { API_HEADERS } from './respond.ts';

/** Comments in between tell a client, and whatever stands between, that the stream lives. */
const HEARTBEAT_MS = 15_000;
const WHOLE = /^\d{1,15}$/;

export const streamEvents: Route = async ({ ledger }, exchange) => {
  const fromSeq = firstSeq(exchange);
  if (fromSeq > ledger.lastSeq + 1) {
    const message = `the last record is ${ledger.lastSeq}: there is nothing from ${fromSeq} on yet`;
    throw new ServiceError({ code: 'bad-request', message, place: 'from' });
  }
  const { response, gone } = exchange;
  const ended = cancelSource();
  gone.onCancel(ended.cancel);
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', ...API_HEADERS });
  response.write(`: ledger from ${fromSeq}, last record ${ledger.lastSeq}\n\n`);
  const timer = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS);
  try {
    for await (const records of ledger.subscribe({ fromSeq }, ended.signal)) {
      await send(response, records, gone);
      if (gone.cancelled) break;
    }
  } finally {
    clearInterval(timer);
    ended.cancel();
    response.end();
  }
};

/** After the last one that the client has seen, else as asked, else from now on. */
function firstSeq({ request, query }: Exchange): number {
  const seen = request.headers['last-event-id'];
  const from = query.get('from');
  const text = typeof seen === 'string' && seen !== '' ? seen : from;
  if (text === null || !WHOLE.test(text) || (text === from && Number(text) < 1)) {
    const message = 'from is a seq, 1 or more: the first record that is wanted';
    throw new ServiceError({ code: 'bad-request', message, place: 'from' });
  }
  return text === seen ? Number(text) + 1 : Number(text);
}

async function send(response: ServerResponse, records: readonly LedgerRecord[], gone: Exchange['gone']): Promise<void> {
  for (const record of records) {
    const took = response.write(`id: ${record.seq}\nevent: ${record.kind}\ndata: ${recordText(record)}\n\n`);
    if (gone.cancelled) return;
    if (!took) await drained(response);
  }
}

async function drained(response: ServerResponse): Promise<void> {
  const ended = new AbortController();
  const { signal } = ended;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    ended.abort(),
  );
}

/** An observed event is JSON inside; unknown numbers are null. */
function recordText(record: LedgerRecord): string {
  if (record.kind !== 'observed') return JSON.stringify(record);
  const { event, ...rest } = record;
  return `${JSON.stringify(rest).slice(0, -1)},"event":${event}}`;
}
