// Answers are loaded once, shared, forgotten with their log, and kept for a few logs only.

import { describe, expect, it } from 'vitest';
import { localClient } from '../../../shared/api/channel/local-client.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import { createResources, resourceKey } from '../../../src-renderer/state/resources.ts';

/** Services whose answers are their log; those of `bad` fail. */
function countingClient() {
  const calls: string[] = [];
  const answer =
    (method: string) =>
    async ({ log }: { log: string }) => {
      calls.push(`${method} ${log}`);
      if (log === 'bad') throw new ServiceError({ code: 'not-found', message: 'no such log' });
      return { log };
    };
  const handlers = { 'log.summary': answer('log.summary'), 'log.sla': answer('log.sla') };
  return { client: localClient(handlers as unknown as Handlers, topicHub()), calls };
}

const keyOf = (log: string): string => resourceKey('log.summary', { log });

describe('resources', () => {
  it('asks once for whoever wants it', async () => {
    const { client, calls } = countingClient();
    const resources = createResources(client);
    resources.loadKey(keyOf('a'));
    resources.loadKey(keyOf('a'));
    expect(resources.read('log.summary', { log: 'a' }).status).toBe('loading');
    await resources.whenReady('log.summary', { log: 'a' });
    resources.loadKey(keyOf('a'));
    expect(resources.read('log.summary', { log: 'a' }).status).toBe('ready');
    expect(calls).toEqual(['log.summary a']);
  });

  it('keeps the error and tries again only when asked', async () => {
    const { client, calls } = countingClient();
    const resources = createResources(client);
    await expect(resources.whenReady('log.summary', { log: 'bad' })).rejects.toMatchObject({ code: 'not-found' });
    resources.loadKey(keyOf('bad'));
    expect(calls).toHaveLength(1);
    resources.retry('log.summary', { log: 'bad' });
    await expect(resources.whenReady('log.summary', { log: 'bad' })).rejects.toMatchObject({ code: 'not-found' });
    expect(calls).toHaveLength(2);
  });

  it('drops the answers of logs that are gone', async () => {
    const { client, calls } = countingClient();
    const resources = createResources(client);
    await resources.whenReady('log.summary', { log: 'a' });
    await resources.whenReady('log.summary', { log: 'b' });
    resources.keepOnly(new Set(['b']));
    expect(Object.keys(resources.store.getState())).toEqual([keyOf('b')]);
    await resources.whenReady('log.summary', { log: 'a' });
    expect(calls).toHaveLength(3);
  });

  it('does not keep an answer that comes after its log is gone', async () => {
    const { client } = countingClient();
    const resources = createResources(client);
    resources.loadKey(keyOf('a'));
    resources.keepOnly(new Set());
    // What is asked later is there later.
    await resources.whenReady('log.summary', { log: 'b' });
    expect(Object.keys(resources.store.getState())).toEqual([keyOf('b')]);
  });

  it('keeps the last four logs', async () => {
    const { client } = countingClient();
    const resources = createResources(client);
    for (const log of ['a', 'b', 'c', 'd', 'a', 'e']) await resources.whenReady('log.summary', { log });
    for (const log of ['a', 'b', 'c', 'd', 'e']) await resources.whenReady('log.sla', { log });
    const kept = new Set(Object.keys(resources.store.getState()).map((key) => /"log":"(.)"/.exec(key)?.[1]));
    expect([...kept].sort()).toEqual(['b', 'c', 'd', 'e']);
  });
});
