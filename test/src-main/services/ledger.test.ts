// The ledger's commands as the workbench calls them: the real store on real files, over every transport.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOver } from '../../../shared/api/channel/client-over.ts';
import { serveOver } from '../../../shared/api/channel/serve-over.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Client } from '../../../shared/api/client.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import { ledgerHandlers } from '../../../src-main/services/ledger.ts';
import { handlersWith } from '../../shared/api/channel/services.ts';
import { type Ends, TRANSPORTS } from '../../shared/api/channel/transports.ts';
import { RealStore } from '../store/commands/real-store.ts';

const NAME = { namespace: 'warehouse', dataset: 'events', partition: 'date=2025-12-24' };

describe.each(TRANSPORTS)('the ledger over %s', (_, connect) => {
  let real: RealStore;
  let ends: Ends;
  let client: Client;
  beforeEach(async () => {
    real = await RealStore.make();
    ends = await connect();
    serveOver(ends.far, handlersWith(ledgerHandlers({ ledger: real.store })), topicHub());
    client = clientOver(ends.near);
  });
  afterEach(async () => {
    client.close();
    await ends.end();
    await real.remove();
  });

  it('takes a version from open to published', async () => {
    const { namespace, dataset } = NAME;
    await client.call('ledger.declare', { namespace, dataset, gate: { rowCount: { min: 5 } } });
    const { token } = await client.call('ledger.open', { ...NAME, run: 'r', attempt: 1 });
    const waiting = client.call('ledger.wait', { inputs: [NAME], when: 'published' });
    expect(await client.call('ledger.heartbeat', { ...NAME, run: 'r', token })).toHaveProperty('leaseUntilUs');
    const check = { ...NAME, run: 'r', token, metrics: { rowCount: 7 } };
    expect(await client.call('ledger.check', check)).toMatchObject({ passed: true });
    expect(await client.call('ledger.finalize', { run: 'r', outputs: [{ ...NAME, token }] })).toEqual({ seq: 4 });
    expect(await waiting).toEqual({ ready: true, versions: [1], asOfSeq: 5 });
    expect(await client.call('ledger.ready', { inputs: [NAME] })).toMatchObject({ ready: true });
    expect(await client.call('ledger.publish', { ...NAME, token })).toEqual({ seq: 5 });
  });

  it('refuses with the code and the holder, and a wrong shape with its place', async () => {
    await client.call('ledger.open', { ...NAME, run: 'r', attempt: 1 });
    await expect(client.call('ledger.open', { ...NAME, run: 's', attempt: 1 })).rejects.toMatchObject({
      code: 'held',
      message: 'events[date=2025-12-24]: r (attempt 1) holds v1 (RUNNING) (one-owner)',
      holder: { run: 'r', attempt: 1, token: 1 },
    });
    const wrong = { ...NAME, run: 'r', token: 1.5, reason: 'x' };
    await expect(client.call('ledger.fail', wrong)).rejects.toMatchObject({ code: 'bad-request', place: 'token' });
    expect(await client.call('ledger.fail', { ...wrong, token: 1 })).toEqual({ seq: 2 });
  });

  it('streams every record from a seq on until it is cancelled, and gives up a wait', async () => {
    const source = cancelSource();
    const seen: number[] = [];
    const stream = client.call(
      'ledger.subscribe',
      { fromSeq: 1 },
      {
        signal: source.signal,
        onProgress: (records) => {
          for (const { seq } of records) seen.push(seq);
          if (seen.length === 3_000) source.cancel();
        },
      },
    );
    const opened = Array.from({ length: 3_000 }, (__, i) =>
      real.store.open({ ...NAME, partition: `p=${i}`, run: 'r', attempt: 1 }),
    );
    await expect(stream).rejects.toMatchObject({ code: 'cancelled' });
    await Promise.all(opened);
    expect(seen).toEqual(Array.from({ length: 3_000 }, (__, i) => i + 1));
    const giveUp = cancelSource();
    const waiting = client.call('ledger.wait', { inputs: [NAME] }, { signal: giveUp.signal });
    await client.call('ledger.ready', { inputs: [NAME] });
    expect(real.store.waiting).toBe(1);
    giveUp.cancel();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await client.call('ledger.ready', { inputs: [NAME] });
    expect(real.store.waiting).toBe(0);
  });
});
