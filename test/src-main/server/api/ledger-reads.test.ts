// Reads of what commands made, over HTTP: as of now and before, by version, and what is to be run again.

import { expect, it } from 'vitest';
import { useApi } from './use-api.ts';

const api = useApi();
const key = 'date=2025-12-24';

async function write(dataset: string, run: string, inputs: object[] = []): Promise<number> {
  const name = { namespace: 'lake', dataset, partition: key };
  const { json } = await api().post('/api/v1/partitions/open', { ...name, run });
  const token = json.token as number;
  await api().post('/api/v1/partitions/finalize', { run, outputs: [{ ...name, token }], inputs });
  return token;
}

it('tells partitions as of a moment, lineage by version, and stale runs', async () => {
  await write('events', 'ingest');
  await write('sessions', 'sessions', [{ namespace: 'lake', dataset: 'events', partition: key, version: 1 }]);
  const before = api().host.api.ledger.lastSeq;
  await write('events', 'ingest-again');
  const of = `namespace=lake&dataset=sessions&partition=${encodeURIComponent(key)}`;
  // As new as the question, though the feed is a moment behind. The store sends the published event after the finalize.
  const now = await api().get('/api/v1/partitions/as-of');
  expect(now.json.rows).toMatchObject([{ version: 2 }, { version: 1 }]);
  expect(now.json.asOfSeq).toBeGreaterThan(before);

  const versions = async (query: string) => {
    const { json } = await api().get(`/api/v1/partitions/as-of?${query}`);
    return (json.rows as { dataset: string; version: number; status: string }[]).map((row) => [
      row.dataset,
      row.version,
    ]);
  };
  expect(await versions('')).toEqual([
    ['events', 2],
    ['sessions', 1],
  ]);
  expect(await versions(`seq=${before}&dataset=events`)).toEqual([['events', 1]]);
  expect(await versions('at=2001-01-01T00:00:00Z')).toEqual([]);
  const late = await api().get('/api/v1/partitions/as-of?at=2100-01-01T00:00:00Z');
  expect([late.json.rows, late.json.asOfSeq]).toMatchObject([
    [{ version: 2 }, { version: 1 }],
    api().host.api.ledger.lastSeq,
  ]);

  const lineage = await api().get(`/api/v1/partitions/lineage?${of}&depth=3`);
  expect(lineage.json.rows).toMatchObject([{ runId: 'sessions', input: { dataset: 'events', version: 1 }, depth: 1 }]);
  const stale = await api().get('/api/v1/partitions/stale');
  expect(stale.json.rows).toMatchObject([{ runId: 'sessions', readVersion: 1, newestVersion: 2 }]);
});

it('names the parameter that is wrong', async () => {
  for (const [path, place] of [
    ['as-of?at=yesterday', 'at'],
    ['as-of?limit=0', 'limit'],
    ['lineage?namespace=lake', 'dataset'],
  ]) {
    const { status, json } = await api().get(`/api/v1/partitions/${path}`);
    expect([status, json.code, json.place]).toEqual([400, 'bad-request', place]);
  }
});
