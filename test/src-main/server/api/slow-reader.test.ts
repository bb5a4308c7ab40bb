// Backpressure of the stream of records: from a ledger that never ends, a reader that does not read is sent no more than
// its socket takes, and one that goes away ends the reading.

import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { cancelSource } from '../../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../../shared/model/ledger.ts';
import type { Api } from '../../../../src-main/server/api/api.ts';
import { streamEvents } from '../../../../src-main/server/api/events.ts';
import { waitFor } from '../../../support/wait-for.ts';

it('reads no further than the socket takes, goes on when it does, and stops when the reader leaves', async () => {
  let pulled = 0;
  let isEnded = false;
  const event = JSON.stringify({ text: 'x'.repeat(60_000) });
  async function* endless(): AsyncIterable<readonly LedgerRecord[]> {
    try {
      for (let seq = 1; ; seq++) {
        pulled++;
        yield [{ kind: 'observed', seq, atUs: 0, receivedUs: 0, contentHash: 'h', event }];
      }
    } finally {
      isEnded = true;
    }
  }
  const api = { ledger: { lastSeq: 1, subscribe: endless } } as unknown as Api;
  const server = createServer((request, response) => {
    const gone = cancelSource();
    response.once('close', gone.cancel);
    const query = new URLSearchParams('from=1');
    void streamEvents(api, { request, response, query, gone: gone.signal });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const slow = await new Promise<IncomingMessage>((resolve) => get({ host: '127.0.0.1', port }, resolve));
  slow.pause();
  let before = -1;
  await waitFor(() => {
    const isStill = pulled === before;
    before = pulled;
    expect(isStill).toBe(true);
  });
  // A socket's buffers hold some megabytes, which is a hundred records or so; then nobody asks for more.
  expect(pulled).toBeLessThan(1_000);
  slow.resume();
  await waitFor(() => expect(pulled).toBeGreaterThan(before + 100));
  slow.destroy();
  await waitFor(() => expect(isEnded).toBe(true));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
