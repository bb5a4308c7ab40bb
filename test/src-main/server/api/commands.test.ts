// Commands over real HTTP against a real ledger: a writer's life, what is refused with which code and status, waiting
// until it is whole, and the stream of records.

import { describe, expect, it } from 'vitest';
import { type Answer, useApi } from './use-api.ts';

const api = useApi();
const of = (partition: string) => ({ namespace: 'db', dataset: 'sales', partition });
const command = (name: string, body: object): Promise<Answer> => api().post(`/api/v1/partitions/${name}`, body);
const codeOf = ({ status, json }: Answer): [number, unknown] => [status, json.code];
const readyPath = (partition: string, more = ''): string =>
  `/api/v1/partitions/ready?namespace=db&dataset=sales&partition=${encodeURIComponent(partition)}${more}`;

it('names a number that is too large in words of the sender', async () => {
  const body = '{"namespace":"db","dataset":"a","partition":"","run":"r","atUs":99999999999999999}';
  expect((await api().post('/api/v1/partitions/open', body)).json.message).toMatch(
    /^atUs: .*a whole number beyond 2\^53$/,
  );
});

describe('a writer', () => {
  it('opens, is heard, checks, finalizes; then readers may have it', async () => {
    const day = of('date=2025-12-24');
    const opened = await command('open', { ...day, run: 'r1', attempt: 1, pipeline: 'nightly', task: 'sales' });
    expect([opened.status, opened.json.token]).toEqual([200, 1]);
    const writing = { ...day, run: 'r1', token: 1 };
    expect((await command('heartbeat', writing)).json.leaseUntilUs).toBeGreaterThan(0);
    expect((await api().get(readyPath('date=2025-12-24'))).json).toMatchObject({ ready: false, versions: [0] });
    expect((await command('check', { ...writing, metrics: { rowCount: 10 } })).json).toMatchObject({ passed: true });
    const finalize = { run: 'r1', outputs: [{ ...day, token: 1, metrics: { rowCount: 10 } }] };
    const whole = await command('finalize', finalize);
    expect(whole.status).toBe(200);
    expect((await command('finalize', finalize)).json).toEqual(whole.json);
    expect((await api().get(readyPath('date=2025-12-24'))).json).toMatchObject({ ready: true, versions: [1] });
    expect((await api().get(readyPath('date=2025-12-24', '&version=2'))).json).toMatchObject({ ready: false });
    const many = await api().post('/api/v1/partitions/ready', { inputs: [day, of('date=2025-12-25')] });
    expect(many.json).toMatchObject({ ready: false, versions: [1, 0] });
  });

  it('is refused with a code, a status and the holder', async () => {
    const held = of('held');
    await command('open', { ...held, run: 'r1', attempt: 1 });
    const other = await command('open', { ...held, run: 'r2', attempt: 1 });
    expect([...codeOf(other), other.json.holder]).toMatchObject([423, 'held', { run: 'r1', attempt: 1, token: 1 }]);
    await command('open', { ...held, run: 'r1', attempt: 2 });
    const stale = await command('heartbeat', { ...held, run: 'r1', token: 1 });
    expect(codeOf(stale)).toEqual([409, 'stale-token']);
    expect(stale.json.message).toContain('attempt 2');
    const never = { ...of('never'), run: 'r1', token: 1 };
    expect(codeOf(await command('heartbeat', never))).toEqual([404, 'unknown-partition']);
    expect(codeOf(await command('finalize', { run: 'r1', outputs: [{ ...held, token: 9 }] }))).toEqual([
      409,
      'not-open',
    ]);
    const back = await command('fail', { ...held, run: 'r1', token: 2, reason: 'x', atUs: 1_000_000 });
    expect(codeOf(back)).toEqual([422, 'clock-back']);
    await command('finalize', { run: 'r1', outputs: [{ ...held, token: 2, metrics: { rowCount: 1 } }] });
    const twice = await command('finalize', { run: 'r1', outputs: [{ ...held, token: 2, metrics: { rowCount: 2 } }] });
    expect(codeOf(twice)).toEqual([409, 'other-payload']);
  });

  it('fails by its gate: 422 with every broken bound, and nothing is whole', async () => {
    const gated = { namespace: 'db', dataset: 'gated' };
    await command('declare', { ...gated, gate: { rowCount: { min: 5 }, nullRates: { id: 0 } } });
    await command('open', { ...gated, run: 'r1' });
    const metrics = { rowCount: 1, nullRates: { id: 0.5 } };
    const checked = await command('check', { ...gated, run: 'r1', token: 1, metrics });
    expect(codeOf(checked)).toEqual([422, 'check-failed']);
    expect(checked.json.message).toMatch(/1.*5/);
    expect(checked.json.message).toContain('id');
    expect((await api().get('/api/v1/partitions/ready?namespace=db&dataset=gated')).json).toMatchObject({
      ready: false,
    });
  });

  it.each([
    ['no JSON', 'x', 400, 'not-json'],
    ['nesting beyond 64', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 400, 'too-deep'],
    ['a key twice', '{"namespace":"db","dataset":"a","dataset":"b","run":"r"}', 400, 'duplicate-key'],
    ['a template', '{"namespace":"db","dataset":"a","run":"{{ run_id }}"}', 422, 'template'],
    ['no object', '[1]', 400, 'bad-request'],
    ['a missing field', '{"namespace":"db","dataset":"a"}', 400, 'bad-request'],
    ['an unknown field', '{"namespace":"db","dataset":"a","run":"r","who":"me"}', 400, 'bad-request'],
  ])('is refused when its body is wrong: %s', async (_what, body, status, code) => {
    expect(codeOf(await api().post('/api/v1/partitions/open', body))).toEqual([status, code]);
  });
});

