// What scripts and screens read of what arrived: runs, datasets, partitions and lineage of the live log; the log in the
// list; who is told that it grew.

import { describe, expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import { runEvent, useApi } from './use-api.ts';

const api = useApi();
const LINEAGE = '/api/v1/lineage';
const call = { signal: { cancelled: false, onCancel: () => () => undefined }, progress: () => undefined };
const uses = (...names: string[]) => names.map((name) => ({ namespace: 'db', name }));

/** raw → orders → report: two pipelines, the second one still running. */
async function sendDay(): Promise<number> {
  const report = { job: { namespace: 'shop', name: 'report' }, inputs: uses('orders'), outputs: uses('report') };
  const { json } = await api().post(LINEAGE, [
    // Out of order, and one of them twice.
    runEvent('COMPLETE', 'r1', 9),
    runEvent('START', 'r1', 1),
    runEvent('START', 'r2', 20, report),
    runEvent('COMPLETE', 'r1', 9),
  ]);
  return Number(json.seq);
}

describe('the live log', () => {
  it('is asked for like any other, and says as of which record it is', async () => {
    const empty = await api().get('/api/v1/runs');
    expect(empty.json).toEqual({ log: 'live', asOfSeq: 0, total: 0, runs: [] });
    const changes: number[] = [];
    const { topics, handlers } = api().host;
    const stop = topics.listen('log.changed', ({ received }) => changes.push(received));
    const seq = await sendDay();
    await waitFor(async () => expect((await api().get('/api/v1/runs')).json.asOfSeq).toBe(seq));
    expect((await api().get('/api/v1/runs')).json).toMatchObject({
      total: 2,
      runs: [
        { pipeline: 'report', run: 'r2', state: 'running', endedUs: null },
        { pipeline: 'orders', run: 'r1', state: 'success', logicalKey: 'date=2025-12-24' },
      ],
    });
    expect((await api().get('/api/v1/runs?state=running&limit=0')).json).toMatchObject({ total: 1, runs: [] });
    expect((await api().get('/api/v1/partitions?dataset=orders')).json).toMatchObject({
      total: 1,
      partitions: [{ partition: 'date=2025-12-24', version: 1, status: 'SUCCESS', evidence: 'inferred' }],
    });
    expect((await api().get('/api/v1/partitions?dataset=report')).json).toMatchObject({
      partitions: [{ status: 'RUNNING', finalizedUs: null }],
    });
    expect((await api().get('/api/v1/datasets')).json).toMatchObject({ total: 3 });
    await waitFor(() => expect(changes).toEqual([3]));
    const [log] = await handlers['logs.list']({}, call);
    expect(log).toMatchObject({ name: 'live', source: 'observed', pipelines: 2, taskRuns: 2, isLive: true });
    expect((await handlers['log.summary']({ log: 'live' }, call)).earlyReads.proved).toBe(0);
    stop();
  });

  it('grows: what was computed of it is computed anew', async () => {
    const { handlers } = api().host;
    const ended = async (): Promise<number> => {
      const { times } = await handlers['log.timeline']({ log: 'live' }, call);
      return times.endedUs.filter((us) => !Number.isNaN(us)).length;
    };
    expect(await ended()).toBe(1);
    const report = { job: { namespace: 'shop', name: 'report' }, inputs: uses('orders'), outputs: uses('report') };
    await api().post(LINEAGE, runEvent('COMPLETE', 'r2', 30, report));
    await waitFor(async () => expect(await ended()).toBe(2));
    const sla = await handlers['log.sla']({ log: 'live' }, call);
    expect(sla.startLatency.unknownCount + sla.startLatency.measuredCount).toBe(2);
  });

  it('tells of commands as the ledger has them: the token, the published event, how each version ended', async () => {
    const minute = 60_000_000;
    const atUs = Date.UTC(2025, 11, 25, 2) * 1_000;
    const day = { namespace: 'db', dataset: 'sales', partition: 'date=2025-12-24' };
    const command = (path: string, body: object) => api().post(`/api/v1/partitions/${path}`, body);
    for (const attempt of [1, 2]) await command('open', { ...day, run: 's1', attempt, atUs: atUs + attempt * minute });
    const { json } = await command('finalize', {
      run: 's1',
      atUs: atUs + 5 * minute,
      outputs: [{ ...day, token: 2, metrics: { rowCount: 7 } }],
      inputs: [{ ...day, dataset: 'raw', version: 3 }],
    });
    const published = Number(json.seq) + 1;
    const list = '/api/v1/partitions?dataset=sales';
    await waitFor(async () => expect((await api().get(list)).json.asOfSeq).toBeGreaterThanOrEqual(published));
    const { partitions, total } = (await api().get(list)).json;
    expect(total).toBe(2);
    expect(partitions).toMatchObject([
      { version: 2, status: 'SUCCESS published', evidence: 'recorded', finalizedUs: atUs + 5 * minute, rowCount: 7 },
      { version: 1, status: 'SUPERSEDED', evidence: 'recorded', finalizedUs: null, publishedUs: null },
    ]);
    const [{ publishedUs }] = partitions as [{ publishedUs: number }];
    expect(publishedUs).toBeGreaterThanOrEqual(atUs + 5 * minute);
    // What was only read is no version that somebody wrote.
    expect((await api().get('/api/v1/partitions?dataset=raw')).json.total).toBe(0);
  });

  it('has lineage in either direction, to a depth', async () => {
    const names = (rows: unknown): string[] => (rows as { name: string }[]).map(({ name }) => name).toSorted();
    const up = await api().get('/api/v1/lineage?dataset=report&direction=upstream&depth=1');
    expect([names(up.json.datasets), names(up.json.pipelines)]).toEqual([['orders', 'report'], ['report']]);
    const far = await api().get('/api/v1/lineage?namespace=db&dataset=report&direction=upstream&depth=9');
    expect([names(far.json.datasets), names(far.json.pipelines)]).toEqual([
      ['orders', 'raw', 'report'],
      ['orders', 'report'],
    ]);
    expect(far.json.writes).toContainEqual({ pipeline: 'orders', dataset: 'orders' });
    expect(names((await api().get('/api/v1/lineage?dataset=report&direction=downstream')).json.pipelines)).toEqual([]);
    const missing = await api().get('/api/v1/lineage?dataset=nothing');
    expect([missing.status, missing.json.code]).toEqual([404, 'not-found']);
    expect((await api().get('/api/v1/lineage?dataset=report&direction=sideways')).json.code).toBe('bad-request');
    expect((await api().get('/api/v1/lineage?dataset=report&depth=many')).json.code).toBe('bad-request');
    expect((await api().get('/api/v1/runs?log=nothing')).status).toBe(404);
  });

  it.each([
    ['runs?pipline=orders', 'pipline', 'pipeline'],
    ['datasets?datset=orders', 'datset', 'dataset'],
    ['partitions?dataset=orders&partiton=date=2025-12-24', 'partiton', 'partition'],
    ['partitions/ready?dataset=orders&partiton=date=2025-12-24', 'partiton', 'partition'],
    ['partitions/wait?dataset=orders&timeoutMS=1', 'timeoutMS', 'timeoutMs'],
    ['lineage?dataset=orders&dept=2', 'dept', 'depth'],
  ])('refuses a parameter that is not there: %s', async (path, name, meant) => {
    const { status, json } = await api().get(`/api/v1/${path}`);
    expect([status, json.code, json.place]).toEqual([400, 'bad-request', name]);
    expect(json.message).toBe(`there is no parameter "${name}" (did you mean "${meant}"?)`);
  });
});
