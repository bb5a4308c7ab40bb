// A disk that fills up under the receiver: what was on its way is refused as unknown, what comes later as stopped, both
// with 503 and a time to come again; when there is room again it goes on, and nothing was acknowledged that is not there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { topicHub } from '../../../../shared/api/channel/topic-hub.ts';
import { startServer } from '../../../../src-main/server/start-server.ts';
import type { LedgerReads } from '../../../../src-main/services/ledger-reads.ts';
import { liveHere } from '../../../../src-main/services/live/live-here.ts';
import { LiveLog } from '../../../../src-main/services/live/live-log.ts';
import type { LogReads } from '../../../../src-main/services/live/log-reads.ts';
import { Receiver } from '../../../../src-main/services/receiver/receiver.ts';
import { LedgerStore } from '../../../../src-main/store/commands/ledger-store.ts';
import { Ledger } from '../../../../src-main/store/ledger/ledger.ts';
import { handlersWith } from '../../../shared/api/channel/services.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { fillableDisk } from './fillable-disk.ts';
import { runEvent } from './use-api.ts';

it('stops intake rather than lies, and goes on when there is room', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'landfall-full-'));
  mkdirSync(join(dir, 'page'));
  writeFileSync(join(dir, 'page', 'index.html'), '<!doctype html>');
  const disk = fillableDisk();
  const { ledger } = await Ledger.open(dir, { disk, retryMs: 0 });
  const store = await LedgerStore.open(ledger);
  const topics = topicHub();
  const live = new LiveLog(store, liveHere, topics);
  const receiver = new Receiver({ workspaceDir: dir, ledger: store, live, topics });
  const api = {
    receiver,
    ledger: store,
    reads: null as unknown as LogReads,
    ledgerReads: null as unknown as LedgerReads,
  };
  const server = await startServer({ handlers: handlersWith({}), topics, api, staticDir: join(dir, 'page'), port: 0 });
  writeFileSync(join(dir, 'receiver.key'), 'k'.repeat(32), { mode: 0o600 });
  await receiver.switchOn();
  onTestFinished(async () => {
    await server.close();
    store.close();
    await ledger.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const post = async (run: string) => {
    const response = await fetch(`${server.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${'k'.repeat(32)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(runEvent('START', run, 1)),
    });
    const { code, seq } = (await response.json()) as { code?: string; seq?: number };
    return { status: response.status, code, seq, retryAfter: response.headers.get('retry-after') };
  };

  expect(await post('before')).toMatchObject({ status: 201, seq: 1 });
  disk.fill();
  expect(await post('under way')).toMatchObject({ status: 503, code: 'outcome-unknown', retryAfter: '5' });
  expect(await post('later')).toMatchObject({ status: 503, code: 'intake-stopped', retryAfter: '5' });
  expect(ledger.state).toBe('stopped');
  disk.empty();
  await ledger.reopen();
  await waitFor(() => expect(ledger.state).toBe('open'));
  expect(await post('later')).toMatchObject({ status: 201, seq: 2 });
  expect(await post('before')).toMatchObject({ status: 201, seq: 1 });
  expect(store.lastSeq).toBe(2);
});