describe('waiting', () => {
  it('answers as soon as the last input is whole', async () => {
    await command('open', { ...of('soon'), run: 'w1' });
    const waiting = api().get(readyPath('soon', '&timeoutMs=60000').replace('/ready', '/wait'));
    await command('finalize', { run: 'w1', outputs: [{ ...of('soon'), token: 1 }] });
    expect((await waiting).json).toMatchObject({ ready: true, versions: [1] });
  });

  it('answers "not ready" when the time is over, and forgets a reader that went away', async () => {
    const over = await api().get(readyPath('late', '&timeoutMs=20').replace('/ready', '/wait'));
    expect([over.status, over.json.ready]).toEqual([200, false]);
    const leaving = new AbortController();
    const left = fetch(`${api().server.url}${readyPath('late').replace('/ready', '/wait')}`, {
      headers: { Authorization: `Bearer ${api().key}` },
      signal: leaving.signal,
    });
    leaving.abort();
    await expect(left).rejects.toThrow('aborted');
  });

  it.each([
    '',
    'dataset=a&dataset=b&version=1',
    'dataset=a&version=0',
    'dataset=a&when=later',
    'dataset=a&timeoutMs=x',
  ])('is refused when the question is wrong: %s', async (query) => {
    expect(codeOf(await api().get(`/api/v1/partitions/wait?${query}`))).toEqual([400, 'bad-request']);
  });
});

describe('the stream of records', () => {
  /** Reads events until `count` have come. */
  async function events(query: string, count: number, headers: Record<string, string> = {}): Promise<string[]> {
    const answer = await fetch(`${api().server.url}/api/v1/events${query}`, {
      headers: { Authorization: `Bearer ${api().key}`, ...headers },
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.getReader();
    let text = '';
    while ((text.match(/^data: /gm) ?? []).length < count) text += Buffer.from((await reader?.read())?.value ?? []);
    await reader?.cancel();
    return text.split('\n\n').filter((part) => part.includes('data: '));
  }
  const ids = (parts: readonly string[]): number[] => parts.map((part) => Number(/^id: (\d+)$/m.exec(part)?.[1]));

  it('is gapless from a seq on, goes on live, and resumes after the last one that was seen', async () => {
    const { ledger } = api().host.api;
    await command('open', { ...of('streamed'), run: 's1' });
    const last = ledger.lastSeq;
    const live = events(`?from=${last}`, 2);
    await command('fail', { ...of('streamed'), run: 's1', token: 1, reason: 'stopped' });
    const parts = await live;
    expect(ids(parts).slice(0, 2)).toEqual([last, last + 1]);
    expect(parts[0]).toContain('event: opened');
    expect(JSON.parse(/^data: (.*)$/m.exec(parts[1] ?? '')?.[1] ?? '')).toMatchObject({
      kind: 'failed',
      reason: 'stopped',
    });
    expect(ids(await events('', 1, { 'Last-Event-ID': String(last) }))[0]).toBe(last + 1);
  });

  it('refuses a seq that is none, or that nothing is near', async () => {
    for (const query of ['', '?from=0', '?from=x', '?from=999999']) {
      expect(codeOf(await api().get(`/api/v1/events${query}`))).toEqual([400, 'bad-request']);
    }
  });
});
