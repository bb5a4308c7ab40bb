// A server that is closed while it is used: streams and waits end, an event under way is answered first, and nothing is
// taken any more.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runEvent, startApi } from './use-api.ts';

it('answers what is under way, ends what would go on for ever, and lets nobody in after that', async () => {
  const root = mkdtempSync(join(tmpdir(), 'landfall-closing-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'page'));
  writeFileSync(join(root, 'page', 'index.html'), '<!doctype html>');
  const api = await startApi(join(root, 'workspace'), join(root, 'page'));
  expect((await api.post('/api/v1/lineage', runEvent('START', 'r', 1))).status).toBe(201);
  const stream = await fetch(`${api.server.url}/api/v1/events?from=1`, {
    headers: { Authorization: `Bearer ${api.key}` },
  });
  const streamed = stream.text();
  const waiting = api.get('/api/v1/partitions/wait?dataset=never&timeoutMs=600000');
  const batch = Array.from({ length: 300 }, (_, i) => runEvent('START', `r${i}`, i % 60));
  const underWay = api.post('/api/v1/lineage', batch);
  // The batch was sent last: when it is taken, the others have arrived.
  await expect.poll(() => api.host.api.receiver.view().received).toBeGreaterThan(1);
  await Promise.all([api.server.close(), underWay.then(({ status }) => expect(status).toBe(201))]);
  expect(await streamed).toContain('"kind":"observed"');
  expect(await waiting).toMatchObject({ status: 200, json: { ready: false } });
  await expect(api.get('/api/v1/runs')).rejects.toThrow('fetch failed');
  expect(api.host.api.receiver.view().url).toBeNull();
  await api.host.close();
});
