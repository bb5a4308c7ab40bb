// The receiver over real HTTP and a real ledger: what a stock client sends is taken and answered as Marquez does, after
// it is durable; the same state follows from any order; bad input has a code and a status each.

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Answer, runEvent, useApi } from './use-api.ts';

const api = useApi();
const LINEAGE = '/api/v1/lineage';
const RUN = '0192f1a0-0000-7000-8000-000000000001';

const codeOf = ({ status, json }: Answer): [number, unknown] => [status, json.code];

describe('POST /api/v1/lineage', () => {
  it('answers 201 with the place in the ledger, and the same place for the same event', async () => {
    const first = await api().post(LINEAGE, runEvent('START', RUN, 0));
    expect([first.status, first.json]).toEqual([201, { seq: first.json.seq, known: false, remarks: [] }]);
    const turned = Object.fromEntries(Object.entries(runEvent('START', RUN, 0)).toReversed());
    const again = await api().post(LINEAGE, turned);
    expect([again.status, again.json]).toEqual([201, { seq: first.json.seq, known: true, remarks: [] }]);
  });

  it('is durable when it answers: the record is in the file', async () => {
    const event = runEvent('COMPLETE', RUN, 9);
    const { json } = await api().post(LINEAGE, event);
    const records = [];
    for await (const batch of api().host.api.ledger.subscribe(
      { fromSeq: Number(json.seq) },
      { cancelled: false, onCancel: () => () => undefined },
    )) {
      records.push(...batch);
      break;
    }
    expect(JSON.parse((records[0] as { event: string }).event)).toEqual(event);
    expect(api().host.api.ledger.lastSeq).toBeGreaterThanOrEqual(Number(json.seq));
  });

  it('takes gzip, a byte order mark, JobEvents and DatasetEvents', async () => {
    const zipped = gzipSync(JSON.stringify(runEvent('RUNNING', RUN, 3)));
    expect((await api().post(LINEAGE, zipped, { 'Content-Encoding': 'gzip' })).status).toBe(201);
    expect((await api().post(LINEAGE, `\ufeff${JSON.stringify(runEvent('RUNNING', RUN, 4))}`)).status).toBe(201);
    const eventTime = '2025-12-25T00:00:00Z';
    const job = { eventTime, job: { namespace: 'shop', name: 'defined' }, inputs: [], outputs: [] };
    expect((await api().post(LINEAGE, job)).status).toBe(201);
    expect((await api().post(LINEAGE, { eventTime, dataset: { namespace: 'db', name: 'defined' } })).status).toBe(201);
  });

  it('takes a batch, tells what it refused and why', async () => {
    const good = [runEvent('START', 'b1', 1), runEvent('COMPLETE', 'b1', 2)];
    const all = await api().post(LINEAGE, good);
    expect([all.status, all.json]).toMatchObject([
      201,
      { status: 'success', summary: { received: 2, successful: 2, known: 0, failed: 0 }, failed_events: [] },
    ]);
    const some = await api().post(`${LINEAGE}/batch`, [good[0], { hello: 1 }, runEvent('START', '{{ run_id }}', 1)]);
    expect([some.status, some.json]).toMatchObject([
      207,
      {
        status: 'partial_success',
        summary: { received: 3, successful: 1, known: 1, failed: 2 },
        failed_events: [
          { index: 1, code: 'not-an-event', retriable: false },
          { index: 2, code: 'template' },
        ],
      },
    ]);
    const none = await api().post(LINEAGE, [{ hello: 1 }]);
    expect([none.status, none.json.status]).toEqual([422, 'failure']);
    expect((await api().post(LINEAGE, [])).json).toMatchObject({ summary: { received: 0 } });
  });

  it('keeps no secret and no large facet', async () => {
    const facets = {
      'spark.logicalPlan': { plan: 'x'.repeat(200_000) },
      errorMessage: { message: 'password=hunter2 was refused' },
    };
    const { json } = await api().post(
      LINEAGE,
      runEvent('FAIL', 'secretive', 1, { run: { runId: 'secretive', facets } }),
    );
    const answer = await fetch(`${api().server.url}/api/v1/events?from=${json.seq}`, {
      headers: { Authorization: `Bearer ${api().key}` },
    });
    const reader = answer.body?.getReader();
    let text = '';
    while (!text.includes('data: ')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    await reader?.cancel();
    expect(text).not.toContain('hunter2');
    expect(text).toContain('landfallLeftOut');
    expect(text.length).toBeLessThan(5_000);
  });
});

describe('bad input has a code and a status', () => {
  const event = JSON.stringify(runEvent('START', 'bad', 1));
  it.each([
    ['no JSON', 'hello', 400, 'not-json'],
    ['too deep', `${'['.repeat(1)}${'{"a":'.repeat(65)}1${'}'.repeat(65)}]`, 400, undefined],
    ['an event too deep', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 400, 'too-deep'],
    ['a key twice', event.replace('{', '{"eventType":"FAIL",'), 400, 'duplicate-key'],
    ['a template where a UUID should be', event.replace('"bad"', '"{{ any(result) }}"'), 422, 'template'],
    ['no event', '{"hello":1}', 422, 'not-an-event'],
    ['a batch of too many', `[${'1,'.repeat(10_000)}1]`, 413, 'batch-too-large'],
  ])('%s', async (_what, body, status, code) => {
    const answer = await api().post(LINEAGE, body);
    expect(codeOf(answer)).toEqual([status, code]);
    expect(answer.json.message ?? answer.json.failed_events).toBeTruthy();
  });

  it('a broken or foreign compression, another media type, another method, another path', async () => {
    const { post, get } = api();
    expect(codeOf(await post(LINEAGE, event, { 'Content-Encoding': 'gzip' }))).toEqual([400, 'bad-encoding']);
    expect(codeOf(await post(LINEAGE, event, { 'Content-Encoding': 'br' }))).toEqual([400, 'bad-encoding']);
    expect(codeOf(await post(LINEAGE, event, { 'Content-Type': 'text/plain' }))).toEqual([415, 'media-type']);
    const wrong = await get('/api/v1/lineage/batch');
    expect([...codeOf(wrong), wrong.headers.get('allow')]).toEqual([405, 'method-not-allowed', 'POST']);
    expect(codeOf(await get('/api/v1/nothing'))).toEqual([404, 'not-found']);
  });

  it('a bomb is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(17 * 1024 * 1024, 32));
    expect(codeOf(await api().post(LINEAGE, bomb, { 'Content-Encoding': 'gzip' }))).toEqual([413, 'batch-too-large']);
  });

  it('a wrong key, none, and a foreign origin even with the right one', async () => {
    const { post } = api();
    const wrong = await post(LINEAGE, event, { Authorization: `Bearer ${'0'.repeat(64)}` });
    expect([...codeOf(wrong), wrong.headers.get('www-authenticate')]).toEqual([401, 'wrong-key', 'Bearer']);
    expect(codeOf(await post(LINEAGE, event, { Authorization: '' }))).toEqual([401, 'wrong-key']);
    expect(codeOf(await post(LINEAGE, event, { Authorization: `Bearer ${api().server.token}` }))[0]).toBe(401);
    expect(codeOf(await post(LINEAGE, event, { Origin: 'http://evil.example' }))).toEqual([403, 'foreign-origin']);
  });

  it('the key opens nothing but the API', async () => {
    const answer = await fetch(`${api().server.url}/launch`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${api().key}`, Origin: api().server.url, 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  });

  it('an event of 11 MB is refused before it was read whole', async () => {
    const size = 11 * 1024 * 1024;
    const sent = await new Promise<{ status: number | undefined; code: unknown; bytes: number }>((resolve, reject) => {
      let bytes = 0;
      const post = request(
        `${api().server.url}${LINEAGE}`,
        {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${api().key}`,
            'Content-Type': 'application/json',
            'Content-Length': size,
          },
        },
        async (response) => {
          const text = Buffer.concat(await response.toArray()).toString();
          resolve({ status: response.statusCode, code: JSON.parse(text).code, bytes });
          post.destroy();
        },
      );
      post.on('error', reject);
      // The rest is never sent: an answer that waited for it would never come.
      bytes = 64 * 1024;
      post.write(`{"x":"${' '.repeat(bytes - 6)}`);
    });
    expect(sent).toEqual({ status: 413, code: 'event-too-large', bytes: 64 * 1024 });
  });
});

describe('the key file', () => {
  it('is made for its owner alone, and holds 256 random bits', () => {
    const { keyFile } = api().host.api.receiver.view();
    expect(statSync(keyFile ?? '').mode & 0o777).toBe(0o600);
    expect(readFileSync(keyFile ?? '', 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(createHash('sha256').update(api().key).digest('hex')).not.toBe(api().server.token);
  });
});

describe('the switch', () => {
  it('refuses everything while it is off, and says so', async () => {
    const { handlers, topics } = api().host;
    const told: boolean[] = [];
    const stop = topics.listen('receiver.changed', ({ on }) => told.push(on));
    const call = { signal: { cancelled: false, onCancel: () => () => undefined }, progress: () => undefined };
    expect((await handlers['receiver.switch']({ on: false }, call)).on).toBe(false);
    const off = await api().post(LINEAGE, runEvent('START', 'off', 1));
    expect([...codeOf(off), off.headers.get('retry-after')]).toEqual([503, 'receiver-off', '5']);
    expect((await handlers['receiver.switch']({ on: true }, call)).on).toBe(true);
    expect((await api().post(LINEAGE, runEvent('START', 'off', 1))).status).toBe(201);
    stop();
    expect(told.slice(0, 2)).toEqual([false, true]);
  });
});
