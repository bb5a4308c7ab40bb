// A real workspace with its host, ledger and server, and the receiver on: made before the tests of a file, closed after
// them. Requests carry the key unless a test says otherwise.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Host, startHost } from '../../../../src-main/host/start-host.ts';
import { type RunningServer, startServer } from '../../../../src-main/server/start-server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The shape is what each test is about.
  readonly json: Record<string, unknown>;
}

export interface TestApi {
  readonly host: Host;
  readonly server: RunningServer;
  readonly key: string;
  readonly dir: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export function useApi(): () => TestApi {
  let api: TestApi | undefined;
  let root = '';
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'landfall-api-'));
    const page = join(root, 'page');
    mkdirSync(page);
    writeFileSync(join(page, 'index.html'), '<!doctype html><title>Landfall</title>');
    api = await startApi(join(root, 'workspace'), page);
  });
  afterAll(async () => {
    await api?.server.close();
    await api?.host.close();
    rmSync(root, { recursive: true, force: true });
  });
  return () => api as TestApi;
}

export async function startApi(dir: string, staticDir: string): Promise<TestApi> {
  const host = await startHost({ workspaceDir: dir, create: true });
  const { handlers, topics, api } = host;
  const server = await startServer({ handlers, topics, api, staticDir, port: 0 });
  const { keyFile } = await api.receiver.switchOn();
  const key = readFileSync(keyFile ?? '', 'utf8').trim();
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${server.url}${path}`, init);
    const json = (await response.json()) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, json };
  };
  const authorization = { Authorization: `Bearer ${key}` };
  return {
    host,
    server,
    key,
    dir,
    get: (path, headers = {}) => send(path, { headers: { ...authorization, ...headers } }),
    post(path, body, headers = {}) {
      const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      const all = { ...authorization, 'Content-Type': 'application/json', ...headers };
      return send(path, { method: 'POST', headers: all, body: bytes });
    },
  };
}

/** Events of a run as a client sends them. */
export const runEvent = (type: string, run: string, minute: number, more: object = {}): object => ({
  eventType: type,
  eventTime: `2025-12-25T01:${String(minute).padStart(2, '0')}:00.000Z`,
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: {
    runId: run,
    facets: { nominalTime: { nominalStartTime: '2025-12-24T00:00:00Z', nominalEndTime: '2025-12-25T00:00:00Z' } },
  },
  job: { namespace: 'shop', name: 'orders' },
  inputs: [{ namespace: 'db', name: 'raw' }],
  outputs: [{ namespace: 'db', name: 'orders' }],
  ...more,
});
